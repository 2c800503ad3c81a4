/** Operation → PyTorch. A further operation is a further entry in one of the two tables. */
import type { Tensor } from "../engine/graph.ts";
import { listAttribute, numberAttribute } from "../engine/operation.ts";

/** Parameterless layers, as the constructor that makes them. */
export const MODULES: Readonly<Record<string, (node: Tensor) => string>> = {
  tanh: () => "nn.Tanh()",
  sigmoid: () => "nn.Sigmoid()",
  relu: () => "nn.ReLU()",
  leakyRelu: ({ attributes }) => `nn.LeakyReLU(${numberAttribute(attributes, "slope")})`,
  gelu: () => 'nn.GELU(approximate="tanh")',
  softplus: () => "nn.Softplus()",
  softmax: () => "nn.Softmax(dim=-1)",
  logSoftmax: () => "nn.LogSoftmax(dim=-1)",
};

/** What an expression is made of. */
export interface Expression {
  readonly node: Tensor;
  /** Python expressions of the inputs: names or numbers. */
  readonly inputs: readonly string[];
  /** The result's shape as a Python list, with −1 where the batch lies if it is left open. */
  readonly shape: string;
}

const infix =
  (operator: string) =>
  ({ inputs: [a, b] }: Expression) =>
    `${a} ${operator} ${b}`;
const method =
  (name: string) =>
  ({ inputs: [x] }: Expression) =>
    `${name}(${x})`;
const axisOf = ({ node }: Expression) => numberAttribute(node.attributes, "axis");
const listOf = ({ node }: Expression, name: string) => `[${listAttribute(node.attributes, name).join(", ")}]`;

/** A border around the image; PyTorch counts from the last axis: left, right, top, bottom. */
function padded({ node, inputs: [x] }: Expression, value?: string): string {
  const [top, left, bottom, right] = listAttribute(node.attributes, "padding");
  if (![top, left, bottom, right].some((side) => side !== 0)) return x!;
  return `F.pad(${x}, [${left}, ${right}, ${top}, ${bottom}]${value ? `, value=${value}` : ""})`;
}

function convolved(e: Expression): string {
  const groups = numberAttribute(e.node.attributes, "groups");
  const options = `stride=${listOf(e, "stride")}, dilation=${listOf(e, "dilation")}, groups=${groups}`;
  return `F.conv2d(${padded(e)}, ${e.inputs[1]}, ${options})`;
}

/** Computed without padding, then cut to the size: PyTorch knows only padding that is equal on both sides. */
function enlarged(e: Expression): string {
  const { attributes, inputs } = e.node;
  const groups = numberAttribute(attributes, "groups");
  const [top, left, bottom, right] = listAttribute(attributes, "padding") as [number, number, number, number];
  const size = listAttribute(attributes, "size");
  const extra = [top + bottom, left + right].map((sides, axis) => {
    const [x, weights] = inputs.map(({ shape }) => shape[axis + 2]!) as [number, number];
    const reach =
      (x - 1) * listAttribute(attributes, "stride")[axis]! +
      (weights - 1) * listAttribute(attributes, "dilation")[axis]! +
      1;
    return Math.max(0, size[axis]! + sides - reach);
  });
  const options = `stride=${listOf(e, "stride")}, dilation=${listOf(e, "dilation")}, groups=${groups}`;
  const whole = `F.conv_transpose2d(${e.inputs[0]}, ${e.inputs[1]}, output_padding=[${extra.join(", ")}], ${options})`;
  return `${whole}[:, :, ${top}:${top + size[0]!}, ${left}:${left + size[1]!}]`;
}

const flipped = (name: string, flip: boolean) => (flip ? `${name}.transpose(-2, -1)` : name);

export const EXPRESSIONS: Readonly<Record<string, (expression: Expression) => string>> = {
  add: infix("+"),
  subtract: infix("-"),
  multiply: infix("*"),
  divide: infix("/"),
  maximum: ({ inputs: [a, b] }) => `torch.maximum(${a}, ${b})`,
  greater: ({ inputs: [a, b] }) => `(${a} > ${b}).float()`,
  negate: ({ inputs: [x] }) => `-${x}`,
  exp: method("torch.exp"),
  log: method("torch.log"),
  sqrt: method("torch.sqrt"),
  square: method("torch.square"),
  abs: method("torch.abs"),
  sign: method("torch.sign"),
  step: ({ inputs: [x] }) => `(${x} >= 0).float()`,
  sum: (e) => `${e.inputs[0]}.sum(dim=${axisOf(e)}, keepdim=True)`,
  max: (e) => `${e.inputs[0]}.amax(dim=${axisOf(e)}, keepdim=True)`,
  matmul: ({ node: { attributes }, inputs: [a, b] }) =>
    `${flipped(a!, attributes["transposeA"] === true)} @ ${flipped(b!, attributes["transposeB"] === true)}`,
  convolution: convolved,
  transposedConvolution: enlarged,
  maxPool: (e) =>
    `F.max_pool2d(${padded(e, 'float("-inf")')}, ${listOf(e, "window")}, stride=${listOf(e, "stride")})`,
  sumPool: (e) => {
    const [rows, columns] = listAttribute(e.node.attributes, "window");
    const mean = `F.avg_pool2d(${padded(e)}, ${listOf(e, "window")}, stride=${listOf(e, "stride")})`;
    return `${mean} * ${rows! * columns!}`;
  },
  upsample: ({ inputs: [x], node }) => {
    const [rows, columns] = listAttribute(node.attributes, "factor");
    return `${x}.repeat_interleave(${rows}, dim=2).repeat_interleave(${columns}, dim=3)`;
  },
  reshape: ({ inputs: [x], shape }) => `${x}.reshape(${shape})`,
  broadcast: ({ inputs: [x], shape }) => `${x}.expand(${shape})`,
  gather: ({ inputs: [table, indices] }) => `${table}[${indices}]`,
  scatterAdd: ({ inputs: [rows, indices], node }) =>
    `torch.zeros([${listAttribute(node.attributes, "shape").join(", ")}]).index_add(0, ${indices}, ${rows})`,
  oneHot: ({ inputs: [indices], node }) =>
    `F.one_hot(${indices}, ${numberAttribute(node.attributes, "classes")}).float()`,
};
