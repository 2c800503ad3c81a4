/** Normalisation layers with their scale and shift. */
import type { Tensor } from "../engine/graph.ts";
import { add, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { rsqrt, square } from "../engine/ops/functions.ts";
import { reshape } from "../engine/ops/layout.ts";
import * as rows from "../engine/ops/normalize.ts";
import { mean } from "../engine/ops/reduce.ts";
import { sizeOf } from "../engine/shape.ts";
import { constant, zeros } from "./initialisers.ts";
import type { Updates } from "./optimizers.ts";
import type { ParameterSource, Parameters } from "./parameters.ts";

/** γ and β over the normalised axis; RMS normalisation has no shift. */
export interface Norm {
  readonly scale: Tensor;
  readonly shift: Tensor | undefined;
}

export function layerNormWeights(parameters: ParameterSource, name: string, width: number): Norm {
  return {
    scale: parameters.add(`${name} scale`, [width], constant(1)),
    shift: parameters.add(`${name} shift`, [width], zeros),
  };
}

export function rmsNormWeights(parameters: ParameterSource, name: string, width: number): Norm {
  return { scale: parameters.add(`${name} scale`, [width], constant(1)), shift: undefined };
}

/** Over the last axis: layer normalisation with a shift, RMS normalisation without. */
export function normalize(x: Tensor, { scale, shift }: Norm): Tensor {
  return shift ? add(multiply(rows.layerNorm(x), scale), shift) : multiply(rows.rmsNorm(x), scale);
}

export interface BatchNorm {
  /** Each [channels]. */
  readonly scale: Tensor;
  readonly shift: Tensor;
  /** States: exponential averages of the batches' means and (unbiased) variances. */
  readonly runningMean: Tensor;
  readonly runningVariance: Tensor;
}

const EPSILON = 1e-5;

export function batchNormWeights(parameters: Parameters, name: string, channels: number): BatchNorm {
  const { graph } = parameters;
  return {
    scale: parameters.add(`${name} scale`, [channels], constant(1)),
    shift: parameters.add(`${name} shift`, [channels], zeros),
    runningMean: graph.state(`${name} running mean`, [channels]),
    runningVariance: graph.state(`${name} running variance`, [channels], 1),
  };
}

/** [channels] as it broadcasts over [batch, channels, …]. */
const alongChannels = (x: Tensor, rank: number) =>
  reshape(x, [x.shape[0]!, ...new Array<number>(rank - 2).fill(1)]);

function scaled(x: Tensor, center: Tensor, variance: Tensor, { scale, shift }: BatchNorm): Tensor {
  const rank = x.shape.length;
  const factor = multiply(rsqrt(add(variance, EPSILON)), scale);
  return add(
    multiply(subtract(x, alongChannels(center, rank)), alongChannels(factor, rank)),
    alongChannels(shift, rank),
  );
}

/**
 * Batch normalisation while training (S. Ioffe, C. Szegedy 2015): [batch, channels, …] by the batch's own mean and
 * variance of each channel. `updates` moves the running statistics by `momentum`, in the same step.
 */
export function batchNormTraining(
  x: Tensor,
  weights: BatchNorm,
  momentum = 0.1,
): { output: Tensor; updates: Updates } {
  const channels = x.shape[1]!;
  const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const count = sizeOf(x.shape) / channels;
  const center = mean(x, axes);
  const spread = mean(square(subtract(x, alongChannels(center, x.shape.length))), axes);
  const average = (running: Tensor, batch: Tensor) =>
    add(multiply(running, 1 - momentum), multiply(batch, momentum));
  const unbiased = multiply(spread, count / Math.max(1, count - 1));
  return {
    output: scaled(x, center, spread, weights),
    updates: new Map([
      [weights.runningMean, average(weights.runningMean, center)],
      [weights.runningVariance, average(weights.runningVariance, unbiased)],
    ]),
  };
}

/** Batch normalisation afterwards: by the running statistics, each example for itself. */
export function batchNormInference(x: Tensor, weights: BatchNorm): Tensor {
  return scaled(x, weights.runningMean, weights.runningVariance, weights);
}
