/**
 * Copies of an image's planes that the convolution can read with plain vector loads: framed by zeros, and with
 * the columns of a stride s sorted by their remainder, so that neighbouring positions are neighbours in memory.
 */
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, place, vectorsFor } from "./loops.ts";
import { loadStrided, storeInterleaved } from "./strided.ts";

/** A copied plane: row i is the image's row i − `rowsBefore`, zeros where there is none. */
export interface Staging {
  readonly channels: number;
  readonly image: { readonly rows: number; readonly columns: number };
  readonly rows: number;
  readonly rowsBefore: number;
  readonly stride: number;
  /**
   * Remainders kept, side by side in each row: float j of remainder p is the image's column
   * j·stride + p − `columnsBefore`.
   */
  readonly phases: readonly number[];
  readonly columnsBefore: number;
  /** Floats of one remainder's row, a multiple of 4. */
  readonly pitch: number;
}

/** Bytes from row to row and from channel to channel. */
export function stagedStrides({ rows, phases, pitch }: Staging): { row: number; channel: number } {
  const row = phases.length * pitch * 4;
  return { row, channel: rows * row };
}

/** Bytes for all channels of one image, and for a vector that begins at its last float. */
export function stagedBytes(staging: Staging): number {
  return staging.channels * stagedStrides(staging).channel + 16;
}

/** The address moved by Σ index·stride bytes. */
export function moved(e: Emitter, at: Address, ...terms: readonly (readonly [Index, number])[]): Address {
  return place(e, at.offset, ...(at.base ? [[at.base, 1] as const] : []), ...terms);
}

/** Fills whole vectors with one number. */
export function emitFill(e: Emitter, address: number, bytes: number, value: number): void {
  const vectors = vectorsFor(bytes / 4);
  const filling = e.constant(value);
  forEach(e, { end: vectors * 16, step: 16, unroll: vectors <= 16 }, (offset) => {
    e.store(place(e, address, [offset, 1]), filling);
  });
}

/** Copies one image's channels from `from` to `to`, whose frame has been filled once before. */
export function emitStage(e: Emitter, staging: Staging, from: Address, to: number): void {
  const { channels, image, rowsBefore, phases } = staging;
  const strides = stagedStrides(staging);
  const copied = Math.min(image.rows, staging.rows - rowsBefore);
  forEach(e, { end: channels, unroll: false }, (channel) => {
    forEach(e, { end: copied, unroll: false }, (row) => {
      const source = moved(e, from, [channel, image.rows * image.columns * 4], [row, image.columns * 4]);
      const start = to + rowsBefore * strides.row;
      const target = place(e, start, [channel, strides.channel], [row, strides.row]);
      phases.forEach((phase, i) => {
        emitStageRow(e, staging, phase, source, beyond(target, i * staging.pitch * 4));
      });
    });
  });
}

function emitStageRow(e: Emitter, staging: Staging, phase: number, source: Address, target: Address): void {
  const { stride, columnsBefore, pitch, image } = staging;
  const first = Math.max(0, Math.ceil((columnsBefore - phase) / stride));
  const column = first * stride + phase - columnsBefore;
  const count = Math.min(pitch - first, Math.ceil((image.columns - column) / stride));
  if (count <= 0) return;
  const whole = count - (count % 4);
  const copy = (index: Index, lanes: number) => {
    const value = loadStrided(e, moved(e, source, [index, stride * 4], [column, 4]), stride, lanes);
    e.store(moved(e, target, [index, 4], [first, 4]), value, lanes);
  };
  forEach(e, { end: whole, step: 4, unroll: whole <= 16 }, (index) => copy(index, 4));
  if (whole < count) e.scope(() => copy(whole, count - whole));
}

/** Rows whose columns lie sorted by their remainder, `pitch` floats each, one row after another from `from`. */
export interface Merge {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly pitch: number;
  readonly from: number;
  readonly to: Address;
}

/** Puts the columns back in their order: the reverse of staging. */
export function emitMerge(e: Emitter, { rows, columns, stride, pitch, from, to }: Merge): void {
  forEach(e, { end: rows, unroll: false }, (row) => {
    const source = place(e, from, [row, stride * pitch * 4]);
    const target = moved(e, to, [row, columns * 4]);
    const write = (vector: Index, count: number) => {
      const at = moved(e, source, [vector, 16]);
      const phases: Vector[] = [];
      for (let phase = 0; phase < stride; phase++) phases.push(e.load(beyond(at, phase * pitch * 4)));
      storeInterleaved(e, moved(e, target, [vector, stride * 16]), phases, count);
    };
    const whole = Math.floor(columns / (4 * stride));
    forEach(e, { end: whole, unroll: whole <= 4 }, (vector) => write(vector, 4 * stride));
    const rest = columns - whole * 4 * stride;
    if (rest > 0) e.scope(() => write(whole, rest));
  });
}
