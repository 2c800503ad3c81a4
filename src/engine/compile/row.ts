/** Loops over one row of floats, for kernels that read a row several times. */
import type { Emitter, Vector } from "./emitter.ts";
import { forEach, type Index, lanesAt } from "./loops.ts";

const UNROLLED_VECTORS = 16;

/** Calls `body` with the byte offset of every vector of the row and the lanes of it that belong to the row. */
export function eachVector(e: Emitter, extent: number, body: (offset: Index, lanes: number) => void): void {
  const whole = extent - (extent % 4);
  forEach(e, { end: whole * 4, step: 16, unroll: whole <= UNROLLED_VECTORS * 4 }, (offset) =>
    body(offset, 4),
  );
  if (whole < extent) e.scope(() => body(whole * 4, lanesAt(whole, extent)));
}

/** All bits of the first `lanes` lanes. */
export function lanesMask(e: Emitter, lanes: number): Vector {
  return e.bits([0, 1, 2, 3].map((lane) => (lane < lanes ? -1 : 0)) as [number, number, number, number]);
}

/** Σ term over the row, in all four lanes. */
export function sumRow(e: Emitter, extent: number, term: (offset: Index) => Vector): Vector {
  const total = e.variable(e.constant(0));
  eachVector(e, extent, (offset, lanes) => {
    const value = term(offset);
    e.assign(total, e.add(total, lanes === 4 ? value : e.and(value, lanesMask(e, lanes))));
  });
  return e.sumLanes(total);
}
