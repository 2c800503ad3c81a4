/** What the kernel is laid on. */
import type { Preparation } from "../../data/datasets.ts";
import { PHOTOGRAPH_SIDE, type Photograph, photographOf } from "../../data/photographs.ts";
import { prepareStrokes, type Stroke } from "../../data/strokes.ts";
import type { Grey } from "./slide.ts";
import type { MicroscopeState } from "./state.ts";

/** A small picture whose numbers can be followed by hand: a bright square and a slope on a dark ground. */
const GRID = [
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
  [20, 20, 220, 220, 220, 220, 20, 20, 20, 20, 20, 20],
  [20, 20, 220, 220, 220, 220, 20, 20, 20, 20, 20, 20],
  [20, 20, 220, 220, 220, 220, 20, 20, 20, 20, 20, 20],
  [20, 20, 220, 220, 220, 220, 20, 20, 20, 20, 20, 20],
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 120],
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 120, 220],
  [20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240],
  [20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240],
  [20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20],
];

export const GRID_PICTURE: Grey = { rows: 12, columns: 12, values: GRID.flat() };

const DRAWN_SIDE = 28;
/** A drawing fills most of the picture. */
export const DRAWN: Exclude<Preparation, { kind: "none" }> = { kind: "box", box: 24, pen: 2.4 };

export const drawnPicture = (strokes: readonly Stroke[]): Grey => ({
  rows: DRAWN_SIDE,
  columns: DRAWN_SIDE,
  values: prepareStrokes(strokes, DRAWN, DRAWN_SIDE).map((ink) => Math.round(255 * ink)),
});

/** The picture of the state; `undefined` while its photograph has not come. */
export function pictureOf(
  { picture, strokes }: Pick<MicroscopeState, "picture" | "strokes">,
  photographs: Uint8Array | undefined,
  own: Uint8Array | undefined,
): Grey | undefined {
  if (picture === "grid") return GRID_PICTURE;
  if (picture === "drawing") return drawnPicture(strokes);
  if (picture === "photo") return own && square(own);
  return photographs && square(photographOf(photographs, picture satisfies Photograph["id"]));
}

const square = (values: Uint8Array): Grey => ({ rows: PHOTOGRAPH_SIDE, columns: PHOTOGRAPH_SIDE, values });
