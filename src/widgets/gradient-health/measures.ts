/**
 * Sizes of a layer's tensors, in double precision: a square of 10⁻²³ is 0 in the 32 bits the network computes with,
 * and that of 10²⁰ is beyond them.
 */

/** Per layer with weights: the hidden layers, and the output layer last. */
export interface Measurement {
  /** Over all training points. */
  readonly loss: number;
  readonly trainAccuracy: number;
  /** Root mean square of ∂loss/∂w over the layer's weights. */
  readonly gradients: Float64Array;
  /** Root mean square of the layer's output. */
  readonly activations: Float64Array;
  /** How far the layer's output differs from one training point to another. */
  readonly spreads: Float64Array;
  /** ‖W − W₀‖/‖W₀‖ since the beginning; ‖W‖ where it began with zeros. */
  readonly changes: Float64Array;
}

/** √(Σx²/n): the size of one value. Not finite when any value is not. */
export function rootMeanSquare(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return Math.sqrt(total / values.length);
}

/**
 * Standard deviation of each column of [rows, width], put together as the root of the mean of their squares: 0 when
 * the layer answers the same to every example.
 */
export function spreadOverRows(values: Float32Array, width: number): number {
  const rows = values.length / width;
  let total = 0;
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let at = column; at < values.length; at += width) sum += values[at]!;
    const mean = sum / rows;
    for (let at = column; at < values.length; at += width) total += (values[at]! - mean) ** 2;
  }
  return Math.sqrt(total / values.length);
}

/** How far weights have come from where they began, as a share of their size then. */
export function relativeChange(now: Float32Array, before: Float32Array): number {
  let [moved, size] = [0, 0];
  now.forEach((value, i) => {
    moved += (value - before[i]!) ** 2;
    size += before[i]! ** 2;
  });
  return Math.sqrt(size === 0 ? moved : moved / size);
}
