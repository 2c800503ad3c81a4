/**
 * How a sound is pictured: the strength of each pitch region from moment to moment, in decibels. Windows of 32 ms every
 * 16 ms (at 16 kHz), a Fourier transform, and triangular bands that lie evenly on the mel scale, 2595·log₁₀(1 + f/700).
 */
import { VOICE_RATE } from "./voice.ts";

/** Samples of one window, and from one window to the next. */
export const WINDOW = 512;
export const HOP = 256;
export const BANDS = 48;
/** The lowest and the highest pitch that is looked at, Hz. */
const LOWEST = 60;
const HIGHEST = 7800;
/** What silence is taken for, dB. */
export const FLOOR = -100;

export const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
export const hertzOfMel = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** Middle of a band, Hz. */
export function bandHertz(band: number): number {
  const [low, high] = [melOf(LOWEST), melOf(HIGHEST)];
  return hertzOfMel(low + ((high - low) * (band + 1)) / (BANDS + 1));
}

const BINS = WINDOW / 2 + 1;
const HANN = Float64Array.from(
  { length: WINDOW },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW),
);
/** A sine of amplitude 1 has power 1 in its bin. */
const SCALE = (WINDOW / 4) ** 2;

/** Bands as ranges of bins with their weights: a triangle that reaches 1 in the middle of the band. */
const FILTERS = Array.from({ length: BANDS }, (_, band) => {
  const [left, middle, right] = [bandHertz(band - 1), bandHertz(band), bandHertz(band + 1)];
  const weights = Array.from({ length: BINS }, (_, bin) => {
    const hertz = (bin * VOICE_RATE) / WINDOW;
    return Math.max(0, Math.min((hertz - left) / (middle - left), (right - hertz) / (right - middle)));
  });
  const first = weights.findIndex((weight) => weight > 0);
  if (first >= 0) return { first, weights: weights.slice(first).filter((weight) => weight > 0) };
  // A low band is narrower than the distance of two bins: the nearest bin speaks for it.
  return { first: Math.round((middle * WINDOW) / VOICE_RATE), weights: [1] };
});

/** cos and −sin of the angles of a whole window, each transform taking every so many of them. */
const COS = Float64Array.from({ length: WINDOW / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / WINDOW));
const SIN = Float64Array.from({ length: WINDOW / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / WINDOW));

/** In-place Fourier transform of at most `WINDOW` complex values, a power of two (J. Cooley, J. Tukey 1965). */
export function fourier(real: Float64Array, imaginary: Float64Array): void {
  const count = real.length;
  for (let i = 1, j = 0; i < count; i++) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [re, im] = [real[i]!, imaginary[i]!];
    real[i] = real[j]!;
    imaginary[i] = imaginary[j]!;
    real[j] = re;
    imaginary[j] = im;
  }
  for (let size = 2; size <= count; size <<= 1) {
    const half = size >> 1;
    for (let k = 0; k < half; k++) {
      const cos = COS[(k * WINDOW) / size]!;
      const sin = SIN[(k * WINDOW) / size]!;
      for (let at = k; at < count; at += size) {
        const to = at + half;
        const re = real[to]! * cos - imaginary[to]! * sin;
        const im = real[to]! * sin + imaginary[to]! * cos;
        real[to] = real[at]! - re;
        imaginary[to] = imaginary[at]! - im;
        real[at]! += re;
        imaginary[at]! += im;
      }
    }
  }
}

const workReal = new Float64Array(WINDOW);
const workImaginary = new Float64Array(WINDOW);

/** Bands of the window that begins at `from`, in dB; beyond the end there is silence. */
export function melColumn(signal: ArrayLike<number>, from: number, into: Float32Array): void {
  for (let n = 0; n < WINDOW; n++) workReal[n] = (signal[from + n] ?? 0) * HANN[n]!;
  workImaginary.fill(0);
  fourier(workReal, workImaginary);
  FILTERS.forEach(({ first, weights }, band) => {
    let power = 0;
    for (let i = 0; i < weights.length; i++) {
      const bin = first + i;
      power += weights[i]! * (workReal[bin]! ** 2 + workImaginary[bin]! ** 2);
    }
    into[band] = Math.max(FLOOR, 10 * Math.log10(power / SCALE + 1e-12));
  });
}

/** All whole windows of a sound at 16 kHz: [columns, BANDS] in dB. */
export function melPicture(signal: ArrayLike<number>): Float32Array {
  const columns = Math.max(0, Math.floor((signal.length - WINDOW) / HOP) + 1);
  const picture = new Float32Array(columns * BANDS);
  for (let column = 0; column < columns; column++) {
    melColumn(signal, column * HOP, picture.subarray(column * BANDS, (column + 1) * BANDS));
  }
  return picture;
}

/** Effective level of a piece of sound in dB; 0 for a square wave of amplitude 1. */
export function levelOf(signal: ArrayLike<number>): number {
  let power = 0;
  for (let n = 0; n < signal.length; n++) power += signal[n]! ** 2;
  return Math.max(FLOOR, 10 * Math.log10(power / signal.length + 1e-12));
}
