/** Networks of different depths with the same parameter budget: two inputs, one output. */

export interface NetworkShape {
  readonly hidden: readonly number[];
  /** Weights and biases. */
  readonly parameters: number;
}

/** Weights and biases of a fully connected network 2 – hidden – 1. */
export function countParameters(hidden: readonly number[]): number {
  const widths = [2, ...hidden, 1];
  return widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i]! + 1), 0);
}

/**
 * The largest network of `depth` hidden layers that keeps within the budget, its layers as even as possible:
 * wide ones first, where they cost least.
 *
 * @returns `undefined` when not even one neuron a layer fits
 */
export function shapeOf(depth: number, budget: number): NetworkShape | undefined {
  let best: NetworkShape | undefined;
  for (let width = 1; ; width += 1) {
    for (let wider = 0; wider < depth; wider += 1) {
      const hidden = Array.from({ length: depth }, (_, layer) => width + (layer < wider ? 1 : 0));
      const parameters = countParameters(hidden);
      if (parameters > budget) return best;
      best = { hidden, parameters };
    }
  }
}

export const DEPTHS = [1, 2, 3, 4] as const;

/** One network for every depth that fits. */
export function shapesWithin(budget: number): NetworkShape[] {
  return DEPTHS.flatMap((depth) => shapeOf(depth, budget) ?? []);
}
