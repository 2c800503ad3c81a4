/** A learner's photograph as the network's kind of picture: 28 × 28, grey, the thing bright on a dark ground. */
import { readSquare, shrink } from "../../ui/read-photo.ts";
import { SIDE } from "./occlusion.ts";

/** Pixels averaged into one, along each side. */
const JOINED = 8;

/** Brightness of the square in the middle, 0 to 1. @throws PhotoError as `readSquare`. */
export async function readPhoto(file: File): Promise<Float32Array> {
  return shrink(await readSquare(file, SIDE * JOINED), SIDE * JOINED, SIDE);
}

/** Whether the rim is bright: then the picture has to be turned over to look like those of the training. */
export function hasBrightRim(grey: ArrayLike<number>): boolean {
  let [sum, count] = [0, 0];
  for (let i = 0; i < SIDE; i++) {
    for (const at of [i, (SIDE - 1) * SIDE + i, i * SIDE, i * SIDE + SIDE - 1]) {
      sum += grey[at]!;
      count++;
    }
  }
  return sum / count > 0.5;
}

/** Stretched to the whole range from 0 to 1, turned over where asked. */
export function likeTraining(grey: Float32Array, invert: boolean): Float32Array {
  const values = invert ? grey.map((value) => 1 - value) : grey;
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return values.map((value) => (range > 0 ? (value - low) / range : 0));
}
