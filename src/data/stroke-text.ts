/** Drawings as short text, for addresses and saved states. */
import type { Stroke, StrokePoint } from "./strokes.ts";

/** Letters that stand in an address as they are; a place is one letter for x and one for y. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STEPS = LETTERS.length - 1;
const BETWEEN = ".";
/** Points nearer to the line than this, in steps, say nothing. */
const TOLERANCE = 0.6;
/** What a link may carry. */
export const LONGEST_DRAWING_TEXT = 1200;

/** Strokes joined by dots; places are rounded to a grid of 64 × 64, and points on straight ways are left out. */
export function encodeStrokes(strokes: readonly Stroke[]): string {
  return strokes
    .map((stroke) =>
      simplify(stroke.map(({ x, y }) => ({ x: step(x), y: step(y) })))
        .map(({ x, y }) => LETTERS[x]! + LETTERS[y]!)
        .join(""),
    )
    .filter((text) => text !== "")
    .join(BETWEEN);
}

/** @returns `undefined` for text that is no drawing. */
export function decodeStrokes(text: string): Stroke[] | undefined {
  if (text === "") return [];
  if (text.length > LONGEST_DRAWING_TEXT) return undefined;
  const strokes: Stroke[] = [];
  for (const part of text.split(BETWEEN)) {
    const numbers = [...part].map((letter) => LETTERS.indexOf(letter));
    if (part === "" || numbers.length % 2 === 1 || numbers.includes(-1)) return undefined;
    strokes.push(
      Array.from({ length: numbers.length / 2 }, (_, i) => ({
        x: numbers[2 * i]! / STEPS,
        y: numbers[2 * i + 1]! / STEPS,
      })),
    );
  }
  return strokes;
}

const step = (value: number) => Math.round(Math.max(0, Math.min(1, value)) * STEPS);

/** Keeps the ends and, again and again, the point farthest from the line between them (U. Ramer 1972). */
function simplify(points: readonly StrokePoint[]): StrokePoint[] {
  if (points.length < 3) return [...points];
  const [first, last] = [points[0]!, points.at(-1)!];
  let [farthest, distance] = [0, 0];
  for (let i = 1; i < points.length - 1; i++) {
    const away = distanceToSegment(points[i]!, first, last);
    if (away > distance) [farthest, distance] = [i, away];
  }
  if (distance <= TOLERANCE) return [first, last];
  return [...simplify(points.slice(0, farthest + 1)).slice(0, -1), ...simplify(points.slice(farthest))];
}

function distanceToSegment(point: StrokePoint, from: StrokePoint, to: StrokePoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const along = Math.max(0, Math.min(1, share));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
