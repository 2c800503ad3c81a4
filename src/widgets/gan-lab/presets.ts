import type { GanState } from "./state.ts";

/** States a lesson opens the laboratory with. */
export const PRESETS = {
  first: {},
  /** A quick generator against a slow discriminator: the points flee together from heap to heap. */
  collapse: { data: "heaps", generatorSteps: 5, generatorRate: 0.005, discriminatorRate: 0.0005 },
  draw: { data: "own" },
} as const satisfies Readonly<Record<string, Partial<GanState>>>;

export type PresetName = keyof typeof PRESETS;
