/** Operation → PyTorch. A further operation is a further entry in one of the two tables. */
import type { Tensor } from "../engine/graph.ts";
import { listAttribute, numberAttribute } from "../engine/operation.ts";
import { OnnxError } from "./errors.ts";

/** PyTorch's layer pads equally on opposite sides, by at most half the window. */
function maxPoolLayer({ attributes }: Tensor): string | undefined {
  const [window, stride, padding] = ["window", "stride", "padding"].map((name) =>
    listAttribute(attributes, name),
  ) as [readonly number[], readonly number[], readonly number[]];
  const [top, left, bottom, right] = padding;
  const fits =
    top === bottom && left === right && [top!, left!].every((side, axis) => 2 * side <= window[axis]!);
  if (!fits) return undefined;
  const around = top || left ? `, padding=(${top}, ${left})` : "";
  return `nn.MaxPool2d((${window.join(", ")}), stride=(${stride.join(", ")})${around})`;
}

/** Each sample of several axes as one row. */
function flattenLayer({ inputs: [x], shape }: Tensor): string | undefined {
  return x!.shape.length > 2 && shape.length === 2 && shape[0] === x!.shape[0] ? "nn.Flatten()" : undefined;
}

/** Parameterless layers, as the constructor that makes them; `undefined` where the layer does not have the options. */
export const MODULES: Readonly<Record<string, (node: Tensor) => string | undefined>> = {
  maxPool: maxPoolLayer,
  reshape: flattenLayer,
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

/** Python's slices; a step backwards, which tensors do not know, picks by a list. */
function sliced({ node, inputs: [x] }: Expression): string {
  const whole = node.inputs[0]!.shape;
  const [start, step] = ["start", "step"].map((name) => listAttribute(node.attributes, name));
  const size = node.shape;
  const forward = whole.map((extent, axis) => {
    if (step![axis]! < 0 || (step![axis] === 1 && size[axis] === extent)) return ":";
    return `${start![axis]}:${start![axis]! + (size[axis]! - 1) * step![axis]! + 1}:${step![axis]}`;
  });
  const cut = forward.every((part) => part === ":") ? x! : `${x}[${forward.join(", ")}]`;
  return whole.reduce((text, _, axis) => {
    if (step![axis]! > 0) return text;
    const picked = Array.from({ length: size[axis]! }, (_, i) => start![axis]! + i * step![axis]!);
    return `${text}.index_select(${axis}, torch.tensor([${picked.join(", ")}]))`;
  }, cut);
}

/** Padding, where the part lies in one piece. */
function placed({ node, inputs: [x] }: Expression): string {
  const [start, step] = ["start", "step"].map((name) => listAttribute(node.attributes, name));
  if (step!.some((width) => width !== 1)) {
    throw new OnnxError(
      "unsupported",
      "아직 PyTorch로 내보낼 수 없는 연산이 들어 있습니다: 띄엄띄엄 놓는 place. ONNX 파일로 내보내 주세요.",
    );
  }
  const sides = node.inputs[0]!.shape.map((extent, axis) => {
    return [start![axis], node.shape[axis]! - extent - start![axis]!].join(", ");
  });
  const value = numberAttribute(node.attributes, "fill");
  return `F.pad(${x}, [${sides.reverse().join(", ")}], value=${value})`;
}

/** Softmax of what a Python expression of ones and zeros shows; a row with nothing visible becomes zeros. */
const maskedSoftmax = (scores: string, mask: string) =>
  `torch.softmax(${scores}.masked_fill(${mask} == 0, torch.finfo(torch.float32).min), dim=-1) * (${mask} != 0)`;

const epsilonOf = ({ node }: Expression) => numberAttribute(node.attributes, "epsilon");

const flipped = (name: string, flip: boolean) => (flip ? `${name}.transpose(-2, -1)` : name);

export const EXPRESSIONS: Readonly<Record<string, (expression: Expression) => string>> = {
  add: infix("+"),
  subtract: infix("-"),
  multiply: infix("*"),
  divide: infix("/"),
  maximum: ({ inputs: [a, b] }) => `torch.maximum(${a}, ${b})`,
  greater: ({ inputs: [a, b] }) => `(${a} > ${b}).float()`,
  minimum: ({ inputs: [a, b] }) => `torch.minimum(${a}, ${b})`,
  greaterOrEqual: ({ inputs: [a, b] }) => `(${a} >= ${b}).float()`,
  equal: ({ inputs: [a, b] }) => `(${a} == ${b}).float()`,
  where: ({ inputs: [condition, a, b] }) => `torch.where(${condition} != 0, ${a}, ${b})`,
  sin: method("torch.sin"),
  cos: method("torch.cos"),
  power: ({ inputs: [x], node }) => `${x} ** ${numberAttribute(node.attributes, "exponent")}`,
  toFloat: ({ inputs: [x] }) => `${x}.float()`,
  toIndex: ({ inputs: [x] }) => `${x}.long()`,
  addIndices: infix("+"),
  stopGradient: ({ inputs: [x] }) => `${x}.detach()`,
  transpose: (e) => `${e.inputs[0]}.permute(${listOf(e, "axes")})`,
  slice: sliced,
  place: placed,
  concat: ({ inputs, node }) =>
    `torch.cat([${inputs.join(", ")}], dim=${numberAttribute(node.attributes, "axis")})`,
  maskedSoftmax: ({ inputs: [scores, mask] }) => maskedSoftmax(scores!, mask!),
  causalSoftmax: ({ inputs: [scores], node: { shape } }) => {
    const [rows, columns] = shape.slice(-2) as [number, number];
    return maskedSoftmax(scores!, `torch.ones(${rows}, ${columns}).tril(${columns - rows})`);
  },
  layerNorm: (e) => `F.layer_norm(${e.inputs[0]}, [${e.node.shape.at(-1)}], eps=${epsilonOf(e)})`,
  rmsNorm: (e) =>
    `${e.inputs[0]} * torch.rsqrt(${e.inputs[0]}.square().mean(dim=-1, keepdim=True) + ${epsilonOf(e)})`,
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
