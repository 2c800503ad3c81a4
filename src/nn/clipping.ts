/** Limits: of the gradients' length, and of the parameters themselves. */
import type { Tensor } from "../engine/graph.ts";
import { add, divide, minimum, multiply } from "../engine/ops/arithmetic.ts";
import { clip } from "../engine/ops/comparison.ts";
import { sqrt, square } from "../engine/ops/functions.ts";
import { sum } from "../engine/ops/reduce.ts";
import type { Updates } from "./optimizers.ts";

/** √Σg² over all tensors together. */
export function totalNorm(tensors: readonly Tensor[]): Tensor {
  return sqrt(tensors.map((tensor) => sum(square(tensor))).reduce((a, b) => add(a, b)));
}

/** Scales all gradients alike so that their norm is at most `limit` (R. Pascanu, T. Mikolov, Y. Bengio 2013). */
export function clipByNorm(gradients: readonly Tensor[], limit: number): Tensor[] {
  // The smallest normal number keeps a gradient of 0 from becoming 0/0.
  const scale = minimum(divide(limit, add(totalNorm(gradients), 1.1754943508222875e-38)), 1);
  return gradients.map((gradient) => multiply(gradient, scale));
}

/** Holds the next values of `parameters` within ±`limit`: a Wasserstein critic's clipping. */
export function clipWeights(updates: Updates, parameters: readonly Tensor[], limit: number): Updates {
  const clipped: Updates = new Map(updates);
  for (const parameter of parameters) {
    const next = updates.get(parameter);
    if (next) clipped.set(parameter, clip(next, -limit, limit));
  }
  return clipped;
}
