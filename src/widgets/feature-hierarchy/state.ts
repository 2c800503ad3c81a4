import { drawing } from "../../ui/drawing-codec.ts";
import { choice, defineState, integer } from "../../ui/state-codec.ts";

export const LAYERS = 5;
export const HELD_OUT = 1500;
/** Sides of the covering square. */
export const COVER = { least: 3, most: 15 } as const;

export const hierarchyState = defineState(1, {
  /** From 1. */
  layer: integer({ fallback: 1, min: 1, max: LAYERS }),
  channel: integer({ fallback: 0, min: 0, max: 63 }),
  source: choice(["sample", "drawing", "photo"], "sample"),
  sample: integer({ fallback: 7, min: 0, max: HELD_OUT - 1 }),
  strokes: drawing(),
  cover: integer({ fallback: 7, min: COVER.least, max: COVER.most }),
});

export type HierarchyState = (typeof hierarchyState)["defaults"];
