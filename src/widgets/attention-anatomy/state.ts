import { type Codec, choice, defineState, flag, integer, type StateOf, text } from "../../ui/state-codec.ts";
import type { HeadName } from "./protocol.ts";

/** Characters of the sentence; what does not fit into the tokens shown is left out. */
export const LONGEST_SENTENCE = 80;

export const STEPS = [
  "position",
  "projection",
  "product",
  "scale",
  "mask",
  "softmax",
  "sum",
  "next",
] as const;
export type Step = (typeof STEPS)[number];

const sentence = text({ fallback: "몽이는 빨간 모자를 잃어버렸습니다. “내", longest: LONGEST_SENTENCE });

/** Heads that are off, such as “0.2-3.1”. */
const heads: Codec<readonly HeadName[]> = {
  fallback: [],
  encode: (list) => list.map(({ layer, head }) => `${layer}.${head}`).join("-"),
  decode: (written) => {
    if (written === "") return [];
    const names = written.split("-").map((each) => /^(\d)\.(\d)$/.exec(each));
    if (names.some((name) => name === null)) return undefined;
    return names.map((name) => ({ layer: Number(name![1]), head: Number(name![2]) }));
  },
};

export const anatomyState = defineState(1, {
  sentence,
  step: choice(STEPS, "softmax"),
  /** −1 for the head whose loss would change most. */
  layer: integer({ fallback: -1, min: -1, max: 9 }),
  head: integer({ fallback: -1, min: -1, max: 9 }),
  /** The token that looks; −1 for the last. */
  row: integer({ fallback: -1, min: -1, max: 99 }),
  /** The token that is looked at. */
  column: integer({ fallback: 0, min: 0, max: 99 }),
  /** Which of a head's numbers is opened. */
  dimension: integer({ fallback: 0, min: 0, max: 999 }),
  kind: choice(["query", "key", "value"], "query"),
  masked: flag(true),
  off: heads,
});

export type AnatomyState = StateOf<{
  [K in keyof typeof anatomyState.defaults]: Codec<(typeof anatomyState.defaults)[K]>;
}>;

export const sameHead = (a: HeadName, b: HeadName): boolean => a.layer === b.layer && a.head === b.head;

export const PRESETS = {
  heads: {},
  cell: { step: "product" },
  off: { step: "next" },
} as const satisfies Readonly<Record<string, Partial<AnatomyState>>>;
