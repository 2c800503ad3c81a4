/** The drawing pad's keyboard: a cursor on a grid, and a pen that is down or up. */
import type { Stroke, StrokePoint } from "../data/strokes.ts";

/** Cells of the pad along each side, for the keyboard's cursor. */
export const GRID = 20;

export interface KeyboardPen {
  /** Column and row of the cursor, 0 to `GRID`. */
  readonly column: number;
  readonly row: number;
  readonly isDown: boolean;
}

export const RESTING_PEN: KeyboardPen = { column: GRID / 2, row: GRID / 2, isDown: false };

export interface KeyResult {
  readonly pen: KeyboardPen;
  readonly strokes: readonly Stroke[];
  /** Said aloud. */
  readonly message: string;
}

const MOVES: Readonly<Record<string, readonly [column: number, row: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const placeOf = ({ column, row }: KeyboardPen): StrokePoint => ({ x: column / GRID, y: row / GRID });

const spoken = ({ column, row }: KeyboardPen) => `가로 ${column}, 세로 ${row}`;

/**
 * What a key does: arrows move the cursor (and draw while the pen is down), space and Enter lower and lift the pen,
 * Escape lifts it. `undefined` for a key that is not the pad's.
 */
export function pressKey(key: string, pen: KeyboardPen, strokes: readonly Stroke[]): KeyResult | undefined {
  const move = MOVES[key];
  if (move) return movePen(pen, strokes, move);
  if (key === " " || key === "Enter") return pen.isDown ? liftPen(pen, strokes) : lowerPen(pen, strokes);
  if (key === "Escape" && pen.isDown) return liftPen(pen, strokes);
  return undefined;
}

function movePen(
  pen: KeyboardPen,
  strokes: readonly Stroke[],
  [dx, dy]: readonly [number, number],
): KeyResult {
  const inside = (value: number) => Math.max(0, Math.min(GRID, value));
  const next = { ...pen, column: inside(pen.column + dx), row: inside(pen.row + dy) };
  const current = strokes.at(-1);
  const drawn = pen.isDown && current ? [...strokes.slice(0, -1), [...current, placeOf(next)]] : strokes;
  return { pen: next, strokes: drawn, message: spoken(next) };
}

function lowerPen(pen: KeyboardPen, strokes: readonly Stroke[]): KeyResult {
  const down = { ...pen, isDown: true };
  return { pen: down, strokes: [...strokes, [placeOf(pen)]], message: `펜을 내렸습니다. ${spoken(pen)}` };
}

function liftPen(pen: KeyboardPen, strokes: readonly Stroke[]): KeyResult {
  return { pen: { ...pen, isDown: false }, strokes, message: `펜을 들었습니다. ${countOf(strokes)}` };
}

/** “획 2개” */
export const countOf = (strokes: readonly Stroke[]) =>
  strokes.length === 0 ? "비어 있습니다" : `획 ${strokes.length}개`;
