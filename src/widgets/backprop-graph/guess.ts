/** Guesses of a gradient's sign, and what of them counts. */
import type { Evaluation } from "./evaluate.ts";
import type { Nodes } from "./model.ts";

export type Sign = "up" | "down" | "none";

/** Gradients below this are rounding. */
const ZERO = 1e-12;

/** What becomes of L when the node grows a little. */
export function signOf(gradient: number): Sign {
  if (Math.abs(gradient) < ZERO) return "none";
  return gradient > 0 ? "up" : "down";
}

export interface Score {
  readonly right: number;
  readonly total: number;
  /** Right ones in a row, and how many different answers they were. */
  readonly streak: readonly Sign[];
  readonly best: boolean;
}

export const NO_SCORE: Score = { right: 0, total: 0, streak: [], best: false };
export const STREAK = 5;

export function scored(score: Score, guess: Sign, truth: Sign): Score {
  const hit = guess === truth;
  const streak = hit ? [...score.streak, guess] : [];
  return {
    right: score.right + (hit ? 1 : 0),
    total: score.total + 1,
    streak,
    // The same answer every time is no guess.
    best: score.best || (streak.length >= STREAK && new Set(streak).size > 1),
  };
}

/** What decides all gradients; a node counts once for each. */
export const caseOf = (nodes: Nodes, output: number | undefined): string => JSON.stringify([nodes, output]);

/** Nodes in the order in which the responsibility reaches them, L first. */
export function backwardOrder({ order, nodes }: Evaluation): number[] {
  return [...order].reverse().filter((i) => nodes[i]!.gradient !== undefined);
}
