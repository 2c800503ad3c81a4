import { describe, expect, it } from "vitest";
import { CLOUDS, coverageOf, energyDistance, sampleCloud } from "../../src/data/clouds.ts";
import { Random } from "../../src/engine/random.ts";

/** Points on a line, which have a distance that can be integrated: 2·∫(F − G)² (Székely, Rizzo 2013). */
function onLine(values: readonly number[]): Float32Array {
  return Float32Array.from(values.flatMap((value) => [value, 0]));
}

/** The integral over the steps of the two distribution functions. */
function cramer(a: readonly number[], b: readonly number[]): number {
  const places = [...a, ...b].sort((first, second) => first - second);
  const share = (values: readonly number[], x: number) =>
    values.filter((value) => value <= x).length / values.length;
  return places
    .slice(1)
    .reduce(
      (sum, right, i) => sum + (right - places[i]!) * 2 * (share(a, places[i]!) - share(b, places[i]!)) ** 2,
      0,
    );
}

describe("energy distance", () => {
  it("of two single points is twice their distance", () => {
    expect(energyDistance(new Float32Array([0, 0]), new Float32Array([3, 4]))).toBeCloseTo(10, 6);
  });

  it("agrees with the integral of the distribution functions on a line", () => {
    const random = new Random(4);
    for (let round = 0; round < 30; round++) {
      const draw = (count: number, mean: number) =>
        Array.from({ length: count }, () => Math.fround(random.normal(mean, 1)));
      const [a, b] = [draw(1 + random.below(30), 0), draw(1 + random.below(30), random.uniform(-2, 2))];
      expect(energyDistance(onLine(a), onLine(b))).toBeCloseTo(cramer(a, b), 5);
    }
  });

  it("is symmetric, 0 only for equal samples, and small for two samples of one distribution", () => {
    const random = new Random(5);
    for (const { sample } of CLOUDS) {
      const [a, b] = [sampleCloud(sample, 400, random), sampleCloud(sample, 400, random)];
      expect(energyDistance(a, a)).toBeCloseTo(0, 9);
      expect(energyDistance(a, b)).toBeCloseTo(energyDistance(b, a), 9);
      expect(energyDistance(a, b)).toBeLessThan(0.008);
      const moved = b.map((value, i) => (i % 2 === 0 ? value + 0.3 : value));
      expect(energyDistance(a, moved)).toBeGreaterThan(0.03);
    }
  });
});

describe("coverage of heaps", () => {
  const modes = [
    [0, 0],
    [1, 0],
  ] as const;

  it("counts heaps that get a quarter of their share, and points that lie in one", () => {
    const points = (left: number, right: number, outside: number) =>
      Float32Array.from([
        ...Array.from({ length: left }, () => [0.05, 0]).flat(),
        ...Array.from({ length: right }, () => [1, 0.1]).flat(),
        ...Array.from({ length: outside }, () => [0.5, 0.5]).flat(),
      ]);
    expect(coverageOf(points(50, 50, 0), modes)).toEqual({ heaps: 2, reached: 2, inside: 1 });
    expect(coverageOf(points(88, 12, 0), modes)).toEqual({ heaps: 2, reached: 1, inside: 1 });
    expect(coverageOf(points(87, 13, 0), modes).reached).toBe(2);
    expect(coverageOf(points(10, 10, 80), modes)).toEqual({ heaps: 2, reached: 0, inside: 0.2 });
  });

  it("finds every heap in the real points", () => {
    for (const cloud of CLOUDS) {
      if (!("modes" in cloud)) continue;
      const { reached, heaps, inside } = coverageOf(
        sampleCloud(cloud.sample, 400, new Random(1)),
        cloud.modes,
      );
      expect(reached).toBe(heaps);
      expect(inside).toBeGreaterThan(0.99);
    }
  });
});
