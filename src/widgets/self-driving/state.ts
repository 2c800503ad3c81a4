import { type Codec, choice, defineState, flag, integer, type StateOf } from "../../ui/state-codec.ts";
import type { Route } from "./drive.ts";
import { LOOKS } from "./looks.ts";
import { ROAD_KINDS } from "./road.ts";

/** m/s; 9 m/s are 32 km/h. */
export const SPEEDS = { slow: 6, normal: 9, fast: 12 } as const;

export const drivingState = defineState(1, {
  kind: choice(ROAD_KINDS, "gentle"),
  /** Which road of its kind. */
  road: integer({ fallback: 1, min: 1, max: 99 }),
  look: choice(LOOKS, "day"),
  speed: choice(["slow", "normal", "fast"], "normal"),
  /** First weights and the order of learning. */
  seed: integer({ fallback: 1, min: 1, max: 999 }),
  /** The window shows the camera's pixels. */
  pixels: flag(false),
});

export type DrivingState = StateOf<{
  [K in keyof typeof drivingState.defaults]: Codec<(typeof drivingState.defaults)[K]>;
}>;

export const routeOf = ({ kind, road, look, speed }: DrivingState): Route => ({
  ...{ kind, look },
  seed: road,
  speed: SPEEDS[speed],
});

export const PRESETS = {
  first: {},
  straight: { kind: "straight" },
} as const satisfies Readonly<Record<string, Partial<DrivingState>>>;
