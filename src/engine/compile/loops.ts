import type { Address, Emitter, Int } from "./emitter.ts";

/** A loop index: known while compiling where the loop is unrolled, otherwise a local variable. */
export type Index = number | Int;

/**
 * Calls `body` for index 0, step, 2·step … below `end`, as straight-line code when `unroll` is set and the entry
 * is not to be compact.
 * `end` must be a multiple of `step`.
 */
export function forEach(
  e: Emitter,
  options: { end: number; step?: number; unroll: boolean },
  body: (index: Index) => void,
): void {
  const step = options.step ?? 1;
  if (options.end <= 0) return;
  if ((options.unroll && !e.compact) || options.end === step) {
    for (let index = 0; index < options.end; index += step) e.scope(() => body(index));
  } else {
    e.loop(options.end, step, (index) => e.scope(() => body(index)));
  }
}

/** The byte address `start + Σ index·stride`, with what is known already in the constant part. */
export function place(
  e: Emitter,
  start: number | Address,
  ...terms: readonly (readonly [Index, number])[]
): Address {
  let { base, offset }: Address = typeof start === "number" ? { offset: start } : start;
  for (const [index, stride] of terms) {
    if (typeof index === "number") offset += index * stride;
    else if (stride !== 0) base = base || stride !== 1 ? e.scaleAdd(index, stride, base) : index;
  }
  return { base, offset };
}

/** The same place, `bytes` further on. */
export function beyond(at: Address, bytes: number): Address {
  return { base: at.base, offset: at.offset + bytes };
}

/** Number of four-lane vectors that cover `count` floats. */
export function vectorsFor(count: number): number {
  return Math.ceil(count / 4);
}

/** Lanes in use in the vector that starts at float `start` of a row of `count`. */
export function lanesAt(start: number, count: number): number {
  return Math.min(4, count - start);
}
