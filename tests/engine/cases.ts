/**
 * One case for every operation: how to feed it and build it. The gradient test, the compiler tests in Node and in
 * Chromium, and the test that no operation is forgotten all walk this list.
 */
import type { Tensor } from "../../src/engine/graph.ts";
import * as activations from "../../src/engine/ops/activations.ts";
import * as arithmetic from "../../src/engine/ops/arithmetic.ts";
import * as functions from "../../src/engine/ops/functions.ts";
import * as gathering from "../../src/engine/ops/gather.ts";
import * as layout from "../../src/engine/ops/layout.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import * as reductions from "../../src/engine/ops/reduce.ts";
import * as softmaxes from "../../src/engine/ops/softmax.ts";
import type { Shape } from "../../src/engine/shape.ts";
import { imageCases } from "./image-cases.ts";
import type { TestRandom } from "./random.ts";

export interface InputRule {
  readonly shape: Shape;
  readonly low?: number;
  readonly high?: number;
  /** Distance kept from 0, where the function has a corner. */
  readonly awayFromZero?: number;
  /** Whole numbers from 0 to below this. */
  readonly indicesBelow?: number;
}

export interface OperationCase {
  readonly name: string;
  /** Draws shapes and attributes. */
  draw(random: TestRandom): {
    readonly inputs: readonly InputRule[];
    readonly build: (tensors: readonly Tensor[]) => Tensor;
  };
  readonly differentiable?: false;
}

/** Sizes with 1, with whole vectors, and with every remainder. */
const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 31, 33];
export const size = (random: TestRandom) => random.pick(SIZES);
const shapes: readonly ((random: TestRandom) => Shape)[] = [
  () => [],
  (random) => [size(random)],
  (random) => [size(random), size(random)],
  (random) => [random.integer(1, 3), random.integer(1, 5), size(random)],
];
export const anyShape = (random: TestRandom) => random.pick(shapes)(random);

/** A shape that broadcasts to the given one. */
export function narrower(random: TestRandom, shape: Shape): Shape {
  const dropped = shape.slice(random.next() < 0.3 ? random.integer(0, shape.length) : 0);
  return dropped.map((extent) => (random.next() < 0.35 ? 1 : extent));
}

export function unary(
  name: string,
  apply: (x: Tensor) => Tensor,
  rule: Omit<InputRule, "shape"> = {},
): OperationCase {
  return {
    name,
    draw: (random) => ({ inputs: [{ ...rule, shape: anyShape(random) }], build: ([x]) => apply(x!) }),
  };
}

export function binary(
  name: string,
  apply: (a: Tensor, b: Tensor) => Tensor,
  rule: Omit<InputRule, "shape"> = {},
): OperationCase {
  return {
    name,
    draw: (random) => {
      const shape = anyShape(random);
      const [a, b] = [shape, narrower(random, shape)];
      const swap = random.next() < 0.5;
      const inputs = (swap ? [b, a] : [a, b]).map((own) => ({ ...rule, shape: own }));
      return { inputs, build: ([left, right]) => apply(left!, right!) };
    },
  };
}

export function alongAxis(name: string, apply: (x: Tensor, axis: number) => Tensor): OperationCase {
  return {
    name,
    draw: (random) => {
      const shape = shapes[random.integer(1, 3)]!(random);
      const axis = random.integer(0, shape.length - 1);
      return { inputs: [{ shape }], build: ([x]) => apply(x!, axis) };
    },
  };
}

const product: OperationCase = {
  name: "matmul",
  draw: (random) => {
    const [rows, inner, columns] = [size(random), size(random), size(random)];
    const transposeA = random.next() < 0.5;
    const transposeB = random.next() < 0.5;
    return {
      inputs: [
        { shape: transposeA ? [inner, rows] : [rows, inner] },
        { shape: transposeB ? [columns, inner] : [inner, columns] },
      ],
      build: ([a, b]) => matmul(a!, b!, { transposeA, transposeB }),
    };
  },
};

/** Leading axes of both factors, equal or broadcast to each other. */
const batchedProduct: OperationCase = {
  name: "matmul, batched",
  draw: (random) => {
    const [rows, inner, columns] = [size(random), size(random), size(random)];
    const batch = [random.integer(1, 3), random.integer(1, 4)].slice(random.integer(0, 1));
    const [own, other] = [batch, narrower(random, batch)];
    const [batchA, batchB] = random.next() < 0.5 ? [own, other] : [other, own];
    const transposeA = random.next() < 0.5;
    const transposeB = random.next() < 0.5;
    return {
      inputs: [
        { shape: [...batchA, ...(transposeA ? [inner, rows] : [rows, inner])] },
        { shape: [...batchB, ...(transposeB ? [columns, inner] : [inner, columns])] },
      ],
      build: ([a, b]) => matmul(a!, b!, { transposeA, transposeB }),
    };
  },
};

const gathered: OperationCase = {
  name: "gather",
  draw: (random) => {
    const rows = size(random);
    const table = random.next() < 0.3 ? [rows] : [rows, size(random)];
    return {
      inputs: [{ shape: table }, { shape: [size(random)], indicesBelow: rows }],
      build: ([source, indices]) => gathering.gather(source!, indices!),
    };
  },
};

const scattered: OperationCase = {
  name: "scatterAdd",
  draw: (random) => {
    const [rows, width, count] = [size(random), size(random), size(random)];
    return {
      inputs: [{ shape: [count, width] }, { shape: [count], indicesBelow: rows }],
      build: ([source, indices]) =>
        source!.graph.apply(gathering.scatterAddOperation, [source!, indices!], { shape: [rows, width] }),
    };
  },
};

const oneHots: OperationCase = {
  name: "oneHot",
  differentiable: false,
  draw: (random) => {
    const classes = size(random);
    return {
      inputs: [{ shape: [size(random)], indicesBelow: classes }],
      build: ([indices]) => gathering.oneHot(indices!, classes),
    };
  },
};

const windows: OperationCase = {
  name: "window",
  differentiable: false,
  draw: (random) => {
    const [rows, width] = [size(random), random.integer(1, 3)];
    const [orderLength, count] = [size(random) + 2, size(random)];
    return {
      inputs: [
        { shape: [rows, width] },
        { shape: [orderLength], indicesBelow: rows },
        { shape: [], indicesBelow: orderLength },
      ],
      build: ([table, order, cursor]) => {
        const next = gathering.advance(cursor!, 3, orderLength);
        return gathering.gather(table!, gathering.window(order!, next, count));
      },
    };
  },
};

const broadcasts: OperationCase = {
  name: "broadcast",
  draw: (random) => {
    const shape = anyShape(random);
    return {
      inputs: [{ shape: narrower(random, shape) }],
      build: ([x]) => layout.broadcast(functions.exp(x!), shape),
    };
  },
};

const reshapes: OperationCase = {
  name: "reshape",
  draw: (random) => {
    const [a, b] = [size(random), size(random)];
    return {
      inputs: [{ shape: [a, b] }],
      build: ([x]) => functions.square(layout.reshape(functions.exp(x!), [b, a])),
    };
  },
};

const corner = { awayFromZero: 0.02 };

export const operationCases: readonly OperationCase[] = [
  binary("add", arithmetic.add),
  binary("subtract", arithmetic.subtract),
  binary("multiply", arithmetic.multiply),
  binary("divide", arithmetic.divide, { awayFromZero: 0.4 }),
  binary("maximum", arithmetic.maximum),
  { ...binary("greater", arithmetic.greater), differentiable: false },
  unary("negate", arithmetic.negate),
  unary("exp", functions.exp, { low: -20, high: 20 }),
  unary("log", functions.log, { low: 1e-3, high: 50 }),
  unary("sqrt", functions.sqrt, { low: 1e-2, high: 50 }),
  unary("square", functions.square),
  unary("abs", functions.abs, corner),
  { ...unary("sign", functions.sign, corner), differentiable: false },
  // Farther out 1 − y² and 1 − y cancel: a 32-bit derivative knows no more than 6e-8 there, in absolute terms.
  unary("tanh", activations.tanh),
  unary("sigmoid", activations.sigmoid, { low: -4, high: 4 }),
  { ...unary("tanh, saturated", activations.tanh, { low: -12, high: 12 }), differentiable: false },
  { ...unary("sigmoid, saturated", activations.sigmoid, { low: -40, high: 40 }), differentiable: false },
  unary("relu", activations.relu, corner),
  unary("leakyRelu", (x) => activations.leakyRelu(x, 0.1), corner),
  unary("gelu", activations.gelu, { low: -4, high: 4 }),
  { ...unary("step", activations.step, corner), differentiable: false },
  unary("softplus", activations.softplus, { low: -12, high: 12 }),
  alongAxis("sum", (x, axis) => reductions.sum(x, [axis])),
  alongAxis("sum, axis kept", (x, axis) => functions.square(reductions.sum(x, [axis], true))),
  alongAxis("mean", (x, axis) => functions.square(reductions.mean(x, [axis]))),
  // Positive, so that the total does not cancel to less than its terms' rounding.
  unary("sum of all", (x) => functions.square(reductions.sum(x)), { low: 0.1 }),
  alongAxis("max", reductions.max),
  alongAxis("softmax", (x) => softmaxes.softmax(x)),
  alongAxis("logSoftmax", (x) => softmaxes.logSoftmax(x)),
  product,
  batchedProduct,
  gathered,
  scattered,
  oneHots,
  windows,
  broadcasts,
  reshapes,
  ...imageCases,
];
