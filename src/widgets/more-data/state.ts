import { type Codec, defineState, flag, integer, list, type StateOf } from "../../ui/state-codec.ts";

/** Training pictures of each trial: every step about three times as many. */
export const SIZES = [30, 100, 300, 1000, 3000, 10_000] as const;
/** How often the whole is repeated, with other pictures and other first weights. */
export const REPETITIONS = 5;

export const moreDataState = defineState(1, {
  /** The learner's curve: test accuracy in percent for each of `SIZES`. */
  guess: list(integer({ fallback: 50, min: 0, max: 100 }), {
    fallback: [50, 50, 50, 50, 50, 50],
    max: SIZES.length,
  }),
  /** Index of the size that is read off. */
  size: integer({ fallback: 0, min: 0, max: SIZES.length - 1 }),
  /** Error on a logarithmic axis instead of accuracy on a plain one. */
  logError: flag(false),
  /** The first seed; repetitions take it and the following ones. */
  seed: integer({ fallback: 1, min: 1, max: 999_990 }),
});

export type MoreDataState = StateOf<{
  [K in keyof typeof moreDataState.defaults]: Codec<(typeof moreDataState.defaults)[K]>;
}>;

/** What a shared link cannot guarantee by its fields alone: a value for every size. */
export const soundState = (state: MoreDataState): MoreDataState =>
  state.guess.length === SIZES.length ? state : { ...state, guess: moreDataState.defaults.guess };

/** Whether the learner has drawn a curve of their own. */
export const hasGuess = ({ guess }: MoreDataState): boolean =>
  guess.some((value, i) => value !== moreDataState.defaults.guess[i]);
