/** How the same road looks: the colours that both the learner's window and the network's camera show. */
import type { Rgb } from "../../draw/palette.ts";

export const LOOKS = ["day", "night", "snow"] as const;
export type LookId = (typeof LOOKS)[number];

export interface Look {
  readonly sky: Rgb;
  readonly ground: Rgb;
  readonly asphalt: Rgb;
  readonly line: Rgb;
  /** Metres in which the light falls to a third; `undefined` in daylight. */
  readonly headlights?: number;
}

export const LOOK: Readonly<Record<LookId, Look>> = {
  day: { sky: [168, 206, 235], ground: [104, 150, 84], asphalt: [78, 80, 84], line: [245, 245, 240] },
  night: {
    ...{ sky: [14, 18, 34], ground: [38, 56, 44], asphalt: [58, 60, 70], line: [214, 214, 200] },
    headlights: 16,
  },
  snow: { sky: [214, 220, 226], ground: [240, 243, 246], asphalt: [150, 155, 162], line: [226, 228, 230] },
};

/** Brightness of a colour, 0 to 1 (ITU-R BT.601 luma). */
export const brightness = ([red, green, blue]: Rgb): number =>
  (0.299 * red + 0.587 * green + 0.114 * blue) / 255;

/** The share of light that comes back from so many metres ahead. */
export const lightAt = ({ headlights }: Look, metres: number): number =>
  headlights === undefined ? 1 : Math.exp(-metres / headlights);
