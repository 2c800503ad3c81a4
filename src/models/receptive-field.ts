/**
 * Which part of the picture one value of a feature map can see: computed from the windows alone, for convolutions that
 * keep the size (their padding is even, what is odd lies after) and poolings side by side.
 */

export interface ConvolutionAndPool {
  /** Rows of the filter. */
  readonly window: number;
  /** Rows that the pooling behind it joins; 1 for none. */
  readonly pool: number;
}

/** Along one axis, in pixels of the picture. */
export interface ReceptiveField {
  readonly size: number;
  /** How far the fields of neighbouring values lie apart. */
  readonly step: number;
  /** Where the field of the first value begins; negative where it reaches into the padding. */
  readonly start: number;
}

/** The field of every convolution's values, before its pooling (size and step as in A. Araujo et al. 2019, Distill). */
export function receptiveFields(layers: readonly ConvolutionAndPool[]): readonly ReceptiveField[] {
  let [size, step, start] = [1, 1, 0];
  return layers.map(({ window, pool }) => {
    size += (window - 1) * step;
    start -= Math.floor((window - 1) / 2) * step;
    const field = { size, step, start };
    size += (pool - 1) * step;
    step *= pool;
    return field;
  });
}

/** First pixel and the one behind the last, for the value at `position`; may lie outside the picture. */
export function fieldAt({ size, step, start }: ReceptiveField, position: number): readonly [number, number] {
  const first = start + position * step;
  return [first, first + size];
}
