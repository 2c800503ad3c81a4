/** Where things stand in the square picture, and back from the finger to the weights. */
import { HIGH, LOW } from "./examples.ts";
import type { Weights } from "./model.ts";

/** Side of the picture in its own units. */
export const SIDE = 440;
const SCALE = SIDE / (HIGH - LOW);
const MIDDLE = (LOW + HIGH) / 2;
/** Length of the arrow for a normal vector of length 1, in units of the plane. */
export const ARROW = 0.3;

export interface Place {
  readonly x: number;
  readonly y: number;
}

export const toPicture = ({ x, y }: Place): Place => ({ x: (x - LOW) * SCALE, y: SIDE - (y - LOW) * SCALE });
export const toPlane = ({ x, y }: Place): Place => ({ x: x / SCALE + LOW, y: (SIDE - y) / SCALE + LOW });

/** The point of the line w·x + b = 0 nearest to the middle of the picture; `undefined` without a direction. */
export function footOf({ w1, w2, b }: Weights): Place | undefined {
  const square = w1 * w1 + w2 * w2;
  if (square < 1e-12) return undefined;
  const distance = (w1 * MIDDLE + w2 * MIDDLE + b) / square;
  return { x: MIDDLE - distance * w1, y: MIDDLE - distance * w2 };
}

/** The line's two ends far outside the picture. */
export function lineOf(weights: Weights): readonly [Place, Place] | undefined {
  const foot = footOf(weights);
  if (!foot) return undefined;
  const length = Math.hypot(weights.w1, weights.w2);
  const [dx, dy] = [(-weights.w2 / length) * 10, (weights.w1 / length) * 10];
  return [
    { x: foot.x - dx, y: foot.y - dy },
    { x: foot.x + dx, y: foot.y + dy },
  ];
}

/** The side on which z ≥ 0, as a polygon far larger than the picture. */
export function positiveSide(weights: Weights): readonly Place[] {
  const line = lineOf(weights);
  if (!line) {
    const all = [LOW - 1, HIGH + 1] as const;
    return weights.b >= 0
      ? [
          { x: all[0], y: all[0] },
          { x: all[1], y: all[0] },
          { x: all[1], y: all[1] },
          { x: all[0], y: all[1] },
        ]
      : [];
  }
  const length = Math.hypot(weights.w1, weights.w2);
  const [nx, ny] = [(weights.w1 / length) * 20, (weights.w2 / length) * 20];
  const [from, to] = line;
  return [from, to, { x: to.x + nx, y: to.y + ny }, { x: from.x + nx, y: from.y + ny }];
}

/** The arrow's tip. */
export function tipOf(weights: Weights): Place | undefined {
  const foot = footOf(weights);
  return foot && { x: foot.x + ARROW * weights.w1, y: foot.y + ARROW * weights.w2 };
}

/** How near to the picture's edge the arrow's tip is drawn at most, in units of the plane. */
const RIM = 0.09;

/**
 * Where the arrow's tip is drawn: the tip itself, or where the arrow leaves the picture, so that it can always be
 * taken hold of. An arrow whose foot is out of sight stays as it is.
 */
export function withinSight(foot: Place, tip: Place): Place {
  const [low, high] = [LOW + RIM, HIGH - RIM];
  const share = (from: number, to: number) => {
    if (to > high && from < high) return (high - from) / (to - from);
    if (to < low && from > low) return (low - from) / (to - from);
    return 1;
  };
  const kept = Math.min(share(foot.x, tip.x), share(foot.y, tip.y));
  return { x: foot.x + kept * (tip.x - foot.x), y: foot.y + kept * (tip.y - foot.y) };
}

const bounded = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value));
const rounded = (value: number) => Math.round(value * 100) / 100;

/**
 * Weights whose arrow reaches from `foot` to `tip`; the line keeps going through `foot`.
 *
 * @param limit largest magnitude of each value
 */
export function weightsFromArrow(foot: Place, tip: Place, limit: number): Weights {
  const w1 = rounded(bounded((tip.x - foot.x) / ARROW, limit));
  const w2 = rounded(bounded((tip.y - foot.y) / ARROW, limit));
  return { w1, w2, b: rounded(bounded(-(w1 * foot.x + w2 * foot.y), limit)) };
}

/** The bias with which the line goes through `place`. */
export function biasThrough({ w1, w2 }: Weights, { x, y }: Place, limit: number): number {
  return rounded(bounded(-(w1 * x + w2 * y), limit));
}

/** The arrow turned by an angle (radians, counter-clockwise) and stretched by a factor, its foot kept. */
export function turned(weights: Weights, angle: number, factor: number, limit: number): Weights {
  const foot = footOf(weights) ?? { x: MIDDLE, y: MIDDLE };
  const { w1, w2 } = weights.w1 === 0 && weights.w2 === 0 ? { w1: 1, w2: 0 } : weights;
  const [cos, sin] = [Math.cos(angle) * factor, Math.sin(angle) * factor];
  const [x, y] = [w1 * cos - w2 * sin, w1 * sin + w2 * cos];
  return weightsFromArrow(foot, { x: foot.x + ARROW * x, y: foot.y + ARROW * y }, limit);
}
