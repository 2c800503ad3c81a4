import { type Codec, choice, defineState, integer, type StateOf } from "../../ui/state-codec.ts";
import { SCENES } from "./scenes.ts";

/** Letters of a word's name. */
export const LONGEST_NAME = 8;

/** A word as it is written on its button: no sign that a link needs itself. */
const name = (fallback: string): Codec<string> => ({
  fallback,
  encode: (text) => text,
  decode: (text) => (/^[\p{L}\p{N} ]{1,8}$/u.test(text) ? text : undefined),
});

export const voiceState = defineState(1, {
  part: choice(["find", "words"], "find"),
  scene: choice(SCENES, "words"),
  /** How much louder than the noise somebody speaks, dB. */
  decibels: integer({ fallback: 10, min: -10, max: 30 }),
  first: name("아이"),
  second: name("오이"),
  third: name("아우"),
  seed: integer({ fallback: 1, min: 1, max: 9999 }),
});

export type VoiceState = StateOf<{
  [K in keyof typeof voiceState.defaults]: Codec<(typeof voiceState.defaults)[K]>;
}>;

export const namesOf = ({ first, second, third }: VoiceState): readonly string[] => [first, second, third];
export const NAME_FIELDS = ["first", "second", "third"] as const;

export const PRESETS = {
  find: {},
  words: { part: "words" },
} as const satisfies Readonly<Record<string, Partial<VoiceState>>>;
