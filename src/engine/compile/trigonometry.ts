/** sin and cos on four lanes: reduction to [−π/2, π/2], then the power series. */
import type { Emitter, Vector } from "./emitter.ts";

/** π in three parts with few bits in the first ones, so that their multiples are exact (Cephes, `sinf`). */
const PI_PARTS = [3.140625, 0.0009675025939941406, 1.5099579909783765e-7];
/** Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits. */
const ROUND = 12582912;
/** 1/n! with alternating signs for n = 11, 9, 7, 5, 3: the rest is below 6e-8 on the interval. */
const SERIES = [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6];

/** ±sin(x − (n + shift)·π), with the sign of (−1)ⁿ and n the nearest whole number. */
function emitReduced(e: Emitter, x: Vector, shift: number): Vector {
  const turns = e.multiplyAdd(x, e.constant(1 / Math.PI), e.constant(-shift));
  const rounded = e.add(turns, e.constant(ROUND));
  const multiple = e.add(e.subtract(rounded, e.constant(ROUND)), e.constant(shift));
  let rest = x;
  for (const part of PI_PARTS) rest = e.multiplyAdd(multiple, e.constant(-part), rest);
  const squared = e.multiply(rest, rest);
  let series = e.constant(SERIES[0]!);
  for (const term of SERIES.slice(1)) series = e.multiplyAdd(series, squared, e.constant(term));
  const value = e.multiplyAdd(e.multiply(series, squared), rest, rest);
  return e.xor(value, e.shiftLeft(rounded, 31));
}

export function emitSin(e: Emitter, x: Vector): Vector {
  return emitReduced(e, x, 0);
}

/** cos x = −(−1)ⁿ·sin(x − (n + ½)π). */
export function emitCos(e: Emitter, x: Vector): Vector {
  return e.negate(emitReduced(e, x, 0.5));
}
