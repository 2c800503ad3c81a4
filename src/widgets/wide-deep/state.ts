import { type Codec, choice, defineState, integer, type StateOf } from "../../ui/state-codec.ts";

export const BUDGETS = ["25", "50", "100", "200"] as const;
export const SEEDS = 7;
/** Each network trains so long. */
export const STEPS = 4000;

export const wideDeepState = defineState(1, {
  data: choice(["gauss", "circle", "xor", "spiral"], "spiral"),
  budget: choice(BUDGETS, "200"),
  activation: choice(["tanh", "relu", "sigmoid"], "tanh"),
  noise: integer({ fallback: 5, min: 0, max: 50 }),
  /** Which of the repetitions is drawn, from 1. */
  shown: integer({ fallback: 1, min: 1, max: SEEDS }),
  /** The first seed; the repetitions take it and the following ones. */
  seed: integer({ fallback: 1, min: 1, max: 999_990 }),
});

export type WideDeepState = StateOf<{
  [K in keyof typeof wideDeepState.defaults]: Codec<(typeof wideDeepState.defaults)[K]>;
}>;
