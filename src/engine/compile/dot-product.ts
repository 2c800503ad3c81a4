/** Matrix times vector as dot products along the rows, four rows at a time. */
import type { Address, Emitter, Int, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, place } from "./loops.ts";

/** A row-major matrix in memory: byte address of its first element, bytes from one row to the next. */
export interface Matrix {
  readonly address: number | Address;
  readonly row: number;
}

export interface Dots {
  readonly rows: number;
  readonly inner: number;
  readonly matrix: Matrix;
  /** Byte address of the contiguous vector of `inner` floats. */
  readonly vector: number | Address;
  readonly output: number | Address;
}

const UNROLLED = 256;

export function emitDots(e: Emitter, dots: Dots): void {
  const { rows } = dots;
  const unroll = rows * Math.ceil(dots.inner / 4) <= UNROLLED;
  const whole = rows - (rows % 4);
  forEach(e, { end: whole, step: 4, unroll }, (row) => emitFour(e, dots, row, 4));
  if (whole < rows) e.scope(() => emitFour(e, dots, whole, rows - whole));
}

function emitFour(e: Emitter, { inner, matrix, vector, output }: Dots, row: Index, count: number): void {
  const start = place(e, matrix.address, [row, matrix.row]);
  const sums = Array.from({ length: count }, () => e.variable(e.constant(0)));
  const visit = (offset: Index, mask: Vector | undefined) => {
    const right = masked(e, e.load(place(e, vector, [offset, 1])), mask);
    const at = typeof offset === "number" ? beyond(start, offset) : joined(e, start, offset);
    for (let i = 0; i < count; i++) {
      e.accumulate(sums[i]!, masked(e, e.load(beyond(at, i * matrix.row)), mask), right);
    }
  };
  const whole = inner - (inner % 4);
  forEach(e, { end: whole * 4, step: 16, unroll: whole <= 64 }, (offset) => visit(offset, undefined));
  const rest = inner - whole;
  if (rest > 0) {
    // Both factors: what lies beyond the row may be infinite, and 0 · ∞ is not a number.
    const lanes = [0, 1, 2, 3].map((lane) => (lane < rest ? -1 : 0)) as [number, number, number, number];
    visit(whole * 4, e.bits(lanes));
  }
  e.store(place(e, output, [row, 4]), sumFour(e, sums), count);
}

function masked(e: Emitter, value: Vector, mask: Vector | undefined): Vector {
  return mask ? e.and(value, mask) : value;
}

function joined(e: Emitter, at: Address, offset: Int): Address {
  return { base: at.base ? e.scaleAdd(offset, 1, at.base) : offset, offset: at.offset };
}

/** The lane sums of up to four vectors, side by side. */
export function sumFour(e: Emitter, sums: readonly Vector[]): Vector {
  const pair = (a: Vector, b: Vector) => e.add(e.shuffle(a, b, [0, 4, 1, 5]), e.shuffle(a, b, [2, 6, 3, 7]));
  if (sums.length === 1) return e.sumLanes(sums[0]!);
  const low = pair(sums[0]!, sums[1]!);
  const high = sums.length > 2 ? pair(sums[2]!, sums[3] ?? sums[2]!) : low;
  return e.add(e.shuffle(low, high, [0, 1, 4, 5]), e.shuffle(low, high, [2, 3, 6, 7]));
}
