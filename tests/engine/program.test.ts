import { describe, expect, it } from "vitest";
import { detectFeatures } from "../../src/engine/compile/features.ts";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { relu, sigmoid, tanh } from "../../src/engine/ops/activations.ts";
import { add, divide, multiply, subtract } from "../../src/engine/ops/arithmetic.ts";
import { exp, log, sqrt, square } from "../../src/engine/ops/functions.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { mean } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";

const detected = detectFeatures();
const backends = [
  { name: "relaxed SIMD", features: detected },
  { name: "SIMD", features: { ...detected, relaxedSimd: false } },
  { name: "interpreter", features: { simd: false, relaxedSimd: false } },
];

describe.each(backends)("program, $name", ({ features }) => {
  it("updates from the old values: two leaves change places, a chain moves one along", () => {
    const graph = new Graph();
    const [a, b, c] = ["a", "b", "c"].map((name) => graph.parameter(name, [6]));
    const swap = new Map([
      [a!, b!],
      [b!, a!],
    ]);
    const chain = new Map([
      [a!, b!],
      [b!, c!],
      [c!, add(a!, b!)],
    ]);
    const program = createProgram(graph, { swap: { updates: swap }, chain: { updates: chain } }, features);
    const fill = () => {
      for (const [i, leaf] of [a!, b!, c!].entries()) program.write(leaf, new Array(6).fill(10 ** i));
    };
    const first = () => [a!, b!, c!].map((leaf) => program.view(leaf)[5]);
    fill();
    program.run("swap", 3);
    expect(first()).toEqual([10, 1, 100]);
    fill();
    program.run("chain");
    expect(first()).toEqual([10, 100, 11]);
    program.run("chain");
    expect(first()).toEqual([100, 11, 110]);
  });

  it("a long entry, whose steps stand in pieces: Fibonacci's numbers, and the guard among them still stops it", () => {
    const graph = new Graph();
    const weights = graph.parameter("weights", [2, 2]);
    const limit = graph.parameter("limit", []);
    // 300 products one after the other: no step takes the next one in.
    let row = graph.constant([1, 0], [1, 2]);
    for (let i = 0; i < 300; i++) row = divide(matmul(row, weights), 2);
    const count = graph.state("count", []);
    const guard = log(limit);
    const updates = new Map([[count, add(count, 1)]]);
    const program = createProgram(graph, { run: { outputs: [row], updates, guard } }, features);
    program.write(weights, [1, 1, 1, 0]);
    program.write(limit, [1]);
    expect(program.run("run", 2)).toBe(2);
    // F(301) / 2³⁰⁰ and F(300) / 2³⁰⁰ by Binet's formula.
    const phi = (1 + Math.sqrt(5)) / 2;
    const expected = [301, 300].map((n) => ((phi / 2) ** n * (n === 301 ? 2 : 1)) / Math.sqrt(5));
    for (const [i, value] of expected.entries())
      expect(Math.abs(program.view(row)[i]! / value - 1)).toBeLessThan(1e-4);
    program.write(limit, [0]);
    expect(program.run("run", 5)).toBe(0);
    expect(program.view(count)[0]).toBe(2);
  });

  it("stops before the step whose guard is not finite, and writes nothing of it", () => {
    const graph = new Graph();
    const x = graph.parameter("x", []);
    const count = graph.state("count", []);
    const squared = graph.label(square(x), "x squared");
    const updates = new Map([
      [x, squared],
      [count, add(count, 1)],
    ]);
    const program = createProgram(graph, { step: { updates, guard: squared } }, features);
    program.write(x, [10]);
    // 10¹, 10², 10⁴, 10⁸, 10¹⁶, 10³²: the next square is beyond 3.4·10³⁸.
    expect(program.run("step", 100)).toBe(5);
    expect(program.view(x)[0]).toBeCloseTo(1e32, -27);
    expect(program.view(count)[0]).toBe(5);
    expect(graph.nameOf(program.firstNonFinite("step")!)).toBe("x squared");
    program.write(x, [1]);
    expect(program.run("step", 100)).toBe(100);
    expect(program.firstNonFinite("step")).toBeUndefined();
  });

  it("hands on infinities and NaN as 32-bit arithmetic has them", () => {
    const graph = new Graph();
    const x = graph.input("x", [5]);
    const outputs = [exp(x), log(x), sqrt(x), tanh(x), sigmoid(x), relu(x), divide(1, x)];
    const program = createProgram(graph, { run: { outputs } }, features);
    program.write(x, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, -1]);
    program.run("run");
    const values = outputs.map((output) =>
      [...program.view(output)].map((value) => Math.round(value * 1e3) / 1e3),
    );
    expect(values).toEqual([
      [Infinity, 0, NaN, 1, 0.368],
      [Infinity, NaN, NaN, -Infinity, NaN],
      [Infinity, NaN, NaN, 0, NaN],
      [1, -1, NaN, 0, -0.762],
      [1, 0, NaN, 0.5, 0.269],
      [Infinity, 0, NaN, 0, 0],
      [0, -0, NaN, Infinity, -1],
    ]);
  });

  it("learns a line by least squares: the minimum calculated by hand", () => {
    const graph = new Graph();
    const [slope, intercept] = [graph.parameter("slope", []), graph.parameter("intercept", [])];
    const x = graph.constant([0, 1, 2, 3], [4]);
    const y = graph.constant([1, 2, 2, 4], [4]);
    const loss = mean(square(subtract(add(multiply(x, slope), intercept), y)));
    const [toSlope, toIntercept] = gradients(loss, [slope, intercept]);
    const updates = new Map([
      [slope, subtract(slope, multiply(toSlope!, 0.1))],
      [intercept, subtract(intercept, multiply(toIntercept!, 0.1))],
    ]);
    const program = createProgram(graph, { step: { updates, guard: loss } }, features);
    program.run("step", 2000);
    // Normal equations: slope 4.5/5, intercept 2.25 − 0.9·1.5.
    expect(program.view(slope)[0]).toBeCloseTo(0.9, 5);
    expect(program.view(intercept)[0]).toBeCloseTo(0.9, 5);
  });

  it("names what does not fit", () => {
    const graph = new Graph();
    const x = graph.input("pixels", [2, 3]);
    const doubled = multiply(x, 2);
    const program = createProgram(graph, { run: { outputs: [doubled] } }, features);
    expect(() => program.write(x, [1, 2])).toThrow(/pixels: 2 values instead of 6/);
    expect(() => program.view(graph.input("stranger", [1]))).toThrow(/does not keep stranger/);
    const wrong = { updates: new Map([[x, graph.constant(0)]]) };
    expect(() => createProgram(graph, { wrong }, features)).toThrow(/wrong/);
    expect(() => createProgram(graph, { wrong: { guard: doubled } }, features)).toThrow(/no scalar/);
  });
});

/** Relative error of a compiled function at many points, against Math in double precision. */
function worstError(
  build: (x: ReturnType<Graph["input"]>) => ReturnType<Graph["input"]>,
  exact: (x: number) => number,
  points: number[],
  relaxedSimd: boolean,
): number {
  const graph = new Graph();
  const x = graph.input("x", [points.length]);
  const y = build(x);
  const program = createProgram(graph, { run: { outputs: [y] } }, { simd: true, relaxedSimd });
  program.write(x, points);
  program.run("run");
  const [given, values] = [program.view(x), program.view(y)];
  return Math.max(
    ...points.map((_, i) => Math.abs(values[i]! - exact(given[i]!)) / Math.abs(exact(given[i]!))),
  );
}

describe.each([true, false])("vector functions, relaxed SIMD %s", (relaxedSimd) => {
  const between = (low: number, high: number) =>
    Array.from({ length: 20_001 }, (_, i) => low + ((high - low) * i) / 20_000).filter((x) => x !== 0);

  it("exp, log, tanh and sigmoid are exact to a few units of the last place", () => {
    expect(worstError(exp, Math.exp, between(-87, 88), relaxedSimd)).toBeLessThan(3e-7);
    const powers = between(-86, 88).map(Math.exp);
    expect(
      worstError(
        log,
        Math.log,
        powers.filter((x) => Math.abs(x - 1) > 1e-3),
        relaxedSimd,
      ),
    ).toBeLessThan(3e-7);
    expect(worstError(tanh, Math.tanh, between(-10, 10), relaxedSimd)).toBeLessThan(5e-7);
    expect(worstError(tanh, Math.tanh, between(-0.01, 0.01), relaxedSimd)).toBeLessThan(5e-7);
    expect(worstError(sigmoid, (x) => 1 / (1 + Math.exp(-x)), between(-80, 80), relaxedSimd)).toBeLessThan(
      5e-7,
    );
  });
});

describe.each([true, false])("matrix products of many sizes, relaxed SIMD %s", (relaxedSimd) => {
  it.each([
    [1, 1, 1],
    [2, 2, 2],
    [17, 33, 9],
    [64, 784, 10],
    [200, 8, 8],
    [5, 1, 129],
    [127, 65, 63],
    // Several blocks of rows and of the inner axis, and a rest of both.
    [149, 1031, 27],
  ])("%i×%i by %i, all ways transposed, agree with the interpreter", (rows, inner, columns) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const graph = new Graph();
        const random = new Random(rows + inner);
        const a = graph.input("a", transposeA ? [inner, rows] : [rows, inner]);
        const b = graph.input("b", transposeB ? [columns, inner] : [inner, columns]);
        const product = matmul(a, b, { transposeA, transposeB });
        const features = { simd: true, relaxedSimd };
        const compact = transposeA === transposeB;
        const program = createProgram(graph, { run: { outputs: [product], compact } }, features);
        for (const leaf of [a, b])
          program.write(
            leaf,
            program.view(leaf).map(() => random.normal()),
          );
        program.run("run", 2);
        const leaves = new Map([a, b].map((leaf) => [leaf, program.view(leaf)]));
        const exact = interpret([product], leaves).get(product)!;
        const largest = Math.max(...exact.map(Math.abs));
        const values = [...program.view(product)];
        expect(values).toHaveLength(rows * columns);
        const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - exact[i]!)), 0);
        expect(worst / largest).toBeLessThan(1e-5);
      }
    }
  });
});
