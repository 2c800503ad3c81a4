/** Many small grey pictures with their classes, as bytes. */
export interface Pictures {
  readonly rows: number;
  readonly columns: number;
  /** [count, rows, columns], 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array;
  /** [count], indices of classes. */
  readonly labels: Uint8Array;
}

/** Values 0 to 1 of one picture; a view's length must be rows × columns. */
export function writePicture({ rows, columns, pixels }: Pictures, index: number, target: Float32Array): void {
  const size = rows * columns;
  for (let i = 0, at = index * size; i < size; i++, at++) target[i] = pixels[at]! / 255;
}

/** The pictures of the given indices, in that order. */
export function pickPictures(pictures: Pictures, indices: ArrayLike<number>): Pictures {
  const size = pictures.rows * pictures.columns;
  const pixels = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]!;
    pixels.set(pictures.pixels.subarray(from * size, (from + 1) * size), i * size);
    labels[i] = pictures.labels[from]!;
  }
  return { rows: pictures.rows, columns: pictures.columns, pixels, labels };
}
