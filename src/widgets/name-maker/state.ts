import { isHangul, LONGEST_WORD } from "../../data/words.ts";
import { type Codec, choice, defineState, integer, number, type StateOf } from "../../ui/state-codec.ts";

/** Own words that fit an address. */
export const SHARED_WORDS = 300;

/** Words parted by points; only the first of a long list. */
const words: Codec<readonly string[]> = {
  fallback: [],
  encode: (list) => list.slice(0, SHARED_WORDS).join("."),
  decode: (text) => {
    const list = text === "" ? [] : text.split(".");
    const right = list.every((word) => isHangul(word) && word.length <= LONGEST_WORD);
    return right && list.length <= SHARED_WORDS ? list : undefined;
  },
};

/** The beginning of a word; empty for none. */
const beginning: Codec<string> = {
  fallback: "서",
  encode: (text) => text,
  decode: (text) => (text === "" || (isHangul(text) && text.length <= LONGEST_WORD) ? text : undefined),
};

export const nameState = defineState(1, {
  list: choice(["names", "countries", "own"], "names"),
  unit: choice(["jamo", "syllable"], "jamo"),
  cell: choice(["rnn", "gru", "lstm"], "gru"),
  units: choice(["16", "32", "64"], "32"),
  temperature: number({ fallback: 1, min: 0, max: 2 }),
  rate: choice(["0.001", "0.003", "0.01", "0.03"], "0.003"),
  start: beginning,
  pace: choice(["slow", "full"], "slow"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  own: words,
});

export type NameState = StateOf<{
  [K in keyof typeof nameState.defaults]: Codec<(typeof nameState.defaults)[K]>;
}>;

/** Steps a second: slow enough to read what is made up on the way. */
export const PACES = { slow: 40, full: "full" } as const;

export const PRESETS = {
  names: {},
  countries: { list: "countries" },
  own: { list: "own" },
} as const satisfies Readonly<Record<string, Partial<NameState>>>;
