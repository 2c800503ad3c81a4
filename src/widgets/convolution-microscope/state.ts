import { drawing } from "../../ui/drawing-codec.ts";
import {
  type Codec,
  choice,
  defineState,
  flag,
  integer,
  list,
  number,
  type StateOf,
} from "../../ui/state-codec.ts";
import { KERNELS, type Kernel, type KernelSide, LARGEST_WEIGHT, WEIGHT_DIGITS } from "./kernels.ts";

const START = KERNELS.find(({ id }) => id === "vertical")!;

export const LIMITS = { stride: 4, padding: 3, dilation: 4, divisor: 999 } as const;

const weight = number({ fallback: 0, min: -LARGEST_WEIGHT, max: LARGEST_WEIGHT, digits: WEIGHT_DIGITS });

/** Nine or twenty-five weights. */
const weights: Codec<readonly number[]> = (() => {
  const base = list(weight, { fallback: START.weights, max: 25 });
  return {
    ...base,
    decode: (text) => {
      const values = base.decode(text);
      return values?.length === 9 || values?.length === 25 ? values : undefined;
    },
  };
})();

export const microscopeState = defineState(1, {
  picture: choice(["boats", "airplane", "acanthus", "grid", "drawing", "photo"], "boats"),
  weights,
  divisor: number({ fallback: START.divisor, min: 0.01, max: LIMITS.divisor, digits: 2 }),
  stride: integer({ fallback: 1, min: 1, max: LIMITS.stride }),
  padding: integer({ fallback: 0, min: 0, max: LIMITS.padding }),
  dilation: integer({ fallback: 1, min: 1, max: LIMITS.dilation }),
  /** Turns the kernel by 180°, as mathematics' convolution does. */
  turn: flag(false),
  relu: flag(false),
  pool: choice(["none", "max", "average"], "none"),
  poolSide: choice(["2", "3", "4"], "2"),
  /** Results cut to 0…255 and shown as a photograph. */
  grey: flag(false),
  row: integer({ fallback: 33, min: 0, max: 200 }),
  column: integer({ fallback: 46, min: 0, max: 200 }),
  strokes: drawing(),
});

export type MicroscopeState = StateOf<{
  [K in keyof typeof microscopeState.defaults]: Codec<(typeof microscopeState.defaults)[K]>;
}>;

export const kernelOf = ({ weights: values, divisor }: MicroscopeState): Kernel => ({
  side: Math.sqrt(values.length) as KernelSide,
  weights: values,
  divisor,
});

export const PRESETS = {
  edges: {},
  numbers: { picture: "grid", row: 2, column: 3 },
  pooling: { relu: true, pool: "max" },
} as const satisfies Readonly<Record<string, Partial<MicroscopeState>>>;
