/** What is shown of the loop: the network's nine numbers, the example at hand, and how far the step has come. */
import { choice, defineState, integer, list, number } from "../../ui/state-codec.ts";
import { type Example, firstParameters, PARAMETERS } from "./network.ts";

export const NAMES = ["w₁", "w₂", "b₁", "w₃", "w₄", "b₂", "w₅", "w₆", "b₃"] as const;
/** Indices of the parameters that are asked for together, the output layer first: the way of the responsibility. */
export const OUTPUT_LAYER = [6, 7, 8] as const;
export const HIDDEN_LAYER = [0, 1, 2, 3, 4, 5] as const;

export const EXAMPLES = 4;
/** Beyond this a number is no longer shown but taken for a divergence. */
export const LIMIT = 1000;
const CORNERS = [0, 0, 0, 1, 1, 0, 1, 1];

export const STAGES = [
  "start",
  "forward",
  "loss",
  "ask-output",
  "output",
  "ask-hidden",
  "hidden",
  "update",
] as const;
export type Stage = (typeof STAGES)[number];

export const RATES = ["0.01", "0.03", "0.1", "0.3", "1", "3"] as const;
/** Steps a second while the network runs. */
export const PACES = { slow: 8, normal: 200, full: "full" } as const;

/** The start with which the lesson opens: XOR is learned within some hundred steps. */
export const FIRST_SEED = 7;

const value = (fallback: number) => number({ fallback, min: -LIMIT, max: LIMIT, digits: 5 });

const DATA_TARGETS = {
  xor: [0, 1, 1, 0],
  and: [0, 0, 0, 1],
  or: [0, 1, 1, 1],
  same: [1, 0, 0, 1],
} as const;

export const loopState = defineState(1, {
  data: choice(["xor", "and", "or", "same", "own"], "xor"),
  /** x₁, x₂, target of the learner's own examples, one after the other. */
  own: list(value(0), { fallback: [0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0], max: 3 * EXAMPLES }),
  activation: choice(["tanh", "sigmoid", "relu"], "tanh"),
  parameters: list(value(0), { fallback: firstParameters(FIRST_SEED), max: PARAMETERS }),
  seed: integer({ fallback: FIRST_SEED, min: 1, max: 999_999 }),
  rate: choice(RATES, "0.1"),
  mode: choice(["guess", "watch"], "guess"),
  stage: choice(STAGES, "start"),
  /** Which example is at hand, from 0. The third has an input of 0 and one of 1. */
  example: integer({ fallback: 2, min: 0, max: EXAMPLES - 1 }),
  steps: integer({ fallback: 0, min: 0, max: 99_999_999 }),
  pace: choice(["slow", "normal", "full"], "normal"),
});

export type LoopState = (typeof loopState)["defaults"];

/** What a link cannot guarantee by its fields alone: nine parameters, four examples. */
export function soundState(state: LoopState): LoopState {
  const parameters =
    state.parameters.length === PARAMETERS ? state.parameters : loopState.defaults.parameters;
  const own = state.own.length === 3 * EXAMPLES ? state.own : loopState.defaults.own;
  return parameters === state.parameters && own === state.own ? state : { ...state, parameters, own };
}

export function examplesOf({ data, own }: Pick<LoopState, "data" | "own">): Example[] {
  return Array.from({ length: EXAMPLES }, (_, i) =>
    data === "own"
      ? { x: [own[3 * i]!, own[3 * i + 1]!], target: own[3 * i + 2]! }
      : { x: [CORNERS[2 * i]!, CORNERS[2 * i + 1]!], target: DATA_TARGETS[data][i]! },
  );
}

/** The learner's own examples begin as those that were there. */
export const ownFrom = (examples: readonly Example[]): number[] =>
  examples.flatMap(({ x, target }) => [...x, target]);

/** The stage after this one; in watching mode nothing is asked. */
export function nextStage(stage: Stage, mode: LoopState["mode"]): Stage {
  const next = STAGES[(STAGES.indexOf(stage) + 1) % STAGES.length]!;
  return mode === "watch" && next.startsWith("ask-") ? nextStage(next, mode) : next;
}

export const stageReached = (stage: Stage, wanted: Stage): boolean =>
  STAGES.indexOf(stage) >= STAGES.indexOf(wanted);

/** Whether every number may still be carried on. */
export const withinLimits = (parameters: readonly number[]): boolean =>
  parameters.every((parameter) => Math.abs(parameter) <= LIMIT);
