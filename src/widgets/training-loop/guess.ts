/** Guesses of which way a parameter will go, and what of them counts. */
import type { Parameters } from "./network.ts";
import type { LoopState } from "./state.ts";

export type Direction = "up" | "down" | "same";

/** Gradients below this are rounding, not a direction. */
const ZERO = 1e-12;

/** Where a step against this gradient moves a parameter. */
export function directionOf(gradient: number): Direction {
  if (Math.abs(gradient) < ZERO) return "same";
  return gradient > 0 ? "down" : "up";
}

/** Guesses by the parameter's index. */
export type Guesses = Readonly<Record<number, Direction>>;

/** The guesses of this visit, made before the answer was shown. */
export interface Score {
  readonly right: number;
  readonly total: number;
  /** Right ones of the step at hand. */
  readonly stepRight: number;
  readonly stepTotal: number;
  /** The most right ones that a step of nine guesses had. */
  readonly best: number;
  /** Right ones that said “same”. */
  readonly zeros: number;
}

export const NO_SCORE: Score = { right: 0, total: 0, stepRight: 0, stepTotal: 0, best: 0, zeros: 0 };

/** The score with one layer's guesses; `fresh` when a new step begins with them. */
export function scored(
  score: Score,
  guesses: Guesses,
  asked: readonly number[],
  gradients: readonly number[],
  fresh: boolean,
): Score {
  const hits = asked.filter((i) => guesses[i] === directionOf(gradients[i]!));
  const stepRight = (fresh ? 0 : score.stepRight) + hits.length;
  const stepTotal = (fresh ? 0 : score.stepTotal) + asked.length;
  return {
    right: score.right + hits.length,
    total: score.total + asked.length,
    stepRight,
    stepTotal,
    best: stepTotal === 9 ? Math.max(score.best, stepRight) : score.best,
    zeros: score.zeros + hits.filter((i) => guesses[i] === "same").length,
  };
}

/** What decides the directions; who has seen them once needs no guess any more. */
export const caseOf = (
  { activation }: Pick<LoopState, "activation">,
  parameters: Parameters,
  example: { readonly x: readonly number[]; readonly target: number },
): string => JSON.stringify([activation, parameters, example.x, example.target]);
