/** A learner's drawing as lines, and as the small picture a network was trained on. */
import type { Preparation } from "./datasets.ts";

/** A place on the pad: 0 to 1 from the left and from the top. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** The way of the pen from where it goes down to where it lifts; one point is a dot. */
export type Stroke = readonly StrokePoint[];

/** A drawing smaller than this share of the pad is not blown up further: a dot stays a dot. */
const SMALLEST_EXTENT = 0.12;
/** The index of the pixel on which MNIST puts the centre of mass, as a share of the size: pixel 14 of 28. */
const MIDDLE = 0.5;

/**
 * The drawing as the dataset's pictures were made: scaled by its longer side into the box, drawn with a pen of the
 * data's width, and put with its centre of mass (MNIST: Y. LeCun et al. 1998) or its box in the middle.
 * @returns `size` × `size` values from 0 (paper) to 1 (ink), row by row; all 0 for no strokes.
 */
export function prepareStrokes(
  strokes: readonly Stroke[],
  preparation: Exclude<Preparation, { kind: "none" }>,
  size = 28,
): Float32Array {
  const points = strokes.flat();
  if (points.length === 0) return new Float32Array(size * size);
  const { box, pen, kind } = preparation;
  const [left, right] = bounds(points.map(({ x }) => x));
  const [top, bottom] = bounds(points.map(({ y }) => y));
  // The pen's edge fades over one pixel, so that half a pixel of ink lies outside its radius on either side.
  const scale = (box - pen - 1) / Math.max(right - left, bottom - top, SMALLEST_EXTENT);
  const middle = size * MIDDLE - 0.5;
  const placed = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: (x - (left + right) / 2) * scale + middle,
      y: (y - (top + bottom) / 2) * scale + middle,
    })),
  );
  const picture = drawStrokes(placed, pen, size);
  if (kind === "box") return picture;
  const mass = centreOfMass(picture, size, size);
  const shift = { x: size * MIDDLE - mass.x, y: size * MIDDLE - mass.y };
  const moved = placed.map((stroke) => stroke.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  return drawStrokes(moved, pen, size);
}

function bounds(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/**
 * Lines with round ends, in pixels; whole numbers are the middles of pixels. A pixel's value falls from 1 to 0 over
 * one pixel at the pen's edge.
 */
export function drawStrokes(strokes: readonly Stroke[], pen: number, size: number): Float32Array {
  const picture = new Float32Array(size * size);
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i++) {
      if (i > 0 || stroke.length === 1)
        drawSegment(picture, size, stroke[Math.max(0, i - 1)]!, stroke[i]!, pen / 2);
    }
  }
  return picture;
}

function drawSegment(
  picture: Float32Array,
  size: number,
  from: StrokePoint,
  to: StrokePoint,
  radius: number,
): void {
  const reach = radius + 1;
  const first = (a: number, b: number) => Math.max(0, Math.ceil(Math.min(a, b) - reach));
  const last = (a: number, b: number) => Math.min(size - 1, Math.floor(Math.max(a, b) + reach));
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let row = first(from.y, to.y); row <= last(from.y, to.y); row++) {
    for (let column = first(from.x, to.x); column <= last(from.x, to.x); column++) {
      const [x, y] = [column - from.x, row - from.y];
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length));
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const ink = Math.max(0, Math.min(1, radius + 0.5 - distance));
      const at = row * size + column;
      if (ink > picture[at]!) picture[at] = ink;
    }
  }
}

/** In pixels: column and row, weighted by ink; the middle where there is none. */
export function centreOfMass(picture: ArrayLike<number>, rows: number, columns: number): StrokePoint {
  let [sum, x, y] = [0, 0, 0];
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const ink = picture[at]!;
      sum += ink;
      x += ink * column;
      y += ink * row;
    }
  }
  return sum === 0 ? { x: (columns - 1) / 2, y: (rows - 1) / 2 } : { x: x / sum, y: y / sum };
}
