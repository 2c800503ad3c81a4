/** Roads drawn from a seed: the direction along the middle is a sum of sine waves, so that every road is smooth. */
import { Random } from "../../engine/random.ts";

/** How winding a road is. */
export const ROAD_KINDS = ["straight", "gentle", "winding"] as const;
export type RoadKind = (typeof ROAD_KINDS)[number];

/** Distance of the middle's points, m. */
export const SPACING = 1;
/** Where a drive ends, m from the beginning. */
export const ROAD_LENGTH = 600;
/** Points beyond the end, so that a camera still sees road there; and before the beginning, for nearest points. */
const BEYOND = 80;
/** From the middle to either edge, m. */
export const HALF_WIDTH = 3.5;

/** The steepest the direction turns from east, radians, by kind: below a right angle no road crosses itself. */
const SWING: Readonly<Record<RoadKind, number>> = { straight: 0, gentle: 0.45, winding: 1.15 };
/** Wave lengths, m, and their shares of the swing. */
const WAVES = [
  { length: [210, 290], share: 0.5 },
  { length: [120, 160], share: 0.32 },
  { length: [75, 95], share: 0.18 },
] as const;

export interface Road {
  readonly kind: RoadKind;
  readonly seed: number;
  /** Middle of the road every metre: x, y in m and the direction in radians, counterclockwise from east. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly direction: Float64Array;
}

/** The road begins eastward at (0, 0). Equal seeds give equal roads; straight ones are all alike. */
export function createRoad(kind: RoadKind, seed: number): Road {
  const random = new Random(seed);
  const waves = WAVES.map(({ length, share }) => ({
    rate: (2 * Math.PI) / random.uniform(...length),
    phase: random.uniform(0, 2 * Math.PI),
    size: SWING[kind] * share,
  }));
  const count = ROAD_LENGTH / SPACING + BEYOND;
  const [x, y, direction] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const angleAt = (at: number) =>
    // The first metres are straight, so that every drive begins alike.
    Math.min(1, at / 40) *
    waves.reduce((sum, { rate, phase, size }) => sum + size * Math.sin(rate * at + phase), 0);
  for (let i = 0; i < count; i++) {
    direction[i] = angleAt(i * SPACING);
    if (i === 0) continue;
    const middle = angleAt((i - 0.5) * SPACING);
    x[i] = x[i - 1]! + SPACING * Math.cos(middle);
    y[i] = y[i - 1]! + SPACING * Math.sin(middle);
  }
  return { kind, seed, x, y, direction };
}

export interface Place {
  /** Index of the nearest point of the middle. */
  readonly nearest: number;
  /** Distance along the road, m. */
  readonly along: number;
  /** Distance from the middle, m, positive to the left. */
  readonly offset: number;
}

/** How far from the last nearest point the next is looked for. */
const SEARCH = 12;

/** Where (x, y) lies on the road, looked for around the point that was nearest before. */
export function placeOn(road: Road, x: number, y: number, before: number): Place {
  let [nearest, best] = [before, Number.POSITIVE_INFINITY];
  const last = road.x.length - 1;
  for (let i = Math.max(0, before - SEARCH); i <= Math.min(last, before + SEARCH); i++) {
    const distance = (road.x[i]! - x) ** 2 + (road.y[i]! - y) ** 2;
    if (distance < best) [nearest, best] = [i, distance];
  }
  const [dx, dy] = [x - road.x[nearest]!, y - road.y[nearest]!];
  const [cos, sin] = [Math.cos(road.direction[nearest]!), Math.sin(road.direction[nearest]!)];
  return { nearest, along: nearest * SPACING + dx * cos + dy * sin, offset: dy * cos - dx * sin };
}
