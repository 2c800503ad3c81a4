/** What both pictures draw: heights between 0 and 1, the ways of the race and of those before. */
import type { Palette, Rgb } from "../../draw/palette.ts";
import { cssColor } from "../../draw/palette.ts";
import type { Field } from "./contours.ts";
import type { Path } from "./race.ts";
import { MARK_CORNERS, RACER_LOOKS, type RacerColors } from "./racers.tsx";
import { drawnHeight, type Place, SURFACES, type SurfaceId } from "./surfaces.ts";
import { type DescentFrame, FIELD } from "./trainer.ts";

export interface Scene {
  readonly surface: SurfaceId;
  readonly start: Place;
  readonly heights: Field;
  /** The goal's height. */
  readonly goal: number;
  readonly bottoms: readonly Place[];
  readonly paths: readonly Path[];
  /** Ways of earlier races, on the same surface. */
  readonly before: readonly Path[];
  /** The whole ways are drawn, wherever the replay is. */
  readonly whole: boolean;
}

export interface Look {
  readonly palette: Palette;
  readonly colors: RacerColors;
}

/** Losses of the field, and of the goal, as heights between 0 and 1. */
export function heightsOf({ field, surface }: Pick<DescentFrame, "field" | "surface">): {
  heights: Field;
  goal: number;
} {
  const { lowest, goal, bend } = SURFACES[surface];
  const raw = field.map((value) => drawnHeight(value, lowest, bend));
  const top = raw.reduce((a, b) => Math.max(a, b), 1e-9);
  return {
    heights: { size: FIELD, values: raw.map((value) => value / top) },
    goal: drawnHeight(lowest + goal, lowest, bend) / top,
  };
}

/** A racer's place after so many steps; between two steps on the line from one to the other. */
export function placeAt({ x, y }: Pick<Path, "x" | "y">, position: number): Place {
  const last = x.length - 1;
  const step = Math.min(last, Math.floor(position));
  const next = Math.min(last, step + 1);
  const share = Math.min(1, Math.max(0, position - step));
  return [x[step]! + (x[next]! - x[step]!) * share, y[step]! + (y[next]! - y[step]!) * share];
}

/** Half widths from the middle beyond which no way is drawn: a diverging one would hatch the whole picture. */
const SIGHT = 2;

/**
 * The pieces of a way up to the position, each from one place to the next; the last one perhaps ends between two
 * steps. What leads far out of the picture is left out.
 */
export function* piecesUntil(
  path: Path,
  position: number,
  surface: SurfaceId,
): Generator<readonly [from: Place, to: Place, step: number]> {
  const { window } = SURFACES[surface];
  const inSight = ([x, y]: Place) =>
    Math.max(Math.abs(x - window.x), Math.abs(y - window.y)) <= SIGHT * window.half;
  const last = Math.min(path.x.length - 1, Math.ceil(position));
  for (let step = 1; step <= last; step++) {
    const from: Place = [path.x[step - 1]!, path.y[step - 1]!];
    const to = placeAt(path, Math.min(step, position));
    if (inSight(from) && inSight(to)) yield [from, to, step];
  }
}

/** A ring around a minimum. */
export function drawRing(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  radius: number,
  { palette }: Look,
) {
  for (const [width, color] of [
    [6, palette.neutral],
    [2.5, palette.text],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = cssColor(color);
    context.stroke();
  }
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The racer's mark, with a rim of the ground's colour; a struck-out one for who has diverged. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { racer, diverged }: Path,
  { x, y }: Point,
  radius: number,
  { colors, palette }: Look,
  position: number,
): void {
  const { mark } = RACER_LOOKS[racer];
  context.beginPath();
  if (mark === "circle") context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    MARK_CORNERS[mark].forEach(([dx, dy], i) => {
      if (i === 0) context.moveTo(x + dx * radius, y + dy * radius);
      else context.lineTo(x + dx * radius, y + dy * radius);
    });
    context.closePath();
  }
  context.lineJoin = "round";
  context.lineWidth = radius * 0.6;
  context.strokeStyle = cssColor(palette.neutral);
  context.stroke();
  context.fillStyle = cssColor(colors[racer], diverged !== undefined && diverged <= position ? 0.4 : 1);
  context.fill();
}

/** A line with a rim, in the racer's colour and dash. */
export function strokeWay(
  context: CanvasRenderingContext2D,
  color: Rgb,
  { palette }: Look,
  { width, dash, faint }: { width: number; dash: readonly number[]; faint: boolean },
): void {
  context.lineJoin = "round";
  context.lineCap = "round";
  context.setLineDash([]);
  context.lineWidth = width + 2.5;
  context.strokeStyle = cssColor(palette.neutral, faint ? 0.3 : 0.75);
  context.stroke();
  context.setLineDash([...dash]);
  context.lineWidth = width;
  context.strokeStyle = cssColor(color, faint ? 0.45 : 1);
  context.stroke();
  context.setLineDash([]);
}
