import { LONGEST_TEXT, readOwnText, SHORTEST_TEXT } from "../../data/own-text.ts";
import { TASK_IDS } from "../../data/toy-tasks.ts";
import {
  type Codec,
  choice,
  defineState,
  integer,
  number,
  type StateOf,
  text,
} from "../../ui/state-codec.ts";

/** Characters of an own text that an address carries. */
export const SHARED_TEXT = 1500;
/** Characters of the beginning that is written on from. */
export const LONGEST_START = 20;

/** An own text; only its beginning when it is long. Percent signs keep the separators apart. */
const ownText: Codec<string> = {
  fallback: "",
  encode: (text) => encodeURIComponent(text.slice(0, SHARED_TEXT).replace(/[\uD800-\uDBFF]$/, "")),
  decode: (written) => {
    try {
      const { text } = readOwnText(decodeURIComponent(written));
      return text.length <= LONGEST_TEXT ? text : undefined;
    } catch {
      return undefined;
    }
  },
};

const start = text({ fallback: "", longest: LONGEST_START });

export const ownGptState = defineState(1, {
  subject: choice(["proverbs", "own", "task"], "proverbs"),
  task: choice(TASK_IDS, "reverse"),
  unit: choice(["auto", "syllable", "jamo"], "auto"),
  layers: choice(["1", "2", "3", "4"], "2"),
  heads: choice(["1", "2", "4"], "2"),
  width: choice(["32", "64", "96"], "64"),
  rate: choice(["0.0003", "0.001", "0.003", "0.01"], "0.003"),
  temperature: number({ fallback: 0.8, min: 0, max: 2 }),
  start,
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  own: ownText,
});

export type OwnGptState = StateOf<{
  [K in keyof typeof ownGptState.defaults]: Codec<(typeof ownGptState.defaults)[K]>;
}>;

export const PRESETS = {
  proverbs: {},
  own: { subject: "own" },
  tasks: { subject: "task", width: "32" },
  recall: { subject: "task", task: "recall", width: "32", layers: "1" },
} as const satisfies Readonly<Record<string, Partial<OwnGptState>>>;

export const isLongEnough = (text: string): boolean => text.length >= SHORTEST_TEXT;
