/** Pictures that are no digits: what does a network of ten answers say to them? */

import { DIGITS } from "../../data/datasets.ts";
import { encodeStrokes } from "../../data/stroke-text.ts";
import { prepareStrokes, type Stroke } from "../../data/strokes.ts";
import type { Random } from "../../engine/random.ts";

export const PREPARATION = DIGITS.preparation as Exclude<typeof DIGITS.preparation, { kind: "none" }>;
export const SIDE = 28;

const line = (...places: (readonly [number, number])[]): Stroke => places.map(([x, y]) => ({ x, y }));

/** Letters and shapes, as strokes on a pad of 1 × 1. */
export const ODDITIES = [
  {
    id: "rieul",
    name: "ㄹ",
    strokes: [line([0.25, 0.2], [0.75, 0.2], [0.75, 0.48], [0.25, 0.48], [0.25, 0.8], [0.78, 0.8])],
  },
  {
    id: "pieup",
    name: "ㅍ",
    strokes: [
      line([0.2, 0.25], [0.8, 0.25]),
      line([0.4, 0.25], [0.4, 0.75]),
      line([0.6, 0.25], [0.6, 0.75]),
      line([0.15, 0.75], [0.85, 0.75]),
    ],
  },
  {
    id: "a",
    name: "A",
    strokes: [line([0.25, 0.85], [0.5, 0.15], [0.75, 0.85]), line([0.34, 0.6], [0.66, 0.6])],
  },
  { id: "m", name: "M", strokes: [line([0.2, 0.85], [0.22, 0.15], [0.5, 0.6], [0.78, 0.15], [0.8, 0.85])] },
  {
    id: "zigzag",
    name: "톱니",
    strokes: [line([0.1, 0.3], [0.25, 0.7], [0.4, 0.3], [0.55, 0.7], [0.7, 0.3], [0.85, 0.7])],
  },
  {
    id: "upside",
    name: "뒤집힌 4",
    strokes: [line([0.38, 0.85], [0.28, 0.45], [0.74, 0.45]), line([0.62, 0.7], [0.6, 0.12])],
  },
] as const satisfies readonly { id: string; name: string; strokes: readonly Stroke[] }[];

/** Whether a drawing is one of them; a shared link rounds its places, so the codes of both are compared. */
export function isOddity(strokes: readonly Stroke[]): boolean {
  const code = encodeStrokes(strokes);
  return ODDITIES.some((oddity) => encodeStrokes(oddity.strokes) === code);
}

export const pictureOf = (strokes: readonly Stroke[]): Float32Array => prepareStrokes(strokes, PREPARATION);

/** Kinds of pictures drawn by chance, for a survey of many. */
export const CHANCES = [
  { value: "pixels", label: "점 잡음" },
  { value: "scribble", label: "마구 그은 선" },
  { value: "blocks", label: "네모 얼룩" },
] as const;

export type Chance = (typeof CHANCES)[number]["value"];

/** One picture by chance: values 0 to 1. */
export function chancePicture(kind: Chance, random: Random): Float32Array {
  if (kind === "pixels") return Float32Array.from({ length: SIDE * SIDE }, () => random.uniform());
  if (kind === "scribble") return pictureOf(scribble(random));
  const picture = new Float32Array(SIDE * SIDE);
  for (let block = 0; block < 4; block++) {
    const [left, top] = [4 + random.below(14), 4 + random.below(14)];
    const [width, height] = [2 + random.below(7), 2 + random.below(7)];
    for (let y = top; y < Math.min(24, top + height); y++)
      for (let x = left; x < Math.min(24, left + width); x++) picture[y * SIDE + x] = 1;
  }
  return picture;
}

/** A pen that wanders. */
function scribble(random: Random): Stroke[] {
  let [x, y, angle] = [random.uniform(0.2, 0.8), random.uniform(0.2, 0.8), random.uniform(0, 2 * Math.PI)];
  const points = Array.from({ length: 30 }, () => {
    angle += random.normal(0, 0.9);
    x = Math.max(0, Math.min(1, x + 0.09 * Math.cos(angle)));
    y = Math.max(0, Math.min(1, y + 0.09 * Math.sin(angle)));
    return { x, y };
  });
  return [points];
}
