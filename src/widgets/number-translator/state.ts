/** What is asked and how it is trained, as the address holds it. */
import { type Codec, choice, defineState, integer, type StateOf } from "../../ui/state-codec.ts";
import { LONGEST_TEXT } from "./question.ts";

/** Anything typed; what cannot be translated is answered on the page. */
const typed: Codec<string> = {
  fallback: "2026",
  encode: (text) => text.slice(0, LONGEST_TEXT).replaceAll(";", ""),
  decode: (text) => (text.length <= LONGEST_TEXT ? text : undefined),
};

export const translatorState = defineState(1, {
  text: typed,
  /** The symbol of the target whose attention is shown, from 0. */
  target: integer({ fallback: 0, min: 0, max: 15 }),
  /** The symbol of the source. */
  source: integer({ fallback: 0, min: 0, max: 15 }),
  /** Which way the accuracy is shown. */
  way: choice(["read", "write"], "read"),
  /** Training numbers have up to so many digits. */
  digits: integer({ fallback: 6, min: 2, max: 8 }),
  rate: choice(["0.0003", "0.001", "0.003", "0.01"], "0.003"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
});

export type TranslatorState = StateOf<{
  [K in keyof typeof translatorState.defaults]: Codec<(typeof translatorState.defaults)[K]>;
}>;

export const PRESETS = {
  first: {},
  reading: { text: "십이만 삼천오" },
  long: { text: "3845129" },
} as const satisfies Readonly<Record<string, Partial<TranslatorState>>>;
