/** Cases of comparisons, choices, masks, normalisation and further functions. */
import { add, greater, minimum, multiply } from "../../src/engine/ops/arithmetic.ts";
import * as comparison from "../../src/engine/ops/comparison.ts";
import { stopGradient } from "../../src/engine/ops/conversion.ts";
import * as functions from "../../src/engine/ops/functions.ts";
import * as masked from "../../src/engine/ops/masked-softmax.ts";
import * as normalize from "../../src/engine/ops/normalize.ts";
import { uniform } from "../../src/engine/ops/random.ts";
import { min, variance } from "../../src/engine/ops/reduce.ts";
import { alongAxis, anyShape, binary, narrower, type OperationCase, size, unary } from "./cases.ts";

const where: OperationCase = {
  name: "where",
  draw: (random) => {
    const shape = anyShape(random);
    const [condition, a] = [narrower(random, shape), narrower(random, shape)];
    return {
      inputs: [{ shape: condition }, { shape: a }, { shape }],
      // What is not chosen may be infinite.
      build: ([c, x, y]) =>
        comparison.where(comparison.lessOrEqual(c!, 0.3), multiply(x!, y!), functions.exp(y!)),
    };
  },
};

const maskedRows: OperationCase = {
  name: "maskedSoftmax",
  draw: (random) => {
    const shape = [random.integer(1, 3), random.integer(1, 4), size(random), size(random)];
    const mask = narrower(random, shape);
    return {
      inputs: [{ shape, low: -6, high: 6 }, { shape: mask }],
      build: ([scores, choice]) => masked.maskedSoftmax(scores!, stopGradient(greater(choice!, -0.5))),
    };
  },
};

const causalRows: OperationCase = {
  name: "causalSoftmax",
  draw: (random) => {
    const [rows, columns] = [size(random), size(random)];
    const shape = [random.integer(1, 3), random.integer(1, 2), rows, columns];
    return {
      inputs: [{ shape, low: -6, high: 6 }],
      build: ([scores]) => masked.causalSoftmax(scores!),
    };
  },
};

/** Rows of one or two elements have almost no spread: their derivative is rounding. */
const normalized = (name: string, apply: (x: Parameters<typeof normalize.layerNorm>[0]) => typeof x) =>
  ({
    name,
    draw: (random) => {
      const shape = [
        random.integer(1, 3),
        random.integer(1, 4),
        random.pick([3, 4, 5, 7, 8, 16, 33, 67, 70]),
      ];
      return { inputs: [{ shape }], build: ([x]) => apply(x!) };
    },
  }) satisfies OperationCase;

const secondOrder = (
  name: string,
  operation: typeof normalize.layerNormGradientOperation,
): OperationCase => ({
  name,
  draw: (random) => {
    const shape = [random.integer(1, 4), random.pick([3, 4, 5, 7, 8, 16, 33])];
    return {
      inputs: [{ shape }, { shape }],
      build: ([x, upstream]) => x!.graph.apply(operation, [x!, upstream!], { epsilon: 0.1 }),
    };
  },
});

const uniforms: OperationCase = {
  name: "uniform",
  draw: (random) => {
    const shape = anyShape(random);
    const seed = random.integer(-1e9, 1e9);
    return {
      inputs: [{ shape: [], indicesBelow: 1e9 }, { shape }],
      build: ([counter, x]) => multiply(uniform(counter!, shape, seed), x!),
    };
  },
};

export const maskCases: readonly OperationCase[] = [
  binary("minimum", minimum),
  ...[
    comparison.greaterOrEqual,
    comparison.less,
    comparison.lessOrEqual,
    comparison.equal,
    comparison.notEqual,
  ].map((compare) => ({
    ...binary(compare.name, (a, b) => compare(functions.sign(a), functions.sign(b))),
    differentiable: false as const,
  })),
  where,
  unary("clip", (x) => comparison.clip(x, -0.5, 1)),
  unary("stopGradient", (x) => multiply(stopGradient(functions.sign(x)), x), { awayFromZero: 0.02 }),
  unary("sin", functions.sin, { low: -20, high: 20 }),
  unary("cos", functions.cos, { low: -20, high: 20 }),
  unary("rsqrt", functions.rsqrt, { low: 0.1, high: 50 }),
  unary("power, whole", (x) => functions.power(x, 5)),
  unary("power, negative", (x) => functions.power(x, -2), { awayFromZero: 0.4 }),
  unary("power, broken", (x) => functions.power(x, 1.7), { low: 0.1, high: 20 }),
  alongAxis("min", min),
  alongAxis("variance", (x, axis) => variance(x, [axis])),
  maskedRows,
  causalRows,
  normalized("layerNorm", (x) => normalize.layerNorm(x, 0.01)),
  normalized("rmsNorm", (x) => add(normalize.rmsNorm(x), x)),
  secondOrder("layerNormGradient", normalize.layerNormGradientOperation),
  secondOrder("rmsNormGradient", normalize.rmsNormGradientOperation),
  uniforms,
];
