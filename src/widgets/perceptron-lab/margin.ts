/** How far apart the two classes are: Novikoff's bound on the number of corrections. */
import type { Example } from "./model.ts";

/** An input with a 1 for the bias, turned to the other side for the class 0: right answers have w·x ≥ 0. */
type Turned = readonly [number, number, number];

const dot = (a: Turned, b: Turned) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Turned, b: Turned): Turned => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Turned, b: Turned): Turned => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const turned = ({ x1, x2, target }: Example): Turned => (target === 1 ? [x1, x2, 1] : [-x1, -x2, -1]);

/** The point nearest to the origin on the line through a and b. */
function nearestOnLine(a: Turned, b: Turned): Turned {
  const along = minus(b, a);
  const share = -dot(a, along) / dot(along, along);
  return [a[0] + share * along[0], a[1] + share * along[1], a[2] + share * along[2]];
}

/** The point nearest to the origin on the plane through a, b and c. */
function nearestOnPlane(a: Turned, b: Turned, c: Turned): Turned {
  const normal = cross(minus(b, a), minus(c, a));
  const share = dot(a, normal) / dot(normal, normal);
  return [share * normal[0], share * normal[1], share * normal[2]];
}

const SMALLEST = 1e-9;

/**
 * The largest γ for which some (w₁, w₂, b) of length 1 keeps every example at w·(x₁, x₂, 1) ≥ γ on its own side;
 * `undefined` when no line separates the examples.
 *
 * The best direction points to the nearest point of the convex hull of the turned examples, and that point is
 * nearest to the origin on a corner, an edge or a face. So every point, pair and triple proposes a direction, and
 * the one that serves its worst example best is the answer.
 */
export function largestMargin(examples: readonly Example[]): number | undefined {
  const points = examples.map(turned);
  let best = 0;
  const propose = (direction: Turned) => {
    const length = Math.sqrt(dot(direction, direction));
    // Also leaves out NaN, the proposal of points that coincide.
    if (!(length > SMALLEST)) return;
    let worst = Number.POSITIVE_INFINITY;
    for (const point of points) {
      worst = Math.min(worst, dot(point, direction) / length);
      if (worst <= best) return;
    }
    best = worst;
  };
  points.forEach((a, i) => {
    propose(a);
    points.slice(0, i).forEach((b, j) => {
      propose(nearestOnLine(a, b));
      for (const c of points.slice(0, j)) propose(nearestOnPlane(a, b, c));
    });
  });
  return best > SMALLEST ? best : undefined;
}

/**
 * The most corrections the rule can need from weights 0, whatever the rate: (R/γ)², R being the length of the
 * longest (x₁, x₂, 1). A. B. J. Novikoff, “On convergence proofs on perceptrons”, 1962.
 *
 * @returns `undefined` when no line separates the examples: then there is no such number
 */
export function mostCorrections(examples: readonly Example[]): number | undefined {
  const margin = largestMargin(examples);
  if (margin === undefined) return undefined;
  const square = Math.max(...examples.map(({ x1, x2 }) => x1 * x1 + x2 * x2 + 1));
  return Math.floor(square / margin ** 2 + SMALLEST * 1000);
}
