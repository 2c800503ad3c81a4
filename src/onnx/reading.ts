/** ONNX operator → our operations. A further operator is a further entry. */
import type { Tensor } from "../engine/graph.ts";
import * as activations from "../engine/ops/activations.ts";
import * as arithmetic from "../engine/ops/arithmetic.ts";
import { clip, greaterOrEqual, where } from "../engine/ops/comparison.ts";
import * as functions from "../engine/ops/functions.ts";
import { reshape } from "../engine/ops/layout.ts";
import * as reductions from "../engine/ops/reduce.ts";
import { logSoftmax, softmax } from "../engine/ops/softmax.ts";
import { sizeOf } from "../engine/shape.ts";
import type { Imported, Incoming } from "./incoming.ts";
import { EINSUM_READINGS } from "./reading-einsum.ts";
import { IMAGE_READINGS } from "./reading-images.ts";
import { INDEX_READINGS, readIndexSum } from "./reading-indices.ts";
import { LAYER_READINGS } from "./reading-layers.ts";
import { LAYOUT_READINGS } from "./reading-layout.ts";
import { PART_READINGS } from "./reading-parts.ts";
import { RECURRENT_READINGS } from "./reading-recurrent.ts";

/** Builds what the operator computes; returns its results, most often one. */
export type Reading = (i: Incoming) => Imported | readonly Imported[];

const unary =
  (apply: (x: Tensor) => Tensor): Reading =>
  (i) =>
    apply(i.tensor(0));

const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor): Reading =>
  (i) =>
    apply(i.tensor(0), i.tensor(1));

const variadic =
  (apply: (a: Tensor, b: Tensor) => Tensor): Reading =>
  (i) =>
    i.tensors().reduce((total, next) => apply(total, next));

const { add, subtract, multiply, divide, maximum, minimum, greater, negate } = arithmetic;
const { exp, square, abs, sign } = functions;

const not = (x: Tensor) => subtract(1, x);

/** Abramowitz & Stegun 7.1.26: |error| ≤ 1.5·10⁻⁷, the rounding of a 32-bit float near 1. */
function erf(x: Tensor): Tensor {
  const t = divide(1, add(multiply(abs(x), 0.3275911), 1));
  const coefficients = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const polynomial = coefficients.reduce((sum, c) => multiply(add(sum, c), t), x.graph.constant(0));
  return multiply(sign(x), subtract(1, multiply(polynomial, exp(negate(square(x))))));
}

const readGelu: Reading = (i) => {
  const x = i.tensor(0);
  if (i.text("approximate", "none") === "tanh") return activations.gelu(x);
  return multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1));
};

const readPower: Reading = (i) => {
  const exponent = i.known(1).data;
  if (exponent.length !== 1) throw i.unsupported("원소마다 다른 지수는");
  return exponent[0] === 2 ? square(i.tensor(0)) : functions.power(i.tensor(0), exponent[0]!);
};

/** Bounds are attributes before operator set 11, inputs since. */
const readClip: Reading = (i) => {
  const bound = (at: number, name: string, none: number) =>
    i.operatorSet < 11 ? i.float(name, none) : i.value(at) ? i.known(at).data[0]! : none;
  const [low, high] = [bound(1, "min", -Infinity), bound(2, "max", Infinity)];
  const above = low === -Infinity ? i.tensor(0) : maximum(i.tensor(0), low);
  return high === Infinity ? above : minimum(above, high);
};

/** Scale and shift of a linear piece, clipped to [0, 1]. */
const readHardSigmoid: Reading = (i) => {
  const line = add(multiply(i.tensor(0), i.float("alpha", 0.2)), i.float("beta", 0.5));
  return clip(line, 0, 1);
};

const elu = (x: Tensor, alpha: number) =>
  add(maximum(x, 0), multiply(subtract(exp(minimum(x, 0)), 1), alpha));

/** Smooth at 0 for every α (J. Barron 2017). */
const celu = (x: Tensor, alpha: number) =>
  add(maximum(x, 0), multiply(subtract(exp(divide(minimum(x, 0), alpha)), 1), alpha));

/** The constants with which activations keep mean 0 and variance 1 (G. Klambauer et al. 2017). */
const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** Axes are an input since operator set 13 (sums) or 18 (the others); none means all of them. */
const reduction =
  (apply: (x: Tensor, axes: readonly number[], keep: boolean) => Tensor): Reading =>
  (i) => {
    const x = i.tensor(0);
    const axes = i.list(1, "axes") ?? [];
    if (axes.length === 0 && i.integer("noop_with_empty_axes", 0) === 1) return x;
    const all = x.shape.map((_, axis) => axis);
    return apply(x, axes.length === 0 ? all : axes, i.integer("keepdims", 1) === 1);
  };

/** Maxima along several axes; ours take one at a time and keep it. */
function maxAlong(x: Tensor, axes: readonly number[], keep: boolean): Tensor {
  const resolved = axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis));
  const largest = resolved.reduce((tensor, axis) => reductions.max(tensor, axis), x);
  return keep
    ? largest
    : reshape(
        largest,
        x.shape.filter((_, axis) => !resolved.includes(axis)),
      );
}

/** log Σ eˣ, with the largest term taken out so that none overflows. */
function logSumExp(x: Tensor, axes: readonly number[], keep: boolean): Tensor {
  const total = reductions.sum(exp(subtract(x, maxAlong(x, axes, true))), axes, keep);
  return add(functions.log(total), maxAlong(x, axes, keep));
}

/** Before operator set 13 everything from the axis on was one row. */
const readSoftmax =
  (apply: (x: Tensor) => Tensor, finish: (shifted: Tensor, total: Tensor) => Tensor): Reading =>
  (i) => {
    const x = i.tensor(0);
    const isOld = i.operatorSet < 13;
    const axis = i.axis(isOld ? 1 : -1, x.shape);
    if (axis === x.shape.length - 1) return apply(x);
    if (isOld) {
      const outer = sizeOf(x.shape.slice(0, axis));
      return reshape(apply(reshape(x, [outer, sizeOf(x.shape) / outer])), x.shape);
    }
    const shifted = subtract(x, reductions.max(x, axis));
    return finish(shifted, reductions.sum(exp(shifted), [axis], true));
  };

export const READINGS: Readonly<Record<string, Reading>> = {
  Add: (i) => readIndexSum(i) ?? variadic(add)(i),
  Sub: binary(subtract),
  Mul: variadic(multiply),
  Div: binary(divide),
  Max: variadic(maximum),
  Min: variadic(minimum),
  Sum: variadic(add),
  Mean: (i) => divide(i.tensors().reduce(add), i.inputCount),
  Neg: unary(negate),
  Exp: unary(exp),
  Log: unary(functions.log),
  Sqrt: unary(functions.sqrt),
  Reciprocal: unary((x) => divide(1, x)),
  Abs: unary(abs),
  Sign: unary(sign),
  Sin: unary(functions.sin),
  Cos: unary(functions.cos),
  Pow: readPower,
  Erf: unary(erf),
  Clip: readClip,
  Greater: binary(greater),
  Less: binary((a, b) => greater(b, a)),
  GreaterOrEqual: binary(greaterOrEqual),
  LessOrEqual: binary((a, b) => greaterOrEqual(b, a)),
  And: binary(multiply),
  Or: binary(maximum),
  Not: unary(not),
  Where: (i) => where(i.tensor(0), i.tensor(1), i.tensor(2)),
  Tanh: unary(activations.tanh),
  Sigmoid: unary(activations.sigmoid),
  HardSigmoid: readHardSigmoid,
  Relu: unary(activations.relu),
  LeakyRelu: (i) => activations.leakyRelu(i.tensor(0), i.float("alpha", 0.01)),
  PRelu: binary((x, slope) => subtract(maximum(x, 0), multiply(maximum(negate(x), 0), slope))),
  Elu: (i) => elu(i.tensor(0), i.float("alpha", 1)),
  Gelu: readGelu,
  Softplus: unary(activations.softplus),
  Selu: (i) => multiply(elu(i.tensor(0), i.float("alpha", SELU.alpha)), i.float("gamma", SELU.gamma)),
  Celu: (i) => celu(i.tensor(0), i.float("alpha", 1)),
  ThresholdedRelu: (i) => multiply(i.tensor(0), greater(i.tensor(0), i.float("alpha", 1))),
  HardSwish: unary((x) => multiply(x, clip(add(divide(x, 6), 0.5), 0, 1))),
  Mish: unary((x) => multiply(x, activations.tanh(activations.softplus(x)))),
  Softsign: unary((x) => divide(x, add(abs(x), 1))),
  Softmax: readSoftmax(softmax, (shifted, total) => divide(exp(shifted), total)),
  LogSoftmax: readSoftmax(logSoftmax, (shifted, total) => subtract(shifted, functions.log(total))),
  ReduceSum: reduction(reductions.sum),
  ReduceMean: reduction(reductions.mean),
  ReduceMax: reduction(maxAlong),
  ReduceMin: reduction((x, axes, keep) => negate(maxAlong(negate(x), axes, keep))),
  ReduceSumSquare: reduction((x, axes, keep) => reductions.sum(square(x), axes, keep)),
  ReduceL2: reduction((x, axes, keep) => functions.sqrt(reductions.sum(square(x), axes, keep))),
  ReduceLogSum: reduction((x, axes, keep) => functions.log(reductions.sum(x, axes, keep))),
  ReduceLogSumExp: reduction(logSumExp),
  ReduceL1: reduction((x, axes, keep) => reductions.sum(abs(x), axes, keep)),
  ...LAYOUT_READINGS,
  ...INDEX_READINGS,
  ...LAYER_READINGS,
  ...IMAGE_READINGS,
  ...PART_READINGS,
  ...RECURRENT_READINGS,
  ...EINSUM_READINGS,
};
