/** Operation → ONNX nodes. A further operation is a further entry; one without an entry cannot be exported. */
import type { Tensor } from "../engine/graph.ts";
import { type Attributes, listAttribute, numberAttribute } from "../engine/operation.ts";
import {
  alongAxisAttribute,
  alongLastAxis,
  type BatchRule,
  concatBatch,
  elementwiseBatch,
  elementwiseUnlessLast,
  gatherBatch,
  keptUnless,
  matmulBatch,
  partBatch,
  reshapeBatch,
  transposeBatch,
} from "./batch.ts";
import { type AttributeDrafts, attribute, ELEMENT } from "./proto.ts";

/** What an entry writes its nodes with. Tensors of the file are known by name. */
export interface Outgoing {
  readonly node: Tensor;
  /** Names of the node's inputs. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  /** Adds a node; returns the name of its first result. */
  emit(operator: string, inputs: readonly string[], attributes?: AttributeDrafts): string;
  /** A list of 64-bit integers, such as axes. */
  integers(values: readonly number[]): string;
  /** 32-bit integers, as our indices are. */
  indices(values: readonly number[], shape?: readonly number[]): string;
  /** Constant floats; a scalar when no shape is given. */
  floats(values: readonly number[], shape?: readonly number[]): string;
  /** The result's shape as a list, with `open` where the batch lies if the file leaves it open. */
  shape(open: number): string;
}

export interface Mapping {
  /** Writes the nodes; returns the name of the result. */
  readonly write: (o: Outgoing) => string;
  /** Left out where samples are always mixed. */
  readonly batch?: BatchRule;
}

type AttributesOf = (attributes: Attributes) => AttributeDrafts;

/** One operator of the same inputs. */
const same =
  (operator: string, attributesOf?: AttributesOf) =>
  ({ emit, inputs, attributes }: Outgoing) =>
    emit(operator, inputs, attributesOf?.(attributes));

/** The same, element by element. */
const elementwise = (operator: string, attributesOf?: AttributesOf): Mapping => ({
  write: same(operator, attributesOf),
  batch: elementwiseBatch,
});

const toFloat = { to: attribute.integer(ELEMENT.float32) };
/** A comparison; ours give 1 and 0, ONNX's true and false. */
const comparison = (write: (o: Outgoing) => string): Mapping => ({
  write: (o) => o.emit("Cast", [write(o)], toFloat),
  batch: elementwiseBatch,
});

/** A reduction along one axis that stays. */
const reduction = (operator: string): Mapping => ({
  write: ({ emit, inputs, attributes, integers }) =>
    emit(operator, [inputs[0]!, integers([numberAttribute(attributes, "axis")])]),
  batch: alongAxisAttribute,
});

const lastAxis: AttributesOf = () => ({ axis: attribute.integer(-1) });

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

/** The window of a convolution or pooling in ONNX's words. Our padding is in its order already. */
const windowOf: AttributesOf = (attributes) => ({
  strides: attribute.integers(listAttribute(attributes, "stride")),
  dilations: attribute.integers(listAttribute(attributes, "dilation")),
  pads: attribute.integers(listAttribute(attributes, "padding")),
});

const convolutionOf: AttributesOf = (attributes) => ({
  ...windowOf(attributes),
  group: attribute.integer(numberAttribute(attributes, "groups")),
});

/** Our result's size is given; ONNX wants what a stride leaves open of it. */
function writeTransposedConvolution({ emit, inputs, attributes, node }: Outgoing): string {
  const [stride, dilation, padding, size] = ["stride", "dilation", "padding", "size"].map((name) =>
    listAttribute(attributes, name),
  ) as [readonly number[], readonly number[], readonly number[], readonly number[]];
  const [x, weights] = node.inputs as [Tensor, Tensor];
  const open = [0, 1].map((axis) => {
    const reach =
      (x.shape[axis + 2]! - 1) * stride[axis]! + (weights.shape[axis + 2]! - 1) * dilation[axis]! + 1;
    return size[axis]! + padding[axis]! + padding[axis + 2]! - reach;
  });
  return emit("ConvTranspose", inputs, {
    ...convolutionOf(attributes),
    output_padding: attribute.integers(open),
  });
}

const poolOf: AttributesOf = (attributes) => ({
  kernel_shape: attribute.integers(listAttribute(attributes, "window")),
  ...windowOf(attributes),
});

/** A sum is the mean, zeros of the padding included, times the size of the window. */
function writeSumPool({ emit, inputs, attributes, floats }: Outgoing): string {
  const options = { ...poolOf(attributes), count_include_pad: attribute.integer(1) };
  const mean = emit("AveragePool", inputs, options);
  const [rows, columns] = listAttribute(attributes, "window");
  return emit("Mul", [mean, floats([rows! * columns!])]);
}

/** Output index divided by the factor, rounded down: every element is repeated. */
function writeUpsample({ emit, inputs, attributes, floats }: Outgoing): string {
  const scales = floats([1, 1, ...listAttribute(attributes, "factor")], [4]);
  return emit("Resize", [inputs[0]!, "", scales], {
    mode: attribute.text("nearest"),
    coordinate_transformation_mode: attribute.text("asymmetric"),
    nearest_mode: attribute.text("floor"),
  });
}

const toBool = { to: attribute.integer(ELEMENT.bool) };

/** The lowest finite number: −∞ would make a row with nothing visible not a number. */
const LOWEST = -3.4028234663852886e38;

/** Softmax of what the mask shows; a row with nothing visible becomes zeros. */
function writeMasked({ emit, floats }: Outgoing, scores: string, mask: string): string {
  const visible = emit("Cast", [mask], toBool);
  const shown = emit("Where", [visible, scores, floats([LOWEST])]);
  return emit("Mul", [emit("Softmax", [shown], lastAxis({})), emit("Cast", [visible], toFloat)]);
}

/** Row i sees the columns up to i + columns − rows. */
function writeCausal(o: Outgoing): string {
  const [rows, columns] = o.node.shape.slice(-2) as [number, number];
  const mask = Array.from({ length: rows * columns }, (_, at) =>
    at % columns <= Math.floor(at / columns) + columns - rows ? 1 : 0,
  );
  return writeMasked(o, o.inputs[0]!, o.floats(mask, [rows, columns]));
}

function writeLayerNorm({ emit, inputs, attributes, node, floats }: Outgoing): string {
  const extent = node.shape.at(-1)!;
  const ones = floats(new Array<number>(extent).fill(1), [extent]);
  const epsilon = attribute.float(numberAttribute(attributes, "epsilon"));
  return emit("LayerNormalization", [inputs[0]!, ones], { axis: attribute.integer(-1), epsilon });
}

/** The operator RMSNormalization came later than our operator set. */
function writeRmsNorm({ emit, inputs: [x], attributes, floats, integers }: Outgoing): string {
  const squares = emit("ReduceMean", [emit("Mul", [x!, x!]), integers([-1])]);
  const root = emit("Sqrt", [emit("Add", [squares, floats([numberAttribute(attributes, "epsilon")])])]);
  return emit("Div", [x!, root]);
}

/** Only the axes that are cut. An end before the first element is written as one before the whole. */
function writeSlice({ emit, inputs, attributes, node, integers }: Outgoing): string {
  const whole = node.inputs[0]!.shape;
  const [start, step, size] = ["start", "step", "size"].map((name) => listAttribute(attributes, name)) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const axes = range(whole.length).filter((axis) => step[axis] !== 1 || size[axis] !== whole[axis]);
  const ends = axes.map((axis) => {
    const end = start[axis]! + size[axis]! * step[axis]!;
    return end < 0 ? -whole[axis]! - 1 : end;
  });
  const starts = axes.map((axis) => start[axis]!);
  const steps = axes.map((axis) => step[axis]!);
  return emit("Slice", [inputs[0]!, integers(starts), integers(ends), integers(axes), integers(steps)]);
}

/** Padding where the part is placed in one piece, otherwise element by element at its indices. */
function writePlace({ emit, inputs, attributes, node, integers, floats, indices }: Outgoing): string {
  const part = node.inputs[0]!.shape;
  const [start, step] = ["start", "step"].map((name) => listAttribute(attributes, name));
  const fill = numberAttribute(attributes, "fill");
  const filling = node.type === "i32" ? indices([fill], []) : floats([fill]);
  if (step!.every((width) => width === 1)) {
    const after = part.map((extent, axis) => node.shape[axis]! - extent - start![axis]!);
    return emit("Pad", [inputs[0]!, integers([...start!, ...after]), filling]);
  }
  const rank = part.length;
  const positions = range(part.reduce((product, extent) => product * extent, 1)).flatMap((flat) => {
    let rest = flat;
    const index = new Array<number>(rank);
    for (let axis = rank - 1; axis >= 0; axis--) {
      index[axis] = start![axis]! + (rest % part[axis]!) * step![axis]!;
      rest = Math.floor(rest / part[axis]!);
    }
    return index;
  });
  const filled = emit("Expand", [filling, integers(node.shape)]);
  const where = emit("Reshape", [integers(positions), integers([...part, rank])]);
  return emit("ScatterND", [filled, where, inputs[0]!]);
}

/** Images of a batch are independent of one another. */
const imageBatch = keptUnless(() => [1, 2, 3]);

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Adds the rows one after the other onto zeros, as ours does when an index occurs twice. */
function writeScatterAdd({ emit, inputs, node, integers }: Outgoing): string {
  const zeros = emit("ConstantOfShape", [integers(node.shape)]);
  const long = emit("Cast", [inputs[1]!], { to: attribute.integer(ELEMENT.int64) });
  const indices = emit("Unsqueeze", [long, integers([-1])]);
  return emit("ScatterND", [zeros, indices, inputs[0]!], { reduction: attribute.text("add") });
}

/** The operator OneHot wraps negative indices and knows few types; a comparison is what ours means. */
function writeOneHot({ emit, inputs, attributes, integers, indices }: Outgoing): string {
  const classes = indices(range(numberAttribute(attributes, "classes")));
  return emit("Equal", [emit("Unsqueeze", [inputs[0]!, integers([-1])]), classes]);
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
  softmax: { write: same("Softmax", lastAxis), batch: alongLastAxis },
  logSoftmax: { write: same("LogSoftmax", lastAxis), batch: alongLastAxis },
  maskedSoftmax: {
    write: (o) => writeMasked(o, o.inputs[0]!, o.inputs[1]!),
    batch: elementwiseUnlessLast(1),
  },
  causalSoftmax: { write: writeCausal, batch: elementwiseUnlessLast(2) },
  layerNorm: { write: writeLayerNorm, batch: alongLastAxis },
  rmsNorm: { write: writeRmsNorm, batch: alongLastAxis },
  transpose: {
    write: same("Transpose", (a) => ({ perm: attribute.integers(listAttribute(a, "axes")) })),
    batch: transposeBatch,
  },
  slice: { write: writeSlice, batch: partBatch },
  place: { write: writePlace, batch: partBatch },
  concat: {
    write: same("Concat", (a) => ({ axis: attribute.integer(numberAttribute(a, "axis")) })),
    batch: concatBatch,
  },
  matmul: { write: writeMatmul, batch: matmulBatch },
  convolution: { write: same("Conv", convolutionOf), batch: imageBatch },
  maxPool: { write: same("MaxPool", poolOf), batch: imageBatch },
  sumPool: { write: writeSumPool, batch: imageBatch },
  upsample: { write: writeUpsample, batch: imageBatch },
  transposedConvolution: { write: writeTransposedConvolution, batch: imageBatch },
  reshape: {
    write: ({ emit, inputs, shape }) => emit("Reshape", [inputs[0]!, shape(-1)]),
    batch: reshapeBatch,
  },
  // Expand keeps an extent where it is asked for 1.
  broadcast: {
    write: ({ emit, inputs, shape }) => emit("Expand", [inputs[0]!, shape(1)]),
    batch: elementwiseBatch,
  },
  gather: { write: same("Gather", () => ({ axis: attribute.integer(0) })), batch: gatherBatch },
  scatterAdd: { write: writeScatterAdd },
  oneHot: { ...comparison(writeOneHot), batch: keptUnless(() => []) },
  window: {
    write: ({ emit, inputs, node, indices, attributes }) => {
      const steps = emit("Add", [inputs[1]!, indices(range(numberAttribute(attributes, "count")))]);
      const length = indices([node.inputs[0]!.shape[0]!], []);
      return emit("Gather", [inputs[0]!, emit("Mod", [steps, length])]);
    },
  },
  advance: {
    write: ({ emit, inputs, indices, attributes }) => {
      const [amount, modulus] = ["amount", "modulus"].map((name) =>
        indices([numberAttribute(attributes, name)], []),
      );
      return emit("Mod", [emit("Add", [inputs[0]!, amount!]), modulus!]);
    },
  },
};
