/**
 * What is known exactly of the learning rate. Along an eigenvector of the curvature with eigenvalue λ, a step of
 * gradient descent multiplies the distance from the minimum by 1 − ηλ; so it shrinks exactly when η < 2/λ. The
 * bounds with momentum follow from the same recursion with two memories: its eigenvalues lie in the unit circle.
 */
import type { Racer } from "./race.ts";

/** The momentum of the engine's optimizers. */
const BETA = 0.9;

/** Eigenvalues of a symmetric 2 × 2 matrix, the larger first. */
export function eigenvalues([xx, xy, yy]: readonly [number, number, number]): readonly [
  large: number,
  small: number,
] {
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return [middle + spread, middle - spread];
}

/**
 * The learning rate from which on a method cannot settle in a minimum with this largest curvature; `undefined` for
 * those whose steps do not grow with the slope.
 */
export function stableBelow(racer: Racer, largest: number): number | undefined {
  if (racer === "sgd") return 2 / largest;
  // v ← βv + λe, e ← e − ηv: stable for ηλ < 2(1 + β).
  if (racer === "momentum") return (2 * (1 + BETA)) / largest;
  // e ← e − η(λe + βv) after the same v: stable for ηλ < 2(1 + β)/(1 + 2β).
  if (racer === "nesterov") return (2 * (1 + BETA)) / (1 + 2 * BETA) / largest;
  return undefined;
}

export type Regime = "slow" | "good" | "zigzag" | "diverging";

export interface Verdict {
  readonly regime: Regime;
  /** By what a step of gradient descent multiplies the distance along the steepest direction. */
  readonly steep: number;
  /** … and along the flattest. */
  readonly flat: number;
}

/** Slower than one per cent a step along the flattest direction. */
const SLOW = 0.99;

/** Plain gradient descent on a quadratic surface. */
export function verdictOf(rate: number, [large, small]: readonly [number, number]): Verdict {
  const steep = 1 - rate * large;
  const flat = 1 - rate * small;
  const regime = steep <= -1 ? "diverging" : flat > SLOW ? "slow" : steep < 0 ? "zigzag" : "good";
  return { regime, steep, flat };
}
