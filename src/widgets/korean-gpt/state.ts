import {
  type Codec,
  choice,
  defineState,
  integer,
  number,
  type StateOf,
  text,
} from "../../ui/state-codec.ts";

/** Characters a beginning may have; what follows must fit the context. */
export const LONGEST_START = 60;
/** Tokens written at most. */
export const MOST_WRITTEN = 240;

const start = text({ fallback: "옛날 옛적 깊은 숲속에", longest: LONGEST_START });

/** Token numbers in base 36, parted by points. */
const written: Codec<readonly number[]> = {
  fallback: [],
  encode: (tokens) => tokens.map((token) => token.toString(36)).join("."),
  decode: (text) => {
    const tokens = text === "" ? [] : text.split(".").map((part) => Number.parseInt(part, 36));
    const right = tokens.every((token) => Number.isInteger(token) && token >= 0 && token < 65_536);
    return right && tokens.length <= MOST_WRITTEN ? tokens : undefined;
  },
};

export const gptState = defineState(1, {
  start,
  written,
  temperature: number({ fallback: 0.8, min: 0, max: 2 }),
  /** 0: every token may be drawn. */
  topK: integer({ fallback: 0, min: 0, max: 50 }),
  topP: number({ fallback: 1, min: 0.05, max: 1 }),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  pace: choice(["slow", "full"], "slow"),
  backend: choice(["onnx", "engine"], "onnx"),
  cache: choice(["on", "off"], "on"),
});

export type GptState = StateOf<{
  [K in keyof typeof gptState.defaults]: Codec<(typeof gptState.defaults)[K]>;
}>;

/** Milliseconds between two tokens when they are to be read. */
export const PACES = { slow: 160, full: 0 } as const;

export const STARTS = ["옛날 옛적 깊은 숲속에", "지우는 보리와", "펭귄 뽀로가", "딥러닝은"] as const;
