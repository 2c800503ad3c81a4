/** Seeded random numbers: xoshiro128** (D. Blackman, S. Vigna 2018), its state filled by splitmix32. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  /** The Box–Muller method makes normal numbers in pairs; the second waits here. */
  #spare: number | undefined;

  /** @param seed any whole number; equal seeds give equal sequences. */
  constructor(seed: number) {
    let state = seed | 0;
    const fill = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    [this.#a, this.#b, this.#c, this.#d] = [fill(), fill(), fill(), fill()];
  }

  /** A whole number from 0 to 2³² − 1. */
  bits(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + ((high - low) * this.bits()) / 4294967296;
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.uniform(0, count));
  }

  /** Normally distributed (G. Box, M. Muller 1958). */
  normal(mean = 0, deviation = 1): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return mean + deviation * value;
    }
    // 1 − u is never 0, so its logarithm exists.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return mean + deviation * radius * Math.cos(angle);
  }

  /** Puts the elements into a random order, in place (R. Fisher, F. Yates; R. Durstenfeld 1964). */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const moved = values[last]!;
      values[last] = values[other]!;
      values[other] = moved;
    }
    return values;
  }
}
