/**
 * exp, log and tanh on four lanes. WebAssembly has no such instructions, so they are approximated by
 * polynomials, to about 2 units in the last place of a 32-bit float.
 *
 * Coefficients: exp and log from S. Moshier's Cephes library (`expf`, `logf`), tanh the rational
 * approximation of degree 13/6 published in Eigen (`generic_fast_tanh_float`).
 */
import type { Emitter, Vector } from "./emitter.ts";

/** c₀xⁿ + c₁xⁿ⁻¹ + … by Horner's rule. */
function polynomial(e: Emitter, x: Vector, coefficients: readonly number[]): Vector {
  const [first, ...rest] = coefficients;
  let sum = e.constant(first!);
  for (const coefficient of rest) sum = e.multiplyAdd(sum, x, e.constant(coefficient));
  return sum;
}

const EXP = [
  1.987569149e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.50000001201,
];
/** ln 2 in two parts, so that x − n·ln 2 keeps its low bits. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;
/** Adding 1.5·2²³ rounds to a whole number and leaves it in the low bits. */
const ROUND = 12582912;
/** Largest argument whose scaled polynomial still fits; above it the result is +∞. */
const EXP_MAX = 88.37626;
const EXP_MIN = -87.33654;

/** eˣ = 2ⁿ·eʳ with |r| ≤ ½ ln 2. Above 88.376 it is +∞, below −87.34 the smallest normal number. */
export function emitExp(e: Emitter, x: Vector): Vector {
  const clamped = e.max(e.min(x, e.constant(EXP_MAX)), e.constant(EXP_MIN));
  const shifted = e.multiplyAdd(clamped, e.constant(Math.LOG2E), e.constant(ROUND));
  const n = e.subtract(shifted, e.constant(ROUND));
  const high = e.multiplyAdd(n, e.constant(-LN2_HIGH), clamped);
  const r = e.multiplyAdd(n, e.constant(-LN2_LOW), high);
  const tail = e.multiplyAdd(polynomial(e, r, EXP), e.multiply(r, r), r);
  const scaled = e.addInt(e.add(tail, e.constant(1)), e.shiftLeft(shifted, 23));
  const overflow = e.greater(x, e.constant(EXP_MAX));
  // Overflow becomes ∞ and NaN stays NaN, so that divergence is seen.
  const infinite = e.select(overflow, e.constant(Number.POSITIVE_INFINITY), scaled);
  return e.select(e.equal(x, x), infinite, x);
}

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

function sameBits(e: Emitter, lane: number): Vector {
  return e.bits([lane, lane, lane, lane]);
}

/** ln x for normal x; −∞ at 0, not a number below 0. */
export function emitLog(e: Emitter, x: Vector): Vector {
  // Split x = m·2ᵏ with m in [√½, √2): subtracting the bits of √½ makes the exponent field count from there.
  const fromRoot = e.subtractInt(x, sameBits(e, 0x3f3504f3));
  const biased = e.shiftRightUnsigned(e.addInt(fromRoot, sameBits(e, 1 << 30)), 23);
  const k = e.subtract(e.fromInt(biased), e.constant(128));
  const m = e.subtractInt(x, e.and(fromRoot, sameBits(e, 0xff800000)));
  const f = e.subtract(m, e.constant(1));
  const square = e.multiply(f, f);
  let tail = e.multiply(e.multiply(polynomial(e, f, LOG), f), square);
  tail = e.multiplyAdd(k, e.constant(LN2_LOW), tail);
  tail = e.multiplyAdd(square, e.constant(-0.5), tail);
  const result = e.multiplyAdd(k, e.constant(LN2_HIGH), e.add(f, tail));
  const zero = e.constant(0);
  const atZero = e.select(e.equal(x, zero), e.constant(Number.NEGATIVE_INFINITY), result);
  const valid = e.select(e.greaterOrEqual(x, zero), atZero, e.constant(Number.NaN));
  return e.select(e.equal(x, e.constant(Number.POSITIVE_INFINITY)), x, valid);
}

/** ln(1 + x) for x ≥ 0 without losing small x (W. Kahan's correction of the rounding of 1 + x). */
export function emitLog1p(e: Emitter, x: Vector): Vector {
  const one = e.constant(1);
  const sum = e.add(one, x);
  const gained = e.subtract(sum, one);
  const corrected = e.divide(e.multiply(emitLog(e, sum), x), gained);
  return e.select(e.equal(sum, one), x, corrected);
}

const TANH_MAX = 7.905311107635498;
const TANH_NUMERATOR = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
];
const TANH_DENOMINATOR = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];

/** tanh x = x·P(x²)/Q(x²), clamped where a 32-bit tanh is ±1 to within its last bits. */
export function emitTanh(e: Emitter, x: Vector): Vector {
  const clamped = e.max(e.min(x, e.constant(TANH_MAX)), e.constant(-TANH_MAX));
  const square = e.multiply(clamped, clamped);
  const numerator = e.multiply(clamped, polynomial(e, square, TANH_NUMERATOR));
  return e.divide(numerator, polynomial(e, square, TANH_DENOMINATOR));
}

/** 1/(1 + e⁻ˣ). */
export function emitSigmoid(e: Emitter, x: Vector): Vector {
  const one = e.constant(1);
  return e.divide(one, e.add(one, emitExp(e, e.negate(x))));
}
