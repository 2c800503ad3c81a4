/** Recurrent layers, contractions, selections and the activations of larger networks, as exporters write them. */
import type { AttributeDrafts } from "../../src/onnx/proto.ts";
import type { ForeignModel, Step } from "./foreign.ts";
import { constant, float, integer, integers, one, plane, type Shape, text, texts } from "./operator.ts";

type Case = readonly [string, ForeignModel];

const GATES: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };
const [TIME, BATCH, INPUTS, UNITS] = [4, 3, 5, 2];

interface Recurrent {
  readonly direction?: "forward" | "reverse" | "bidirectional";
  readonly attributes?: AttributeDrafts;
  /** Inputs after the weights, `""` for one that is left out. */
  readonly given?: readonly ("bias" | "" | "hidden" | "memory" | "lengths")[];
}

/** All results of a recurrent layer; the sequence is the input. */
function recurrent(
  operator: string,
  { direction = "forward", attributes = {}, given = [] }: Recurrent = {},
): ForeignModel {
  const directions = direction === "bidirectional" ? 2 : 1;
  const width = GATES[operator]! * UNITS;
  const state: Shape = [directions, BATCH, UNITS];
  const shapes: Readonly<Record<string, Shape>> = {
    bias: [directions, 2 * width],
    hidden: state,
    memory: state,
  };
  const used = given.filter((name) => name !== "" && name !== "lengths");
  const outputs = ["y", "h", ...(operator === "LSTM" ? ["c"] : [])];
  return {
    inputs: { x: [TIME, BATCH, INPUTS] },
    weights: {
      w: [directions, width, INPUTS],
      r: [directions, width, UNITS],
      ...Object.fromEntries(used.map((name) => [name, shapes[name]!])),
    },
    steps: [
      ...(given.includes("lengths") ? LENGTHS : []),
      {
        ...{ operator, inputs: ["x", "w", "r", ...given], outputs },
        attributes: { hidden_size: integer(UNITS), direction: text(direction), ...attributes },
      },
    ],
    outputs,
  };
}

/** As the exporter of Keras writes the number of steps: computed, and the same for every sequence. */
const LENGTHS: readonly Step[] = [
  { ...constant("length", new Array<number>(BATCH).fill(TIME)) },
  { operator: "Cast", inputs: ["length"], outputs: ["lengths"], attributes: { to: integer(6) } },
];

const einsum = (equation: string, ...shapes: readonly Shape[]): Case => [
  `Einsum ${equation}`,
  one("Einsum", shapes, { equation: text(equation) }),
];

function topK(shape: Shape, k: number, attributes: AttributeDrafts = {}): ForeignModel {
  return {
    inputs: { x: shape },
    integers: { k: [k] },
    steps: [
      { operator: "TopK", inputs: ["x", "k"], outputs: ["y", "places"], attributes },
      { operator: "Cast", inputs: ["places"], outputs: ["i"], attributes: { to: integer(1) } },
    ],
    outputs: ["y", "i"],
  };
}

export const networkCases: readonly Case[] = [
  ...["RNN", "GRU", "LSTM"].flatMap((name): Case[] => [
    [name, recurrent(name)],
    [`${name} with biases`, recurrent(name, { given: ["bias"] })],
    [`${name} backwards`, recurrent(name, { direction: "reverse", given: ["bias"] })],
    [
      `${name} both ways, begun`,
      recurrent(name, { direction: "bidirectional", given: ["bias", "", "hidden"] }),
    ],
    [`${name} of whole sequences`, recurrent(name, { given: ["bias", "lengths"] })],
  ]),
  [
    "RNN with relu, as PyTorch writes it",
    recurrent("RNN", { attributes: { activations: texts(["Relu"]) }, given: ["bias"] }),
  ],
  ...(["forward", "bidirectional"] as const).map(
    (direction): Case => [
      `GRU ${direction}, the reset gate after the product, as PyTorch writes it`,
      recurrent("GRU", {
        direction,
        attributes: { linear_before_reset: integer(1) },
        given: ["bias", "", "hidden"],
      }),
    ],
  ),
  ["LSTM with a memory to begin with", recurrent("LSTM", { given: ["bias", "", "hidden", "memory"] })],
  [
    "LSTM both ways with other activations",
    recurrent("LSTM", {
      direction: "bidirectional",
      attributes: { activations: texts(["Sigmoid", "Relu", "Tanh", "Sigmoid", "Tanh", "Sigmoid"]) },
    }),
  ],
  [
    "LSTM and a dense layer on its last state, as PyTorch writes batch_first",
    {
      inputs: { x: [BATCH, TIME, INPUTS] },
      weights: {
        w: [1, 4 * UNITS, INPUTS],
        r: [1, 4 * UNITS, UNITS],
        b: [1, 8 * UNITS],
        v: [3, UNITS],
        c: [3],
      },
      integers: { first: [0] },
      steps: [
        { operator: "Transpose", inputs: ["x"], outputs: ["t"], attributes: { perm: integers([1, 0, 2]) } },
        {
          ...{ operator: "LSTM", inputs: ["t", "w", "r", "b"], outputs: ["all", "last", ""] },
          attributes: { hidden_size: integer(UNITS) },
        },
        { operator: "Squeeze", inputs: ["last", "first"], outputs: ["s"] },
        { operator: "Gemm", inputs: ["s", "v", "c"], attributes: { transB: integer(1) } },
      ],
    },
  ],
  [
    "GRU begun with zeros for as many samples as there are, as PyTorch writes it",
    {
      inputs: { x: [TIME, BATCH, INPUTS] },
      weights: { w: [1, 3 * UNITS, INPUTS], r: [1, 3 * UNITS, UNITS], b: [1, 6 * UNITS] },
      integers: { second: [1], one: [1], units: [UNITS] },
      steps: [
        { operator: "Shape", inputs: ["x"], outputs: ["shape"] },
        { operator: "Gather", inputs: ["shape", "second"], outputs: ["batch"] },
        {
          operator: "Concat",
          inputs: ["one", "batch", "units"],
          outputs: ["wanted"],
          attributes: { axis: integer(0) },
        },
        constant("zero", 0),
        { operator: "Expand", inputs: ["zero", "wanted"], outputs: ["begin"] },
        {
          ...{ operator: "GRU", inputs: ["x", "w", "r", "b", "", "begin"], outputs: ["y", "h"] },
          attributes: { hidden_size: integer(UNITS), linear_before_reset: integer(1) },
        },
        { operator: "Squeeze", inputs: ["y", "second"], outputs: ["all"] },
      ],
      outputs: ["all", "h"],
    },
  ],
  einsum("ij,jk->ik", [3, 4], [4, 5]),
  einsum("ij,kj->ki", [3, 4], [5, 4]),
  einsum("bhid,bhjd->bhij", [2, 3, 4, 5], [2, 3, 6, 5]),
  einsum("bhij,bhjd->bihd", [2, 3, 4, 6], [2, 3, 6, 5]),
  einsum("btd,dhk->bthk", [2, 3, 4], [4, 2, 5]),
  einsum("...d,de->...e", [2, 3, 4], [4, 5]),
  einsum("...ij,...jk->...ik", [2, 3, 4, 5], [2, 3, 5, 6]),
  einsum("i,j->ij", [3], [4]),
  einsum("i,i->", [5], [5]),
  einsum("ijk->kji", [2, 3, 4]),
  einsum("ijk->j", [2, 3, 4]),
  einsum("ij,ij->i", [3, 4], [3, 4]),
  einsum("ab,bc,cd->ad", [2, 3], [3, 4], [4, 5]),
  einsum("bi,ij,bj->b", [3, 4], [4, 5], [3, 5]),
  einsum("jk,ij", [4, 5], [3, 4]),
  einsum("ij, k -> i", [3, 4], [5]),
  ["TopK", topK([4, 7], 3)],
  ["TopK, smallest, along the middle", topK([2, 5, 3], 2, { axis: integer(1), largest: integer(0) })],
  ["TopK of all", topK([2, 4], 4, { axis: integer(-1) })],
  [
    "ArgMin",
    {
      inputs: { x: [4, 5] },
      steps: [
        { operator: "ArgMin", inputs: ["x"], outputs: ["least"], attributes: { axis: integer(0) } },
        { operator: "Cast", inputs: ["least"], attributes: { to: integer(1) } },
      ],
    },
  ],
  ...[-1, 0, 1].map(
    (axis): Case => [
      `OneHot along ${axis}`,
      {
        inputs: { x: [3, 4] },
        integers: { depth: [4] },
        steps: [
          {
            operator: "ArgMax",
            inputs: ["x"],
            outputs: ["best"],
            attributes: { axis: integer(1), keepdims: integer(0) },
          },
          constant("values", [-1, 2.5]),
          { operator: "OneHot", inputs: ["best", "depth", "values"], attributes: { axis: integer(axis) } },
        ],
      },
    ],
  ),
  ...["Selu", "Celu", "HardSwish", "Mish", "ThresholdedRelu"].map((name): Case => [name, one(name, [plane])]),
  ["Celu, wider", one("Celu", [plane], { alpha: float(2) })],
  ["Selu with its own constants", one("Selu", [plane], { alpha: float(1.2), gamma: float(0.7) })],
  ["ReduceLogSumExp", one("ReduceLogSumExp", [plane], {}, { integers: { axes: [1, 2] } })],
  [
    "ReduceLogSum",
    {
      inputs: { x: plane },
      integers: { axes: [2] },
      steps: [
        { operator: "Abs", inputs: ["x"], outputs: ["a"] },
        { operator: "ReduceLogSum", inputs: ["a", "axes"], attributes: { keepdims: integer(0) } },
      ],
    },
  ],
  ["Trilu", one("Trilu", [[2, 4, 5]])],
  ["Trilu below", one("Trilu", [[4, 4]], { upper: integer(0) }, { integers: { k: [1] } })],
  [
    "CastLike",
    {
      inputs: { x: plane },
      steps: [constant("f", 1), { operator: "CastLike", inputs: ["x", "f"] }],
    },
  ],
  [
    "GroupNormalization by group",
    one("GroupNormalization", [[2, 6, 3, 2]], { num_groups: integer(3) }, { weights: { s: [3], b: [3] } }),
  ],
  [
    "GroupNormalization by channel",
    one(
      "GroupNormalization",
      [[2, 6, 3, 2]],
      { num_groups: integer(2) },
      { weights: { s: [6], b: [6] }, operatorSet: 21 },
    ),
  ],
  ["RMSNormalization", one("RMSNormalization", [plane], {}, { weights: { s: [4] }, operatorSet: 23 })],
  ["Gemm without a bias", one("Gemm", [[3, 4]], { transB: integer(1) }, { weights: { w: [5, 4] } })],
  ["Gemm with one number to add", one("Gemm", [[3, 4]], {}, { weights: { w: [4, 5], b: [1] } })],
  [
    "Gemm with a row and α",
    one("Gemm", [[3, 4]], { alpha: float(0.3) }, { weights: { w: [4, 5], b: [1, 5] } }),
  ],
  [
    "Gemm of two inputs",
    one(
      "Gemm",
      [
        [4, 3],
        [4, 5],
        [3, 5],
      ],
      { transA: integer(1), beta: float(-2) },
    ),
  ],
  ["Gemm, old, broadcast", one("Gemm", [[3, 4]], {}, { weights: { w: [4, 5], b: [5] }, operatorSet: 7 })],
  ["MatMul, a matrix against batches", one("MatMul", [[3, 4]], {}, { weights: { w: [2, 4, 5] } })],
  ["MatMul, a vector against batches", one("MatMul", [[4]], {}, { weights: { w: [2, 4, 5] } })],
  ["MatMul, batches against a vector", one("MatMul", [[2, 2, 3, 4]], {}, { weights: { w: [4] } })],
  ["MatMul, both batches stretched", one("MatMul", [[2, 1, 3, 4]], {}, { weights: { w: [1, 3, 4, 2] } })],
  [
    "MatMul of two inputs",
    one("MatMul", [
      [2, 3, 4],
      [2, 4, 3],
    ]),
  ],
];
