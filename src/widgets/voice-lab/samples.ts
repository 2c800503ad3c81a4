/** Supplied recordings of words: the equal of the learner's own voice. */
import { levelOf } from "../../data/mel.ts";
import { drawVoice, speak, VOWEL_WORDS } from "../../data/voice.ts";
import type { VowelId } from "../../data/vowels.ts";
import { Random } from "../../engine/random.ts";
import { WORD, wordIn } from "../../models/spoken-words.ts";

/** Recordings of each word that are filled in. */
export const EACH = 5;

/** A word that no recording teaches. */
export const STRANGER = { word: "에이", vowels: ["e", "i"] } as const;

/** A new speaker says these vowels in noise. @param decibels how much louder than the noise. */
export function saidBy(
  vowels: readonly VowelId[],
  decibels: number,
  seed: number,
): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  const voice = speak(vowels, drawVoice(random), random.bits());
  const found = wordIn(voice.map((value) => 0.35 * value));
  if (!found) throw new Error("a spoken word is silent");
  const size = 10 ** ((levelOf(found) - decibels) / 20);
  return Float32Array.from({ length: WORD }, (_, n) => found[n]! + size * random.normal());
}

/** Recordings in a quiet room, word after word. */
export function suppliedSamples(
  seed: number,
): readonly { signal: Float32Array<ArrayBuffer>; label: number }[] {
  return VOWEL_WORDS.flatMap(({ vowels }, label) =>
    Array.from({ length: EACH }, (_, i) => ({
      label,
      signal: saidBy(vowels, QUIET_ROOM, seed * 100 + label * 10 + i),
    })),
  );
}

/** dB */
export const QUIET_ROOM = 40;
/** Speakers of a test: as many of each word. */
export const TESTED = 60;

/** Speakers that were not recorded. */
export function newSpeakers(
  decibels: number,
  seed: number,
): readonly { signal: Float32Array; label: number }[] {
  return Array.from({ length: TESTED }, (_, i) => {
    const label = i % VOWEL_WORDS.length;
    return { label, signal: saidBy(VOWEL_WORDS[label]!.vowels, decibels, 1_000_000 + seed * 1000 + i) };
  });
}
