/** The race of three cells and what is looked at, as the address holds it. */
import { type Codec, choice, defineState, flag, integer, type StateOf } from "../../ui/state-codec.ts";

export const NEAREST = 2;
export const FARTHEST = 40;
/** Distances that are measured one after the other. */
export const MEASURED = [2, 5, 8, 12, 16, 20, 30, 40] as const;

export const memoryState = defineState(1, {
  /** Steps between the symbol and the answer. */
  distance: integer({ fallback: 20, min: NEAREST, max: FARTHEST }),
  units: choice(["4", "8", "16", "32"], "8"),
  rate: choice(["0.001", "0.003", "0.01", "0.03", "0.1"], "0.01"),
  clip: flag(true),
  start: choice(["small", "orthogonal"], "small"),
  keeping: choice(["0", "1", "2", "3"], "2"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  /** The cell whose steps are shown. */
  cell: choice(["rnn", "gru", "lstm"], "rnn"),
  letter: integer({ fallback: 0, min: 0, max: 3 }),
  /** Which distractors follow it. */
  drawn: integer({ fallback: 1, min: 1, max: 999 }),
  /** The step shown, from 0. */
  step: integer({ fallback: 1, min: 0, max: FARTHEST }),
  unit: integer({ fallback: 0, min: 0, max: 31 }),
  /** Which of the cell's parts is explained; the last, its state, by default. */
  part: choice(["state", "memory", "reset", "keep", "candidate", "enter", "forget", "leave"], "state"),
  /** Where the learner expects the plain cell to fail; 0 before a guess. */
  guess: integer({ fallback: 0, min: 0, max: FARTHEST }),
});

export type MemoryState = StateOf<{
  [K in keyof typeof memoryState.defaults]: Codec<(typeof memoryState.defaults)[K]>;
}>;

export const PRESETS = {
  race: {},
  gates: { cell: "lstm", part: "forget" },
} as const satisfies Readonly<Record<string, Partial<MemoryState>>>;

/** What a shared link cannot guarantee by its fields alone: a step and a unit that exist. */
export const soundState = (state: MemoryState): MemoryState => ({
  ...state,
  step: Math.min(state.step, state.distance),
  unit: Math.min(state.unit, Number(state.units) - 1),
});
