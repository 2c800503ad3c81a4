/** Brings a picture of a sign (a scan, a photo, a canvas) into the form of the training pictures. */
import type { Preparation } from "./datasets.ts";
import { centreOfMass } from "./strokes.ts";

export interface GreyPicture {
  readonly rows: number;
  readonly columns: number;
  /** Row by row, 0 (paper) to 1 (ink). */
  readonly values: ArrayLike<number>;
}

/** Ink fainter than this does not count when the sign's box is sought. */
const FAINT = 0.02;

interface Box {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * As MNIST was made (Y. LeCun et al. 1998): the sign's box is scaled by its longer side into a box of
 * `preparation.box` pixels, its grey values averaged over areas, and put with its centre of mass (or its box) in the
 * middle, by whole pixels.
 * @returns `size` × `size` values; all 0 where there is no ink.
 */
export function preparePicture(
  picture: GreyPicture,
  preparation: Exclude<Preparation, { kind: "none" }>,
  size = 28,
): Float32Array {
  const box = inkBox(picture);
  const result = new Float32Array(size * size);
  if (!box) return result;
  const scale = preparation.box / Math.max(box.rows, box.columns);
  const extent = (length: number) => Math.max(1, Math.min(preparation.box, Math.round(length * scale)));
  const small = shrink(picture, box, extent(box.rows), extent(box.columns));
  const mass =
    preparation.kind === "mass"
      ? centreOfMass(small.values, small.rows, small.columns)
      : { x: small.columns / 2, y: small.rows / 2 };
  const [right, down] = [Math.round(size / 2 - mass.x), Math.round(size / 2 - mass.y)];
  for (let row = 0; row < small.rows; row++) {
    for (let column = 0; column < small.columns; column++) {
      const [y, x] = [row + down, column + right];
      const isInside = y >= 0 && y < size && x >= 0 && x < size;
      if (isInside) result[y * size + x] = small.values[row * small.columns + column]!;
    }
  }
  return result;
}

function inkBox({ rows, columns, values }: GreyPicture): Box | undefined {
  let [top, left, bottom, right] = [rows, columns, -1, -1];
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      if (values[at]! <= FAINT) continue;
      [top, left] = [Math.min(top, row), Math.min(left, column)];
      [bottom, right] = [Math.max(bottom, row), Math.max(right, column)];
    }
  }
  return bottom < 0 ? undefined : { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** Each new pixel is the mean of the area it covers; works in either direction. */
function shrink({ columns: stride, values }: GreyPicture, box: Box, rows: number, columns: number) {
  const across = shares(box.columns, columns);
  const down = shares(box.rows, rows);
  const result = new Float32Array(rows * columns);
  down.forEach((rowShares, row) => {
    across.forEach((columnShares, column) => {
      let sum = 0;
      for (const [y, height] of rowShares) {
        for (const [x, width] of columnShares) {
          sum += height * width * values[(box.top + y) * stride + box.left + x]!;
        }
      }
      result[row * columns + column] = sum;
    });
  });
  return { rows, columns, values: result };
}

/** For each of `to` equal parts of `from` cells: which cells it covers, and what share of it each takes. */
function shares(from: number, to: number): (readonly [cell: number, share: number])[][] {
  const width = from / to;
  return Array.from({ length: to }, (_, part) => {
    const [start, end] = [part * width, (part + 1) * width];
    const cells: (readonly [number, number])[] = [];
    for (let cell = Math.floor(start); cell < Math.min(from, Math.ceil(end - 1e-9)); cell++) {
      cells.push([cell, (Math.min(end, cell + 1) - Math.max(start, cell)) / width]);
    }
    return cells;
  });
}
