/** Brings sound that arrives in pieces from any rate to 16 kHz. */
import { VOICE_RATE } from "./voice.ts";

/** Zero crossings of the kernel on either side: more is sharper and slower. */
const CROSSINGS = 12;
/** Share of the passed frequencies that is given away, so that nothing folds back. */
const CUT = 0.92;

/** A windowed sinc (C. Shannon 1949, with a Hann window): below half of the lower rate all passes, above nothing. */
export class Resampler {
  readonly #step: number;
  readonly #cutoff: number;
  readonly #reach: number;
  /** What of the last pieces is still needed, and the time of its first sample. */
  #kept: Float32Array = new Float32Array();
  #start = 0;
  #next = 0;

  /** @param rate samples a second of what arrives. */
  constructor(rate: number) {
    this.#step = rate / VOICE_RATE;
    this.#cutoff = CUT * Math.min(1, VOICE_RATE / rate);
    this.#reach = CROSSINGS / this.#cutoff;
  }

  /** All samples at 16 kHz that can be told after this piece; a few hundredths of a second wait for the next. */
  push(piece: Float32Array): Float32Array {
    if (this.#step === 1) return piece;
    const signal = new Float32Array(this.#kept.length + piece.length);
    signal.set(this.#kept);
    signal.set(piece, this.#kept.length);
    const end = this.#start + signal.length;
    const made: number[] = [];
    for (; this.#time() + this.#reach < end; this.#next++) made.push(this.#at(signal, this.#time()));
    const drop = Math.max(0, Math.min(signal.length, Math.floor(this.#time() - this.#reach) - this.#start));
    this.#kept = signal.slice(drop);
    this.#start += drop;
    return Float32Array.from(made);
  }

  #time(): number {
    return this.#next * this.#step;
  }

  #at(signal: Float32Array, time: number): number {
    const first = Math.max(this.#start, Math.ceil(time - this.#reach));
    const last = Math.min(this.#start + signal.length - 1, Math.floor(time + this.#reach));
    let sum = 0;
    for (let n = first; n <= last; n++) {
      const distance = time - n;
      const x = Math.PI * this.#cutoff * distance;
      const sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
      const hann = 0.5 + 0.5 * Math.cos((Math.PI * distance) / this.#reach);
      sum += signal[n - this.#start]! * this.#cutoff * sinc * hann;
    }
    return sum;
  }
}
