/** Losses: scalars that say how far predictions are from their targets, averaged over the batch. */
import { gradients } from "../engine/gradient.ts";
import type { Tensor } from "../engine/graph.ts";
import { relu, softplus } from "../engine/ops/activations.ts";
import { add, divide, maximum, multiply, negate, subtract } from "../engine/ops/arithmetic.ts";
import { notEqual } from "../engine/ops/comparison.ts";
import { toFloat } from "../engine/ops/conversion.ts";
import { abs, sqrt, square } from "../engine/ops/functions.ts";
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

/**
 * Softmax cross-entropy over the labels other than `ignore` only, such as padding: the mean over those that count,
 * 0 when none does. A label outside the classes is ignored too.
 */
export function maskedCrossEntropy(logits: Tensor, labels: Tensor, ignore: number): Tensor {
  const counts = multiply(notEqual(toFloat(labels), ignore), sum(oneHot(labels, logits.shape.at(-1)!), [-1]));
  const chosen = sum(multiply(oneHot(labels, logits.shape.at(-1)!), logSoftmax(logits)), [-1]);
  return negate(divide(sum(multiply(chosen, counts)), maximum(sum(counts), 1)));
}

/** Hinge loss: mean of max(0, 1 − t·y), targets −1 and 1. */
export function hinge(scores: Tensor, targets: Tensor): Tensor {
  return mean(relu(subtract(1, multiply(scores, targets))));
}

/**
 * What a Wasserstein critic minimises: mean score of the fakes minus that of the real ones (M. Arjovsky, S. Chintala,
 * L. Bottou 2017, arXiv:1701.07875). The generator minimises `negate(mean(scores of fakes))`.
 */
export function wassersteinCritic(real: Tensor, fake: Tensor): Tensor {
  return subtract(mean(fake), mean(real));
}

/**
 * Mean of (‖∂critic/∂x‖ − 1)² at points between real and fake ones (I. Gulrajani et al. 2017, arXiv:1704.00028).
 * @param share of the real example in each mixture, [batch, 1, …], uniform in [0, 1).
 */
export function gradientPenalty(
  critic: (x: Tensor) => Tensor,
  real: Tensor,
  fake: Tensor,
  share: Tensor,
): Tensor {
  const mixed = add(multiply(real, share), multiply(fake, subtract(1, share)));
  const [slope] = gradients(sum(critic(mixed)), [mixed]);
  const axes = real.shape.map((_, axis) => axis).slice(1);
  // At a slope of 0 the root has no derivative.
  const norms = sqrt(add(sum(square(slope!), axes), 1e-12));
  return mean(square(subtract(norms, 1)));
}

/**
 * Mean of ‖∂discriminator/∂x‖² at real examples, called R1: it keeps the discriminator from growing ever steeper
 * around them (L. Mescheder, A. Geiger, S. Nowozin 2018, arXiv:1801.04406, whose γ is twice the weight given to this).
 */
export function realGradientPenalty(discriminator: (x: Tensor) => Tensor, real: Tensor): Tensor {
  const [slope] = gradients(sum(discriminator(real)), [real]);
  return divide(sum(square(slope!)), real.shape[0]!);
}
