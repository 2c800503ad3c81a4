import { drawing } from "../../ui/drawing-codec.ts";
import { type Codec, choice, defineState, flag, integer, list, type StateOf } from "../../ui/state-codec.ts";
import type { Block } from "./networks.ts";

export const CHANNELS = [4, 8, 12, 16, 24] as const;
export const WINDOWS = [3, 5, 7] as const;
export const POOLS = ["1", "2", "a"] as const;
export const RATES = ["0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.1", "1"] as const;
export const MOST_BLOCKS = 4;
export const TEST_COUNT = { digits: 2000, jamo: 1200 } as const;

/** `8.3.2`: channels, window, pooling (1 none, 2 maximum, a average). */
const block: Codec<Block> = {
  fallback: { channels: 8, window: 3, pool: "2" },
  encode: ({ channels, window, pool }) => `${channels}.${window}.${pool}`,
  decode: (text) => {
    const [channels, window, pool, ...rest] = text.split(".");
    const found = {
      channels: CHANNELS.find((each) => String(each) === channels),
      window: WINDOWS.find((each) => String(each) === window),
      pool: POOLS.find((each) => each === pool),
    };
    if (rest.length > 0 || !found.channels || !found.window || !found.pool) return undefined;
    return { channels: found.channels, window: found.window, pool: found.pool };
  },
};

const START: readonly Block[] = [
  { channels: 8, window: 3, pool: "2" },
  { channels: 16, window: 3, pool: "2" },
  { channels: 24, window: 3, pool: "2" },
];

export const handwritingState = defineState(1, {
  data: choice(["digits", "jamo"], "digits"),
  blocks: list(block, { fallback: START, max: MOST_BLOCKS }),
  /** What the dense layers read of the last maps: every value, or each channel's mean. */
  head: choice(["flatten", "average"], "flatten"),
  hidden: choice(["0", "16", "32", "64"], "0"),
  activation: choice(["relu", "tanh"], "relu"),
  optimizer: choice(["adam", "momentum", "sgd"], "adam"),
  batch: choice(["16", "32", "64"], "32"),
  rate: choice(RATES, "0.005"),
  decay: flag(true),
  pace: choice(["slow", "full"], "full"),
  source: choice(["drawing", "sample"], "drawing"),
  sample: integer({ fallback: 0, min: 0, max: TEST_COUNT.digits - 1 }),
  strokes: drawing(),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
});

export type HandwritingState = StateOf<{
  [K in keyof typeof handwritingState.defaults]: Codec<(typeof handwritingState.defaults)[K]>;
}>;

/** Steps a second. */
export const PACES = { slow: 20, full: "full" } as const;

export const PRESETS = {
  digits: {},
  jamo: { data: "jamo" },
} as const satisfies Readonly<Record<string, Partial<HandwritingState>>>;
