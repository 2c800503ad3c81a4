/** The letters of the experiments: halved to 14 × 14, a part of them, or laid somewhere on a larger paper. */
import { type Pictures, pickPictures } from "../../data/pictures.ts";
import { Random } from "../../engine/random.ts";
import type { Samples } from "../../models/classifier.ts";
import { PIXELS, SIDE } from "./hand-made.ts";

/** Values 0 to 1, [count, 14 × 14]: means over 2 × 2 pixels of 28 × 28 pictures. */
export function halved({ pixels, columns, labels }: Pictures): { values: Float32Array; labels: Int32Array } {
  const values = new Float32Array(labels.length * PIXELS);
  for (let at = 0; at < values.length; at++) {
    const [row, column] = [Math.floor(at / SIDE), at % SIDE];
    const first = 2 * row * columns + 2 * column;
    const sum = pixels[first]! + pixels[first + 1]! + pixels[first + columns]! + pixels[first + columns + 1]!;
    values[at] = sum / (4 * 255);
  }
  return { values, labels: Int32Array.from(labels) };
}

/** So many pictures in a seeded order, every class as often as the whole has it. */
export function drawnPictures(pictures: Pictures, count: number, seed: number): Pictures {
  const order = new Random(seed).shuffle(Int32Array.from(pictures.labels, (_, i) => i));
  const classes = new Set(pictures.labels).size;
  const taken = new Array<number>(classes).fill(0);
  const most = Math.ceil(count / classes);
  const chosen = order.filter((index) => {
    const label = pictures.labels[index]!;
    taken[label]! += 1;
    return taken[label]! <= most;
  });
  return pickPictures(pictures, chosen.slice(0, count));
}

/** Each letter at a seeded place of an empty paper of `side` × `side`. */
export function onPaper(values: Float32Array, side: number, seed: number): Float32Array {
  const random = new Random(seed);
  const count = values.length / PIXELS;
  const result = new Float32Array(count * side * side);
  for (let i = 0; i < count; i++) {
    const [top, left] = [random.below(side - SIDE + 1), random.below(side - SIDE + 1)];
    for (let row = 0; row < SIDE; row++) {
      const from = i * PIXELS + row * SIDE;
      result.set(values.subarray(from, from + SIDE), (i * side + top + row) * side + left);
    }
  }
  return result;
}

export const samples = (values: Float32Array, labels: Int32Array): Samples => ({ inputs: [values], labels });
