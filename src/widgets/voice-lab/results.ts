/** What was measured, and what it says. */
import { SPEAKS } from "./ear.ts";
import { LOUD, type Scene, type SceneId, type Score, scoreOf } from "./scenes.ts";
import type { Track } from "./track.ts";
import type { Lesson } from "./use-voice.ts";

/** How the network and a mere switch of loudness told one scene. */
export interface Finding {
  readonly scene: SceneId;
  /** dB of the mixed scene. */
  readonly decibels: number;
  readonly network: Score;
  readonly loudness: Score;
}

/** `undefined` while the network has not judged the whole scene. */
export function findingOf(
  id: SceneId,
  decibels: number,
  { speech }: Scene,
  { blocks, probabilities, levels }: Track,
): Finding | undefined {
  if (blocks !== speech.length || probabilities.some(Number.isNaN)) return undefined;
  const network = scoreOf(
    speech,
    Array.from(probabilities, (probability) => probability >= SPEAKS),
  );
  const loudness = scoreOf(
    speech,
    Array.from(levels, (level) => level >= LOUD),
  );
  return { scene: id, decibels, network, loudness };
}

export const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${Math.round(100 * share)}%`);

/** Answers for recordings that were left out: how many, and how many right. */
export function leftOutOf({ words, leftOut }: Lesson): { right: number; count: number; isWhole: boolean } {
  const right = leftOut.filter((answer, i) => answer === words[i]!.label).length;
  return { right, count: leftOut.length, isWhole: leftOut.length === words.length };
}

/** One word that was recognised. */
export interface Recognised {
  readonly probabilities: Float32Array;
  /** What it was: a word, `stranger` for one that was not taught, `undefined` when nobody knows. */
  readonly truth: number | "stranger" | undefined;
}

export const bestOf = (probabilities: ArrayLike<number>): number =>
  Array.from(probabilities).reduce((best, value, i, all) => (value > all[best]! ? i : best), 0);
