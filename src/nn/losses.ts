/** Losses: scalars that say how far predictions are from their targets, averaged over the batch. */
import type { Tensor } from "../engine/graph.ts";
import { softplus } from "../engine/ops/activations.ts";
import { add, multiply, negate, subtract } from "../engine/ops/arithmetic.ts";
import { abs, square } from "../engine/ops/functions.ts";
import { oneHot } from "../engine/ops/gather.ts";
import { mean, sum } from "../engine/ops/reduce.ts";
import { logSoftmax } from "../engine/ops/softmax.ts";

/** Mean of (prediction − target)² over all elements. Both tensors have one shape. */
export function meanSquaredError(predictions: Tensor, targets: Tensor): Tensor {
  return mean(square(subtract(predictions, targets)));
}

/**
 * Binary cross-entropy of σ(logits) against targets in [0, 1]: mean of ln(1 + eᶻ) − z·t, which is
 * −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) without the logarithm of a rounded σ.
 */
export function binaryCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  return mean(subtract(softplus(logits), multiply(logits, targets)));
}

/** Mean of −ln softmax(logits)[label]. `logits` [batch, classes], `labels` class indices [batch] (`i32`). */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const chosen = multiply(oneHot(labels, logits.shape.at(-1)!), logSoftmax(logits));
  return negate(mean(sum(chosen, [-1])));
}

export type Regularization = "none" | "l1" | "l2";

/**
 * Penalty on the weights: Σ|w| for L1, ½Σw² for L2 (so that its derivative is w), times `rate` (a scalar).
 * `undefined` when there is none.
 */
export function penalty(kind: Regularization, weights: readonly Tensor[], rate: Tensor): Tensor | undefined {
  if (kind === "none") return undefined;
  const terms = weights.map((tensor) => sum(kind === "l1" ? abs(tensor) : multiply(square(tensor), 0.5)));
  return multiply(terms.reduce(add), rate);
}
