/** Contour lines by marching squares (W. Lorensen, H. Cline 1987, in the plane), and the shaded ground under them. */
import type { Palette, Rgb } from "../../draw/palette.ts";
import { cssColor } from "../../draw/palette.ts";

/** A square of heights, row by row from the top. */
export interface Field {
  readonly size: number;
  readonly values: Float32Array;
}

/** A line from one side of a cell to another, in cells from the upper left corner. */
export type Piece = readonly [x1: number, y1: number, x2: number, y2: number];

/** The pieces of the line on which the field has this value. */
export function contour({ size, values }: Field, level: number): Piece[] {
  const pieces: Piece[] = [];
  for (let row = 0; row < size - 1; row++) {
    for (let column = 0; column < size - 1; column++) {
      const at = row * size + column;
      const corners = [values[at]!, values[at + 1]!, values[at + size + 1]!, values[at + size]!] as const;
      for (const [from, to] of piecesOf(corners, level)) {
        pieces.push([column + from[0], row + from[1], column + to[0], row + to[1]]);
      }
    }
  }
  return pieces;
}

type Crossing = readonly [number, number];

/** Corners clockwise from the upper left. Where two lines cross a cell, they are joined as they come. */
function piecesOf(
  [a, b, c, d]: readonly [number, number, number, number],
  level: number,
): (readonly [Crossing, Crossing])[] {
  const cut = (from: number, to: number) => (level - from) / (to - from);
  const crosses = (from: number, to: number) => from > level !== to > level;
  const found: Crossing[] = [];
  if (crosses(a, b)) found.push([cut(a, b), 0]);
  if (crosses(b, c)) found.push([1, cut(b, c)]);
  if (crosses(d, c)) found.push([cut(d, c), 1]);
  if (crosses(a, d)) found.push([0, cut(a, d)]);
  if (found.length < 2) return [];
  const [first, second, third, fourth] = found as [Crossing, Crossing, Crossing?, Crossing?];
  return third && fourth
    ? [
        [first, second],
        [third, fourth],
      ]
    : [[first, second]];
}

/** Shades of the ground, from the lowest to the highest. */
export const SHADES = 14;

/** Low is light in the light theme and dark in the dark one, so that the ways stand out everywhere. */
export function groundColor({ neutral, muted }: Palette, share: number): Rgb {
  const bounded = Math.max(0, Math.min(1, share)) * 0.55;
  return [0, 1, 2].map((i) => Math.round(neutral[i]! + (muted[i]! - neutral[i]!) * bounded)) as [
    number,
    number,
    number,
  ];
}

/** Ground and contours of heights between 0 and 1, and the line around the goal, into a square canvas. */
export function drawGround(
  context: CanvasRenderingContext2D,
  side: number,
  heights: Field,
  goal: number,
  palette: Palette,
): void {
  const { size, values } = heights;
  const image = context.createImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  const bytes = new Uint8ClampedArray(4);
  const packed = new Uint32Array(bytes.buffer);
  const colors = Array.from({ length: SHADES + 1 }, (_, i) => {
    bytes.set([...groundColor(palette, i / SHADES), 255]);
    return packed[0]!;
  });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const height = between(values, size, (x * (size - 1)) / (side - 1), (y * (size - 1)) / (side - 1));
      pixels[y * side + x] = colors[Math.max(0, Math.min(SHADES, Math.floor(height * SHADES)))]!;
    }
  }
  context.putImageData(image, 0, 0);
  const scale = side / (size - 1);
  context.lineWidth = 1;
  context.strokeStyle = cssColor(palette.muted, 0.55);
  for (let i = 1; i < SHADES; i++) stroke(context, contour(heights, i / SHADES), scale);
  context.lineWidth = 3;
  context.setLineDash([7, 4]);
  context.strokeStyle = cssColor(palette.text);
  stroke(context, contour(heights, goal), scale);
  context.setLineDash([]);
}

function stroke(context: CanvasRenderingContext2D, pieces: readonly Piece[], scale: number): void {
  context.beginPath();
  for (const [x1, y1, x2, y2] of pieces) {
    context.moveTo(x1 * scale, y1 * scale);
    context.lineTo(x2 * scale, y2 * scale);
  }
  context.stroke();
}

/** Bilinear between the four corners around (x, y), in cells; places outside take the edge. */
export function between(values: Float32Array, size: number, x: number, y: number): number {
  const column = Math.max(0, Math.min(size - 2, Math.floor(x)));
  const row = Math.max(0, Math.min(size - 2, Math.floor(y)));
  const right = Math.max(0, Math.min(1, x - column));
  const down = Math.max(0, Math.min(1, y - row));
  const at = row * size + column;
  const upper = values[at]! * (1 - right) + values[at + 1]! * right;
  const lower = values[at + size]! * (1 - right) + values[at + size + 1]! * right;
  return upper * (1 - down) + lower * down;
}
