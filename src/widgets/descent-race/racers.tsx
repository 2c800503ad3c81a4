/** How the racers look: colour, mark and dash, so that none has to be told by its colour alone. */
import { parseColor, type Rgb } from "../../draw/palette.ts";
import { RACERS, type Racer } from "./race.ts";

export interface RacerLook {
  readonly label: string;
  readonly mark: "circle" | "square" | "triangle" | "diamond" | "cross";
  readonly dash: readonly number[];
}

export const RACER_LOOKS: Readonly<Record<Racer, RacerLook>> = {
  sgd: { label: "경사하강법", mark: "circle", dash: [] },
  momentum: { label: "모멘텀", mark: "square", dash: [9, 3] },
  nesterov: { label: "네스테로프", mark: "triangle", dash: [3, 3] },
  rmsprop: { label: "RMSProp", mark: "diamond", dash: [11, 3, 2, 3] },
  adam: { label: "Adam", mark: "cross", dash: [] },
};

export type RacerColors = Readonly<Record<Racer, Rgb>>;

/** The colours that the style sheet gives the racers in the present theme. */
export function readRacerColors(element: Element): RacerColors {
  const style = getComputedStyle(element);
  const entries = RACERS.map((racer) => [racer, parseColor(style.getPropertyValue(`--racer-${racer}`))]);
  return Object.fromEntries(entries) as Record<Racer, Rgb>;
}

/** Corners of a mark around the origin, radius 1; of a circle there are none. */
export const MARK_CORNERS: Readonly<
  Record<Exclude<RacerLook["mark"], "circle">, readonly (readonly [number, number])[]>
> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: [
    [0, -1.1],
    [1, 0.75],
    [-1, 0.75],
  ],
  diamond: [
    [0, -1.2],
    [1.2, 0],
    [0, 1.2],
    [-1.2, 0],
  ],
  cross: [
    [-0.4, -1.1],
    [0.4, -1.1],
    [0.4, -0.4],
    [1.1, -0.4],
    [1.1, 0.4],
    [0.4, 0.4],
    [0.4, 1.1],
    [-0.4, 1.1],
    [-0.4, 0.4],
    [-1.1, 0.4],
    [-1.1, -0.4],
    [-0.4, -0.4],
  ],
};

export function Mark({ racer }: { racer: Racer }) {
  const { mark } = RACER_LOOKS[racer];
  return (
    <svg
      class="dr-mark"
      viewBox="-1.4 -1.4 2.8 2.8"
      aria-hidden="true"
      style={{ color: `var(--racer-${racer})` }}
    >
      {mark === "circle" ? (
        <circle r="1" fill="currentColor" />
      ) : (
        <path d={`M${MARK_CORNERS[mark].map((corner) => corner.join(" ")).join("L")}Z`} fill="currentColor" />
      )}
    </svg>
  );
}
