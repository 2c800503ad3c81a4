/** The last seconds of what was heard, for the picture. */
import { BANDS, FLOOR } from "../../data/mel.ts";
import type { Heard } from "./protocol.ts";
import { SCENE_BLOCKS } from "./scenes.ts";

/** Columns of the picture: two for each block. */
export const COLUMNS = 2 * SCENE_BLOCKS;

export class Track {
  readonly columns = new Float32Array(COLUMNS * BANDS).fill(FLOOR);
  readonly levels = new Float32Array(SCENE_BLOCKS).fill(FLOOR);
  readonly probabilities = new Float32Array(SCENE_BLOCKS).fill(Number.NaN);
  /** Blocks heard since the beginning. */
  blocks = 0;

  clear(): void {
    this.columns.fill(FLOOR);
    this.levels.fill(FLOOR);
    this.probabilities.fill(Number.NaN);
    this.blocks = 0;
  }

  /** From the left until the picture is full; then the oldest goes. */
  push({ columns, levels, probabilities }: Heard): void {
    const count = levels.length;
    const shift = Math.max(0, Math.min(SCENE_BLOCKS, this.blocks) + count - SCENE_BLOCKS);
    if (shift > 0) {
      this.columns.copyWithin(0, 2 * shift * BANDS);
      this.levels.copyWithin(0, shift);
      this.probabilities.copyWithin(0, shift);
    }
    const at = Math.min(SCENE_BLOCKS, this.blocks) - shift;
    const fits = Math.min(count, SCENE_BLOCKS - Math.max(0, at));
    const from = count - fits;
    this.columns.set(columns.subarray(2 * from * BANDS), 2 * Math.max(0, at) * BANDS);
    this.levels.set(levels.subarray(from), Math.max(0, at));
    this.probabilities.set(probabilities.subarray(from), Math.max(0, at));
    this.blocks += count;
  }
}
