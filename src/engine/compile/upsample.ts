import type { Emitter } from "./emitter.ts";
import { beyond, forEach, type Index, place } from "./loops.ts";
import { moved } from "./planes.ts";
import { storeInterleaved } from "./strided.ts";

/** Rows of all planes, one below the other, every element repeated `factor` times both ways. */
export function emitUpsample(
  e: Emitter,
  at: {
    readonly rows: number;
    readonly columns: number;
    readonly factor: readonly [number, number];
    readonly from: number;
    readonly to: number;
  },
): void {
  const [down, across] = at.factor;
  const width = at.columns * across * 4;
  forEach(e, { end: at.rows, unroll: false }, (row) => {
    const source = place(e, at.from, [row, at.columns * 4]);
    const target = place(e, at.to, [row, down * width]);
    const write = (column: Index, lanes: number) => {
      const value = e.load(moved(e, source, [column, 4]));
      const repeated = Array.from({ length: across }, () => value);
      const first = moved(e, target, [column, across * 4]);
      for (let copy = 0; copy < down; copy++) {
        e.scope(() => storeInterleaved(e, beyond(first, copy * width), repeated, lanes * across));
      }
    };
    const whole = at.columns - (at.columns % 4);
    forEach(e, { end: whole, step: 4, unroll: false }, (column) => write(column, 4));
    if (whole < at.columns) e.scope(() => write(whole, at.columns - whole));
  });
}
