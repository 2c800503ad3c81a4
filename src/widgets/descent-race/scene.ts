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

/** The places of a way up to the position, the last one perhaps between two steps. */
export function* placesUntil(path: Path, position: number): Generator<Place> {
  const whole = Math.min(path.x.length - 1, Math.floor(position));
  for (let step = 0; step <= whole; step++) yield [path.x[step]!, path.y[step]!];
  if (position > whole) yield placeAt(path, position);
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
