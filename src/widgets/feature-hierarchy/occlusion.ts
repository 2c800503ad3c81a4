/** Squares that cover part of a picture. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
/** Pixels from one place of the square to the next. */
export const STEP = 2;

export interface Place {
  /** Middle of the square. */
  readonly row: number;
  readonly column: number;
}

/** Places over the whole picture, row by row. */
export function occlusionPlaces(): readonly Place[] {
  const along = Array.from({ length: SIDE / STEP }, (_, i) => i * STEP + STEP / 2);
  return along.flatMap((row) => along.map((column) => ({ row, column })));
}

/** First pixel and the one behind the last that the square covers along one axis. */
export function coveredRange(middle: number, size: number): readonly [number, number] {
  const first = Math.round(middle - size / 2);
  return [Math.max(0, first), Math.min(SIDE, first + size)];
}

/** The picture with the square set to 0, the background of the training pictures. */
export function covered(picture: Float32Array, { row, column }: Place, size: number): Float32Array {
  const result = picture.slice();
  const [top, bottom] = coveredRange(row, size);
  const [left, right] = coveredRange(column, size);
  for (let y = top; y < bottom; y++) result.fill(0, y * SIDE + left, y * SIDE + right);
  return result;
}
