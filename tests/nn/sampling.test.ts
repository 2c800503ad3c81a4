import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/engine/random.ts";
import { drawFrom, probabilities, sample, samplingDistribution } from "../../src/nn/sampling.ts";

const LOGITS = [0.5, 0.3, 0.1, 0.07, 0.03].map(Math.log);
const rounded = (values: Float64Array) => [...values].map((value) => Math.round(value * 1e6) / 1e6);

describe("the distribution a token is drawn from", () => {
  it("hand calculations", () => {
    expect(rounded(samplingDistribution(LOGITS))).toEqual([0.5, 0.3, 0.1, 0.07, 0.03]);
    expect(rounded(samplingDistribution(LOGITS, { topK: 2 }))).toEqual([0.625, 0.375, 0, 0, 0]);
    expect(rounded(samplingDistribution(LOGITS, { topP: 0.8 }))).toEqual([0.625, 0.375, 0, 0, 0]);
    // 0.5 + 0.3 < 0.81: the third is needed.
    expect(rounded(samplingDistribution(LOGITS, { topP: 0.81 }))).toEqual([
      0.555556, 0.333333, 0.111111, 0, 0,
    ]);
    // Squares at temperature ½: 0.25, 0.09, 0.01, …
    const squares = [0.25, 0.09, 0.01, 0.0049, 0.0009];
    const total = squares.reduce((a, b) => a + b);
    expect(rounded(samplingDistribution(LOGITS, { temperature: 0.5 }))).toEqual(
      squares.map((value) => Math.round((value / total) * 1e6) / 1e6),
    );
    expect([...samplingDistribution(LOGITS, { temperature: 0 })]).toEqual([1, 0, 0, 0, 0]);
  });

  it("for any logits: adds up to 1, keeps the order and the ratios of what it keeps, never one token too many", () => {
    const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 30 });
    const temperature = fc.double({ min: 0.1, max: 5, noNaN: true });
    const topP = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(logits, temperature, topP, fc.integer({ min: 1, max: 40 }), (values, t, p, k) => {
        const all = probabilities(values, t);
        const kept = samplingDistribution(values, { temperature: t, topP: p, topK: k });
        expect(kept.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        const inside = [...kept.keys()].filter((i) => kept[i]! > 0);
        const outside = [...kept.keys()].filter((i) => kept[i] === 0);
        expect(inside.length).toBeLessThanOrEqual(k);
        const least = Math.min(...inside.map((i) => all[i]!));
        expect(outside.every((i) => all[i]! <= least)).toBe(true);
        const first = inside[0]!;
        for (const i of inside) expect(kept[i]! * all[first]!).toBeCloseTo(kept[first]! * all[i]!, 9);
        // Without its least likely token the set would not reach p of what top-k leaves.
        const likeliest = [...all].sort((a, b) => b - a).slice(0, k);
        const mass = likeliest.reduce((a, b) => a + b);
        const without = inside.reduce((sum, i) => sum + all[i]!, 0) - least;
        expect(without).toBeLessThan(p * mass + 1e-9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("refuses what makes no sense", () => {
    expect(() => samplingDistribution(LOGITS, { temperature: -1 })).toThrow(RangeError);
    expect(() => samplingDistribution(LOGITS, { topK: 0 })).toThrow(RangeError);
    expect(() => samplingDistribution(LOGITS, { topP: 0 })).toThrow(RangeError);
  });
});

describe("drawing", () => {
  it("hits every token as often as its probability says, and never one of probability 0", () => {
    const random = new Random(4);
    const counts = new Array<number>(5).fill(0);
    for (let i = 0; i < 20_000; i++) counts[sample(LOGITS, random, { topK: 4 })]!++;
    const expected = [0.5, 0.3, 0.1, 0.07].map((value) => (value / 0.97) * 20_000);
    // χ² with 3 degrees of freedom is below 16.3 in 99.9 % of draws.
    expect(expected.reduce((sum, e, i) => sum + (counts[i]! - e) ** 2 / e, 0)).toBeLessThan(16.3);
    expect(counts[4]).toBe(0);
  });

  it("is repeatable by seed", () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => drawFrom(probabilities(LOGITS), random));
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});
