/** Randomness inside a training step: dropout masks, noise, samples. Seeded, and advanced once a step. */
import type { Graph, Tensor } from "../engine/graph.ts";
import { multiply, subtract } from "../engine/ops/arithmetic.ts";
import { greaterOrEqual } from "../engine/ops/comparison.ts";
import { toIndex } from "../engine/ops/conversion.ts";
import { cos, log, sqrt } from "../engine/ops/functions.ts";
import { advance } from "../engine/ops/gather.ts";
import { uniform } from "../engine/ops/random.ts";
import type { Shape } from "../engine/shape.ts";
import type { Updates } from "./optimizers.ts";

/** The counter goes round here; steps of a training run are far fewer. */
const PERIOD = 2 ** 30;

export class Noise {
  readonly #counter: Tensor;
  readonly #seed: number;
  #streams = 0;

  /** @param name of the state that counts the steps. */
  constructor(graph: Graph, seed: number, name = "noise step") {
    this.#counter = graph.state(name, [], 0, "i32");
    this.#seed = seed;
  }

  /** To be among the updates of the entry that uses the noise: the next step draws other numbers. */
  get updates(): Updates {
    return new Map([[this.#counter, advance(this.#counter, 1, PERIOD)]]);
  }

  /** Numbers in [0, 1), other ones at every call and in every step. */
  uniform(shape: Shape): Tensor {
    this.#streams++;
    return uniform(this.#counter, shape, Math.imul(this.#seed + 1, 0x9e3779b9) + this.#streams);
  }

  /** Normally distributed numbers, mean 0 and deviation 1 (G. Box, M. Muller 1958). */
  normal(shape: Shape): Tensor {
    // 1 − u is never 0, so its logarithm exists.
    const radius = sqrt(multiply(log(subtract(1, this.uniform(shape))), -2));
    return multiply(radius, cos(multiply(this.uniform(shape), 2 * Math.PI)));
  }

  /** Whole numbers (`i32`) from 0 to `count` − 1; `count` up to 2²⁴. */
  indices(shape: Shape, count: number): Tensor {
    return toIndex(multiply(this.uniform(shape), count));
  }

  /**
   * Dropout (N. Srivastava et al. 2014): each element is 0 with probability `rate`, the others are divided by
   * 1 − rate, so that the mean stays. For training only; without it inference needs no change.
   */
  dropout(x: Tensor, rate: number): Tensor {
    if (rate === 0) return x;
    const kept = greaterOrEqual(this.uniform(x.shape), Math.fround(rate));
    return multiply(x, multiply(kept, 1 / (1 - rate)));
  }
}
