import {
  type Codec,
  choice,
  defineState,
  flag,
  integer,
  number,
  type StateOf,
} from "../../ui/state-codec.ts";

export const MODES = ["walk", "mix", "duel", "train"] as const;
export type Mode = (typeof MODES)[number];

/** Pictures to choose from when two are mixed. */
export const CHOICES = 12;
/** How far an arrow is followed, in deviations of the noise along it. */
export const MOST_STRENGTH = 3;
export const ARROWS = ["thick", "slant", "wide", "digit"] as const;
export type Arrow = (typeof ARROWS)[number];
const RATES = ["0.0001", "0.0002", "0.0005", "0.001", "0.002"] as const;

const share = (fallback: number) => number({ fallback, min: 0, max: 1, digits: 3 });
const seed = integer({ fallback: 1, min: 1, max: 999_999 });
const steps = integer({ fallback: 1, min: 1, max: 8 });

export const forgerState = defineState(1, {
  mode: choice(MODES, "walk"),
  /** Of the four corners, and of the pictures to choose from. */
  seed,
  x: share(0.5),
  y: share(0.5),
  /** The two pictures that are mixed, and how far the mixture has gone from the first to the second. */
  first: integer({ fallback: 0, min: 0, max: CHOICES - 1 }),
  second: integer({ fallback: 1, min: 0, max: CHOICES - 1 }),
  between: share(0),
  arrow: choice(ARROWS, "thick"),
  /** Towards which digit the arrow “digit” leads. */
  digit: integer({ fallback: 8, min: 0, max: 9 }),
  strength: number({ fallback: 0, min: -MOST_STRENGTH, max: MOST_STRENGTH, digits: 2 }),
  /** Pictures of one duel, and which. */
  length: choice(["10", "20"], "10"),
  duel: seed,
  generatorRate: choice(RATES, "0.0005"),
  discriminatorRate: choice(RATES, "0.0005"),
  generatorSteps: steps,
  discriminatorSteps: steps,
  /** Whether steep slopes of the discriminator at real pictures are punished. */
  penalty: flag(true),
});

export type ForgerState = StateOf<{
  [K in keyof typeof forgerState.defaults]: Codec<(typeof forgerState.defaults)[K]>;
}>;

export const RATE_OPTIONS = RATES.map((value) => ({ value, label: value }));

export const PRESETS = {
  walk: {},
  mix: { mode: "mix" },
  duel: { mode: "duel" },
  train: { mode: "train" },
} as const satisfies Readonly<Record<string, Partial<ForgerState>>>;
