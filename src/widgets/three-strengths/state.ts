import { type Codec, choice, defineState, integer } from "../../ui/state-codec.ts";
import { HAND_MADE, type HandMadeId } from "./hand-made.ts";

export const STRENGTHS = ["features", "dimensions", "data"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Sides of the paper on which the letters lie, in pixels. */
export const SIDES = [14, 20, 26] as const;
/** Training pictures. */
export const SIZES = [240, 600, 1200, 2400] as const;
/** Test pictures, of fonts that are not among the training pictures. */
export const TESTED = 600;

/** Chosen hand-made features, as their ids joined by points. */
const features: Codec<readonly HandMadeId[]> = {
  fallback: ["ink", "rows"],
  encode: (ids) => ids.join("."),
  decode: (text) => {
    const known = HAND_MADE.map(({ id }) => id);
    const ids = text === "" ? [] : text.split(".");
    if (ids.some((id) => !known.some((one) => one === id))) return undefined;
    return known.filter((id) => ids.includes(id));
  },
};

export const strengthsState = defineState(1, {
  strength: choice(STRENGTHS, "features"),
  features,
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
});

export type StrengthsState = (typeof strengthsState)["defaults"];
