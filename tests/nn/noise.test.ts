import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Noise } from "../../src/nn/noise.ts";

function run(
  build: (noise: Noise, graph: Graph) => Tensor[],
  seed = 1,
  features?: { simd: boolean; relaxedSimd: boolean },
) {
  const graph = new Graph();
  const noise = new Noise(graph, seed);
  const outputs = build(noise, graph);
  const program = createProgram(graph, { step: { outputs, updates: noise.updates } }, features);
  return () => {
    program.run("step");
    return outputs.map((output) => Float64Array.from(program.view(output)));
  };
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const correlation = (a: Float64Array, b: Float64Array) => {
  const [centerA, centerB] = [mean(a), mean(b)];
  const product = (x: Float64Array, y: Float64Array, cx: number, cy: number) =>
    mean(x.map((value, i) => (value - cx) * (y[i]! - cy)));
  return (
    product(a, b, centerA, centerB) /
    Math.sqrt(product(a, a, centerA, centerA) * product(b, b, centerB, centerB))
  );
};

describe("noise", () => {
  it("is the same in the interpreter and in compiled code, bit for bit, step after step", () => {
    const build = (noise: Noise, graph: Graph) => [
      noise.uniform([5, 7]),
      noise.dropout(graph.constant(new Array(33).fill(1), [33]), 0.3),
      noise.indices([10], 1000),
    ];
    const ways = [
      { simd: false, relaxedSimd: false },
      { simd: true, relaxedSimd: false },
      { simd: true, relaxedSimd: true },
    ].map((features) => run(build, 7, features));
    for (let step = 0; step < 50; step++) {
      const [plain, ...compiled] = ways.map((way) => way());
      for (const other of compiled) expect(other).toEqual(plain);
    }
  });

  it("differs by step, by use and by seed, without correlation", () => {
    const next = run((noise) => [noise.uniform([10_000]), noise.uniform([10_000])]);
    const [[a, b], [c]] = [next(), next()] as [Float64Array[], Float64Array[]];
    const [other] = run((noise) => [noise.uniform([10_000])], 2)();
    for (const [x, y] of [
      [a, b],
      [a, c],
      [b, c],
      [a, other],
    ] as [Float64Array, Float64Array][]) {
      // Four standard errors of a correlation of 0.
      expect(Math.abs(correlation(x, y))).toBeLessThan(0.04);
    }
    expect(Math.abs(correlation(a!.subarray(0, 9999), a!.subarray(1)))).toBeLessThan(0.04);
    // Counts in 20 equal cells: χ² with 19 degrees of freedom is below 43.8 in 99.9 % of draws.
    const cells = new Array<number>(20).fill(0);
    for (const value of a!) cells[Math.floor(value * 20)]!++;
    expect(cells.reduce((total, count) => total + (count - 500) ** 2 / 500, 0)).toBeLessThan(43.8);
  });

  it("normal numbers have mean 0, variance 1 and the normal tails", () => {
    const [values] = run((noise) => [noise.normal([40_000])])() as [Float64Array];
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(0.2);
    // Φ(−1.96) · 2 = 5 %.
    expect(values.filter((x) => Math.abs(x) > 1.96).length / 40_000).toBeCloseTo(0.05, 2);
  });

  it("dropout leaves out its share, keeps the mean, and visits every element", () => {
    const rate = 0.25;
    const next = run((noise, graph) => [
      noise.dropout(graph.constant(new Array(2000).fill(3), [2000]), rate),
    ]);
    const dropped = new Array<number>(2000).fill(0);
    let total = 0;
    for (let step = 0; step < 100; step++) {
      const [values] = next() as [Float64Array];
      values.forEach((value, i) => {
        if (value === 0) dropped[i]!++;
        else expect(value).toBeCloseTo(4, 5);
        total += value;
      });
    }
    const share = mean(dropped) / 100;
    // 200,000 draws: four standard errors are 0.0039.
    expect(Math.abs(share - rate)).toBeLessThan(0.004);
    expect(Math.abs(total / 200_000 - 3)).toBeLessThan(0.016);
    expect(Math.min(...dropped)).toBeGreaterThan(5);
    expect(Math.max(...dropped)).toBeLessThan(45);
  });
});
