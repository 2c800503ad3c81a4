import { describe, expect, it } from "vitest";
import { Random } from "../../src/engine/random.ts";

const MASK = (1n << 32n) - 1n;
const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & MASK;

/** xoshiro128** and splitmix32 written down again in whole numbers of any size, after the authors' C. */
function* reference(seed: number): Generator<number> {
  let state = BigInt.asUintN(32, BigInt(seed));
  const fill = () => {
    state = (state + 0x9e3779b9n) & MASK;
    let z = state;
    z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & MASK;
    z = ((z ^ (z >> 15n)) * 0x735a2d97n) & MASK;
    return z ^ (z >> 15n);
  };
  const s: [bigint, bigint, bigint, bigint] = [fill(), fill(), fill(), fill()];
  for (;;) {
    yield Number((rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK);
    const t = (s[1] << 9n) & MASK;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

const sample = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("seeded random numbers", () => {
  it.each([0, 1, -7, 20261124])("follow xoshiro128** from seed %i", (seed) => {
    const random = new Random(seed);
    const numbers = reference(seed);
    for (let i = 0; i < 2000; i++) expect(random.bits()).toBe(numbers.next().value);
  });

  it("are uniform: χ² over 64 bins stays below its 99.99 % quantile", () => {
    const random = new Random(3);
    const counts = new Array<number>(64).fill(0);
    const expected = 1000;
    for (let i = 0; i < 64 * expected; i++) counts[Math.floor(random.uniform(0, 64))]!++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeLessThan(115);
  });

  it("are normal: mean, variance and fourth moment of 1, 1 and 3 standard deviations", () => {
    const random = new Random(4);
    const values = sample(100_000, () => random.normal(2, 3)).map((value) => (value - 2) / 3);
    expect(Math.abs(average(values))).toBeLessThan(0.015);
    expect(Math.abs(average(values.map((value) => value ** 2)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(average(values.map((value) => value ** 4)) - 3)).toBeLessThan(0.15);
  });

  it("shuffle evenly: each of the 24 orders of four things comes up equally often", () => {
    const random = new Random(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle([0, 1, 2, 3]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(58);
  });
});
