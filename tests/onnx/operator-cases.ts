/** Operators on tensors of any kind, in the forms other programs write. */
import type { ForeignModel, Step } from "./foreign.ts";
import { float, integer, integers, one, plane, type Shape, text } from "./operator.ts";

export const tensorCases: readonly (readonly [string, ForeignModel])[] = [
  ...["Add", "Sub", "Mul", "Max", "Min", "Greater", "Less", "Equal", "GreaterOrEqual", "LessOrEqual"].map(
    (name): [string, ForeignModel] => [name, compared(name)],
  ),
  ["Div", one("Div", [plane], {}, { weights: { "w+": [4] } })],
  ["Sum of three", one("Sum", [plane, [3, 4], [1]])],
  ["Mean of three", one("Mean", [plane, [3, 4], [1]])],
  ...["Neg", "Exp", "Abs", "Sign", "Erf", "Reciprocal", "Tanh", "Sigmoid", "Relu"].map(
    (name): [string, ForeignModel] => [name, one(name, [plane])],
  ),
  ...["Elu", "Softplus", "Softsign", "HardSigmoid", "LeakyRelu", "Gelu", "Identity", "Dropout"].map(
    (name): [string, ForeignModel] => [name, one(name, [plane])],
  ),
  ["Elu, steeper", one("Elu", [plane], { alpha: float(1.7) })],
  ["Gelu by tanh", one("Gelu", [plane], { approximate: text("tanh") })],
  ["PRelu", one("PRelu", [plane], {}, { weights: { slope: [3, 1] } })],
  ["Log and Sqrt", chain([3, 5], ["Abs", ["x"]], ["Sqrt", ["Abs"]], ["Log", ["Sqrt"]])],
  ...[2, 0.5, 1, 3, -1].map((exponent): [string, ForeignModel] => [
    `Pow ${exponent}`,
    {
      inputs: { x: [5] },
      steps: [
        { operator: "Constant", inputs: [], outputs: ["p"], attributes: { value_float: float(exponent) } },
        { operator: "Abs", inputs: ["x"], outputs: ["a"] },
        { operator: "Pow", inputs: ["a", "p"] },
      ],
    },
  ]),
  ["Clip", clip(["low", "high"])],
  ["Clip below", clip(["low"])],
  ["Clip, old", one("Clip", [plane], { min: float(-0.3), max: float(0.4) }, { operatorSet: 8 })],
  [
    "And, Or, Not, Where",
    {
      inputs: { x: [4, 3], x1: [4, 3], x2: [3] },
      steps: [
        { operator: "Greater", inputs: ["x", "x1"], outputs: ["a"] },
        { operator: "Less", inputs: ["x", "x2"], outputs: ["b"] },
        { operator: "And", inputs: ["a", "b"], outputs: ["c"] },
        { operator: "Not", inputs: ["b"], outputs: ["d"] },
        { operator: "Or", inputs: ["c", "d"], outputs: ["e"] },
        { operator: "Where", inputs: ["e", "x", "x2"] },
      ],
    },
  ],
  ["Softmax", one("Softmax", [plane])],
  ["Softmax along 1", one("Softmax", [plane], { axis: integer(1) })],
  ["Softmax, old", one("Softmax", [plane], {}, { operatorSet: 11 })],
  ["LogSoftmax along 0", one("LogSoftmax", [plane], { axis: integer(0) })],
  ...["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare"].flatMap(
    (name): [string, ForeignModel][] => [
      [name, one(name, [plane], {}, { integers: { axes: [0, -1] } })],
      [`${name}, dropped`, one(name, [plane], { keepdims: integer(0) }, { integers: { axes: [1] } })],
      [`${name} of all`, one(name, [plane])],
      [`${name}, old`, one(name, [plane], { axes: integers([1, 2]) }, { operatorSet: 11 })],
    ],
  ),
  ["Reshape", one("Reshape", [plane], {}, { integers: { shape: [0, -1, 2] } })],
  ["Flatten", one("Flatten", [plane])],
  ["Flatten at -1", one("Flatten", [plane], { axis: integer(-1) })],
  ["Squeeze", one("Squeeze", [[1, 3, 1, 2]], {}, { integers: { axes: [2] } })],
  ["Squeeze all", one("Squeeze", [[1, 3, 1, 2]])],
  ["Unsqueeze", one("Unsqueeze", [[3, 2]], {}, { integers: { axes: [0, -1] } })],
  ["Unsqueeze, old", one("Unsqueeze", [[3, 2]], { axes: integers([1]) }, { operatorSet: 11 })],
  ["Expand", one("Expand", [[3, 1]], {}, { integers: { shape: [2, 1, 4] } })],
  ["Gather", one("Gather", [[5, 3]], {}, { integers: { picked: [4, -5, 2] } })],
  ["MatMul", one("MatMul", [[3, 4]], {}, { weights: { w: [4, 5] } })],
  ["MatMul, three axes", one("MatMul", [plane], {}, { weights: { w: [4, 5] } })],
  ["MatMul, batches", one("MatMul", [[2, 3, 4]], {}, { weights: { w: [2, 4, 5] } })],
  ["MatMul, batches stretched", one("MatMul", [[2, 1, 3, 4]], {}, { weights: { w: [3, 4, 2] } })],
  ["MatMul, vectors", one("MatMul", [[4]], {}, { weights: { w: [4] } })],
  ["MatMul, vector on the left", one("MatMul", [[4]], {}, { weights: { w: [4, 3] } })],
  ["MatMul, vector on the right", one("MatMul", [plane], {}, { weights: { w: [4] } })],
  ["Gemm", one("Gemm", [[3, 4]], {}, { weights: { w: [4, 5], b: [5] } })],
  [
    "Gemm, scaled and transposed",
    one(
      "Gemm",
      [[4, 3]],
      { alpha: float(0.5), beta: float(2), transA: integer(1), transB: integer(1) },
      { weights: { w: [5, 4], b: [3, 1] } },
    ),
  ],
  [
    "BatchNormalization",
    one(
      "BatchNormalization",
      [[2, 3, 4, 4]],
      {},
      { weights: { scale: [3], b: [3], mean: [3], "variance+": [3] } },
    ),
  ],
  ["LayerNormalization", one("LayerNormalization", [plane], {}, { weights: { scale: [4], b: [4] } })],
  [
    "LayerNormalization over two axes",
    one(
      "LayerNormalization",
      [plane],
      { axis: integer(1), epsilon: float(0.1) },
      { weights: { scale: [3, 4] } },
    ),
  ],
  ["Transpose", one("Transpose", [plane], { perm: integers([2, 0, 1]) })],
  ["Transpose, turned round", one("Transpose", [plane])],
  ["Sin", one("Sin", [plane])],
  ["Cos", one("Cos", [plane])],
  ["Concat", one("Concat", [plane, [2, 1, 4]], { axis: integer(1) }, { weights: { w: [2, 2, 4] } })],
  [
    "Slice",
    one(
      "Slice",
      [[5, 6, 7]],
      {},
      { integers: { starts: [1, -1], ends: [-1, -100], axes: [0, 2], steps: [2, -2] } },
    ),
  ],
  [
    "Slice to the end",
    one("Slice", [[5, 6]], {}, { integers: { starts: [2], ends: [2 ** 40], axes: [-1] } }),
  ],
  ["Slice, old", one("Slice", [[5, 6]], { starts: integers([1]), ends: integers([4]) }, { operatorSet: 9 })],
  [
    "Split and Mul, a gated unit",
    {
      inputs: { x: [3, 6] },
      steps: [
        {
          ...{ operator: "Split", inputs: ["x"], outputs: ["a", "b"] },
          attributes: { axis: integer(-1), num_outputs: integer(2) },
        },
        { operator: "Mul", inputs: ["a", "b"] },
      ],
    },
  ],
  ["Pad", one("Pad", [[2, 3]], {}, { integers: { pads: [0, 1, 2, 0] } })],
  ["Tile", one("Tile", [[2, 3]], {}, { integers: { repeats: [2, 3] } })],
  ["Gather along 1", one("Gather", [[3, 5, 2]], { axis: integer(1) }, { integers: { picked: [4, 0, -2] } })],
  [
    "Gather of one, as x[:, -1]",
    {
      inputs: { x: [3, 5, 2] },
      steps: [
        { operator: "Constant", inputs: [], outputs: ["last"], attributes: { value_int: integer(-1) } },
        { operator: "Gather", inputs: ["x", "last"], attributes: { axis: integer(1) } },
      ],
    },
  ],
  [
    "ArgMax",
    {
      inputs: { x: [4, 5] },
      steps: [
        {
          ...{ operator: "ArgMax", inputs: ["x"], outputs: ["best"] },
          attributes: { axis: integer(1), keepdims: integer(0) },
        },
        { operator: "Cast", inputs: ["best"], attributes: { to: integer(1) } },
      ],
    },
  ],
  [
    "InstanceNormalization",
    one("InstanceNormalization", [[2, 3, 4, 5]], {}, { weights: { scale: [3], shift: [3] } }),
  ],
  [
    "shapes computed in the file, as PyTorch writes them",
    {
      inputs: { x: [2, 3, 4] },
      integers: { zero: [0], rest: [-1] },
      steps: [
        { operator: "Shape", inputs: ["x"], outputs: ["s"] },
        { operator: "Gather", inputs: ["s", "zero"], outputs: ["n"] },
        { operator: "Concat", inputs: ["n", "rest"], outputs: ["t"], attributes: { axis: integer(0) } },
        { operator: "Reshape", inputs: ["x", "t"] },
      ],
    },
  ],
  [
    "values computed from shapes",
    {
      inputs: { x: [2, 3, 4] },
      steps: [
        { operator: "Shape", inputs: ["x"], outputs: ["s"] },
        { operator: "ConstantOfShape", inputs: ["s"], outputs: ["zeros"] },
        { operator: "Size", inputs: ["x"], outputs: ["n"] },
        { operator: "Cast", inputs: ["n"], outputs: ["count"], attributes: { to: integer(1) } },
        ...[0, 4, 1].map((value, at): Step => {
          return {
            operator: "Constant",
            inputs: [],
            outputs: [`r${at}`],
            attributes: { value_float: float(value) },
          };
        }),
        { operator: "Range", inputs: ["r0", "r1", "r2"], outputs: ["range"] },
        { operator: "Sum", inputs: ["x", "zeros", "count", "range"] },
      ],
    },
  ],
];

function compared(name: string): ForeignModel {
  const isComparison = ["Greater", "Less", "Equal", "GreaterOrEqual", "LessOrEqual"].includes(name);
  const model = one(name, [plane], {}, { weights: { w: [3, 1] } });
  if (!isComparison) return model;
  const steps: Step[] = [
    { operator: name, inputs: ["x", "w"], outputs: ["c"] },
    { operator: "Cast", inputs: ["c"], attributes: { to: integer(1) } },
  ];
  return { ...model, steps };
}

function clip(bounds: readonly string[]): ForeignModel {
  const constants = bounds.map((name, i): Step => {
    const value = { value_float: float(i === 0 ? -0.3 : 0.4) };
    return { operator: "Constant", inputs: [], outputs: [name], attributes: value };
  });
  return { inputs: { x: plane }, steps: [...constants, { operator: "Clip", inputs: ["x", ...bounds] }] };
}

/** Operators one after the other, each result named after its operator, the last one `y`. */
function chain(shape: Shape, ...steps: readonly (readonly [string, readonly string[]])[]): ForeignModel {
  return {
    inputs: { x: shape },
    steps: steps.map(([operator, inputs], i) => ({
      ...{ operator, inputs },
      outputs: [i === steps.length - 1 ? "y" : operator],
    })),
  };
}
