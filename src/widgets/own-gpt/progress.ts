/** What is remembered of a training run, to say what happened in it. */
import type { OwnGptFrame, TextLook } from "./experiment.ts";
import type { OwnGptState } from "./state.ts";

/** So far above its lowest, the test curve is rising and not only trembling; bits. */
const RISE = 0.4;
/** A puzzle counts as learned from this share of unseen ones solved. */
export const SOLVED = 0.95;
/** A copied part of so many characters is more than chance. */
export const COPIED = 20;
/** After so many steps with one layer it is clear what comes of it. */
const ENOUGH_STEPS = 400;

export interface Progress {
  /** Lowest bits a character of the kept-back text, and those of the training text then. */
  readonly lowestTest: number;
  readonly trainThen: number;
  /** Longest copied part of everything written so far, characters. */
  readonly longestCopy: number;
}

export function followProgress(before: Progress | undefined, look: TextLook): Progress {
  const copied = look.copied.end - look.copied.start;
  const lower = !before || look.test < before.lowestTest;
  return {
    lowestTest: lower ? look.test : before.lowestTest,
    trainThen: lower ? look.train : before.trainThen,
    longestCopy: Math.max(copied, before?.longestCopy ?? 0),
  };
}

/** Better on what it saw, worse on what it did not. */
export function learnsByHeart({ lowestTest, trainThen }: Progress, { train, test }: TextLook): boolean {
  return test > lowestTest + RISE && train < trainThen;
}

/** Whether this is the pair puzzle given up on with one layer. */
export function failedWithOneLayer(state: OwnGptState, { steps, look }: OwnGptFrame): boolean {
  const tried = state.subject === "task" && state.task === "recall" && state.layers === "1";
  return tried && look.kind === "task" && steps >= ENOUGH_STEPS && look.accuracy < 0.2;
}
