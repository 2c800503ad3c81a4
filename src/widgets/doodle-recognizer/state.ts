import { drawing } from "../../ui/drawing-codec.ts";
import { choice, defineState, integer } from "../../ui/state-codec.ts";

/** What the widget shows: the forty words of the network, or the learner's own. */
export const MODES = ["known", "own"] as const;

/** Words that are asked for, as positions in the network's classes: some easy, some often mixed up. */
export const ASKED_WORDS = [9, 37, 21, 18, 13, 33, 11, 39, 6, 23] as const;

export const doodleState = defineState(1, {
  mode: choice(MODES, "known"),
  strokes: drawing(),
  /** Position in `ASKED_WORDS`. */
  asked: integer({ fallback: 0, min: 0, max: ASKED_WORDS.length - 1 }),
  /** What of the frozen network the new last layer reads. */
  features: choice(["p3", "a4"], "p3"),
});

export type DoodleState = (typeof doodleState)["defaults"];
export type FeatureId = DoodleState["features"];
