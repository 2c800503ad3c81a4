/** Who has arrived when. */
import type { Path, Racer } from "./race.ts";

/** Steps of a race. */
export const STEPS = 400;
/** Who leaves the goal again within so many steps has only flown through. */
export const STAY = 10;

export type Outcome = "running" | "arrived" | "diverged" | "short";

export interface Standing {
  readonly racer: Racer;
  /** The step that led into the goal, once it has been made. */
  readonly arrival: number | undefined;
  /** Loss at the step shown, or the last finite one. */
  readonly loss: number;
  /** `short`: the race is over and the goal was not reached. */
  readonly outcome: Outcome;
  /** 1 for who arrived first; equal steps share a rank. */
  readonly rank: number | undefined;
}

/** The first step from which the loss stays at or below the goal's for `STAY` steps, or to the end of the race. */
export function arrivalOf(
  { loss, diverged }: Pick<Path, "loss" | "diverged">,
  goal: number,
): number | undefined {
  let since: number | undefined;
  for (let step = 0; step < loss.length; step++) {
    if (loss[step]! > goal) since = undefined;
    else {
      since ??= step;
      if (step - since >= STAY) return since;
    }
  }
  return diverged === undefined ? since : undefined;
}

/** The step with which a race has nothing more to show. */
export function endOf(paths: readonly Path[], goal: number): number {
  const ends = paths.map((path) => {
    const arrival = arrivalOf(path, goal);
    if (arrival !== undefined) return Math.min(path.loss.length - 1, arrival + 3 * STAY);
    return path.diverged ?? path.loss.length - 1;
  });
  return Math.max(0, ...ends);
}

/** How the racers stand after so many steps of a race that ends with `end`. */
export function standings(paths: readonly Path[], goal: number, step: number, end: number): Standing[] {
  const arrivals = paths.map((path) => arrivalOf(path, goal));
  return paths.map((path, i) => {
    const arrival = arrivals[i] !== undefined && arrivals[i] <= step ? arrivals[i] : undefined;
    const lost = path.diverged !== undefined && path.diverged <= step;
    const faster = arrivals.filter((other) => other !== undefined && other < (arrival ?? 0)).length;
    return {
      racer: path.racer,
      arrival,
      loss: path.loss[Math.min(step, path.loss.length - 1)] ?? Number.NaN,
      outcome: lost ? "diverged" : arrival !== undefined ? "arrived" : step >= end ? "short" : "running",
      rank: arrival === undefined ? undefined : faster + 1,
    };
  });
}

/** Everybody of rank 1; nobody when no one arrived. */
export const winners = (standing: readonly Standing[]): Racer[] =>
  standing.filter(({ rank }) => rank === 1).map(({ racer }) => racer);
