import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, lanesAt, place } from "./loops.ts";

/** How a reduction starts, goes on, and joins the lanes of a vector at the end. */
export interface ReductionRule {
  readonly start: number;
  readonly emit: (e: Emitter, total: Vector, next: Vector) => Vector;
  readonly emitLanes: (e: Emitter, total: Vector) => Vector;
}

const UNROLLED_VECTORS = 64;

/** Reduces one row of `extent` floats; every lane of the result holds the total. */
export function emitRow(
  e: Emitter,
  rule: ReductionRule,
  row: Address,
  extent: number,
  transform: (value: Vector) => Vector = (value) => value,
): Vector {
  const whole = Math.floor(extent / 4);
  const total = e.variable(e.constant(rule.start));
  const visit = (at: Address) => e.assign(total, rule.emit(e, total, transform(e.load(at))));
  forEach(e, { end: whole * 16, step: 16, unroll: whole <= UNROLLED_VECTORS }, (offset) => {
    visit(typeof offset === "number" ? beyond(row, offset) : joined(e, row, offset));
  });
  const rest = extent - whole * 4;
  if (rest > 0) {
    const lanes = [0, 1, 2, 3].map((lane) => (lane < rest ? -1 : 0)) as [number, number, number, number];
    const value = transform(e.load(beyond(row, whole * 16)));
    e.assign(total, rule.emit(e, total, e.select(e.bits(lanes), value, e.constant(rule.start))));
  }
  return extent === 1 ? total : rule.emitLanes(e, total);
}

function joined(e: Emitter, row: Address, offset: { readonly int: number }): Address {
  return { base: row.base ? e.scaleAdd(offset, 1, row.base) : offset, offset: row.offset };
}

/** `[outer, extent] → [outer]`: each row is contiguous. */
export function emitRows(
  e: Emitter,
  rule: ReductionRule,
  input: number,
  output: number,
  outer: number,
  extent: number,
): void {
  const unroll = outer * Math.ceil(extent / 4) <= UNROLLED_VECTORS;
  forEach(e, { end: outer, unroll }, (row) => {
    const total = emitRow(e, rule, place(e, input, [row, extent * 4]), extent);
    e.store(place(e, output, [row, 4]), total, 1);
  });
}

/**
 * `[outer, extent, inner] → [outer, inner]`: four neighbouring columns at a time. `pitch`: floats from one of the
 * `extent` rows to the next, where the columns are a part of longer rows (and `outer` is 1).
 */
export function emitColumns(
  e: Emitter,
  rule: ReductionRule,
  input: number,
  output: number,
  view: { outer: number; extent: number; inner: number; pitch: number },
): void {
  const { outer, extent, inner, pitch } = view;
  const blocks = Math.ceil(inner / 4);
  const unroll = outer * extent * blocks <= UNROLLED_VECTORS;
  const wholeBlocks = Math.floor(inner / 4);
  forEach(e, { end: outer, unroll }, (o) => {
    const column = (start: Address, target: Address, lanes: number) => {
      const total = e.variable(e.constant(rule.start));
      forEach(e, { end: extent * pitch * 4, step: pitch * 4, unroll: unroll || extent <= 8 }, (offset) => {
        const at = typeof offset === "number" ? beyond(start, offset) : joined(e, start, offset);
        e.assign(total, rule.emit(e, total, e.load(at)));
      });
      e.store(target, total, lanes);
    };
    forEach(e, { end: wholeBlocks * 16, step: 16, unroll }, (offset) => {
      column(
        place(e, input, [o, extent * inner * 4], [offset, 1]),
        place(e, output, [o, inner * 4], [offset, 1]),
        4,
      );
    });
    if (blocks > wholeBlocks) {
      const tail = wholeBlocks * 4;
      column(
        place(e, input + tail * 4, [o, extent * inner * 4]),
        place(e, output + tail * 4, [o, inner * 4]),
        lanesAt(tail, inner),
      );
    }
  });
}
