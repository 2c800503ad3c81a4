/** Operation → ONNX nodes. A further operation is a further entry; one without an entry cannot be exported. */
import { numberAttribute } from "../engine/operation.ts";
import { elementwiseBatch, matmulBatch } from "./batch.ts";
import { IMAGE_MAPPINGS } from "./mapping-images.ts";
import { PART_MAPPINGS } from "./mapping-parts.ts";
import { ROW_MAPPINGS } from "./mapping-rows.ts";
import {
  comparison,
  elementwise,
  type Mapping,
  type Outgoing,
  reduction,
  same,
  toFloat,
} from "./outgoing.ts";
import { attribute, ELEMENT } from "./proto.ts";

const toBool = { to: attribute.integer(ELEMENT.bool) };

function writeMatmul({ emit, inputs, attributes, node }: Outgoing): string {
  const flags = [attributes["transposeA"] === true, attributes["transposeB"] === true];
  if (!flags.includes(true)) return emit("MatMul", inputs);
  const isMatrix = node.inputs.every(({ shape }) => shape.length === 2);
  if (isMatrix) {
    const [transA, transB] = flags.map((flag) => attribute.integer(flag ? 1 : 0));
    return emit("Gemm", inputs, { transA: transA!, transB: transB! });
  }
  const factors = node.inputs.map(({ shape }, i) => {
    const axes = shape.map((_, axis) => axis);
    if (!flags[i]) return inputs[i]!;
    const perm = attribute.integers([...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
    return emit("Transpose", [inputs[i]!], { perm });
  });
  return emit("MatMul", factors);
}

export const MAPPINGS: Readonly<Record<string, Mapping>> = {
  add: elementwise("Add"),
  subtract: elementwise("Sub"),
  multiply: elementwise("Mul"),
  divide: elementwise("Div"),
  maximum: elementwise("Max"),
  minimum: elementwise("Min"),
  greater: comparison(same("Greater")),
  greaterOrEqual: comparison(same("GreaterOrEqual")),
  equal: comparison(same("Equal")),
  where: {
    write: ({ emit, inputs: [condition, a, b] }) =>
      emit("Where", [emit("Cast", [condition!], toBool), a!, b!]),
    batch: elementwiseBatch,
  },
  negate: elementwise("Neg"),
  exp: elementwise("Exp"),
  log: elementwise("Log"),
  sqrt: elementwise("Sqrt"),
  square: { write: ({ emit, inputs: [x] }) => emit("Mul", [x!, x!]), batch: elementwiseBatch },
  abs: elementwise("Abs"),
  sin: elementwise("Sin"),
  cos: elementwise("Cos"),
  power: {
    write: ({ emit, inputs, attributes, floats }) =>
      emit("Pow", [inputs[0]!, floats([numberAttribute(attributes, "exponent")])]),
    batch: elementwiseBatch,
  },
  toFloat: elementwise("Cast", () => toFloat),
  toIndex: elementwise("Cast", () => ({ to: attribute.integer(ELEMENT.int32) })),
  addIndices: elementwise("Add"),
  stopGradient: elementwise("Identity"),
  sign: elementwise("Sign"),
  tanh: elementwise("Tanh"),
  sigmoid: elementwise("Sigmoid"),
  relu: elementwise("Relu"),
  leakyRelu: elementwise("LeakyRelu", (a) => ({ alpha: attribute.float(numberAttribute(a, "slope")) })),
  gelu: elementwise("Gelu", () => ({ approximate: attribute.text("tanh") })),
  step: comparison(({ emit, inputs, floats }) => emit("GreaterOrEqual", [inputs[0]!, floats([0])])),
  softplus: elementwise("Softplus"),
  sum: reduction("ReduceSum"),
  max: reduction("ReduceMax"),
  matmul: { write: writeMatmul, batch: matmulBatch },
  ...ROW_MAPPINGS,
  ...PART_MAPPINGS,
  ...IMAGE_MAPPINGS,
};
