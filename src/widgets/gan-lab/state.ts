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

export const OBJECTIVES = ["standard", "saturating", "least-squares", "wasserstein-penalty"] as const;
export const MAX_LAYERS = 3;
export const MAX_OWN_POINTS = 300;

/** Hidden layers: how many, and how wide. */
const width = choice(["4", "8", "16", "32"], "16");
const depth = integer({ fallback: 2, min: 1, max: MAX_LAYERS });

/** Hundredths of the plane's half side, so that a drawn cloud fits an address. */
const coordinate = integer({ fallback: 0, min: -100, max: 100 });

export const ganState = defineState(1, {
  data: choice(["arc", "circle", "heaps", "grid", "spiral", "own"], "arc"),
  objective: choice(OBJECTIVES, "standard"),
  generatorDepth: depth,
  generatorWidth: width,
  discriminatorDepth: depth,
  discriminatorWidth: width,
  optimizer: choice(["adam", "sgd"], "adam"),
  generatorRate: number({ fallback: 0.002, min: 0.0001, max: 0.3 }),
  discriminatorRate: number({ fallback: 0.002, min: 0.0001, max: 0.3 }),
  /** Steps of the discriminator, and of the generator, in one round. */
  discriminatorSteps: integer({ fallback: 1, min: 1, max: 10 }),
  generatorSteps: integer({ fallback: 1, min: 1, max: 10 }),
  who: choice(["both", "discriminator", "generator"], "both"),
  /** Numbers in one noise vector. */
  latent: choice(["1", "2", "8"], "2"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  pace: choice(["slow", "normal", "full"], "normal"),
  showMap: flag(true),
  showArrows: flag(true),
  showManifold: flag(false),
  /** Own points: x and y in turn. */
  own: list(coordinate, { fallback: [], max: 2 * MAX_OWN_POINTS }),
});

export type GanState = StateOf<{
  [K in keyof typeof ganState.defaults]: Codec<(typeof ganState.defaults)[K]>;
}>;

/** Rounds a second; `full` as fast as the machine goes. */
export const PACES = { slow: 12, normal: 400, full: "full" } as const;
