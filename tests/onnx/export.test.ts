/** What the writer promises beside equal results: names, cuts, storage of weights, errors. */
import { describe, expect, test } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import type { Operation } from "../../src/engine/operation.ts";
import { relu, tanh } from "../../src/engine/ops/activations.ts";
import { add, multiply } from "../../src/engine/ops/arithmetic.ts";
import { gather } from "../../src/engine/ops/gather.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { Random } from "../../src/engine/random.ts";
import { Noise } from "../../src/nn/noise.ts";
import { decodeModel, readTensor } from "../../src/onnx/decode.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { fromHalf, toHalf } from "../../src/onnx/half.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { runInRuntime } from "./runtime.ts";

/** x·W + b with seeded parameters. */
function layer(inputs = 20, outputs = 10) {
  const graph = new Graph();
  const random = new Random(5);
  const x = graph.input("x", [4, inputs]);
  const weights = graph.parameter("weights", [inputs, outputs]);
  const bias = graph.parameter("bias", [outputs]);
  const values = new Map<Tensor, Float32Array>([
    [weights, Float32Array.from({ length: inputs * outputs }, () => random.normal())],
    [bias, Float32Array.from({ length: outputs }, () => random.normal())],
  ]);
  const read = (leaf: Tensor) => values.get(leaf)!;
  return { graph, x, weights, bias, read, y: add(matmul(x, weights), bias) };
}

describe("names", () => {
  test("inputs and outputs are called as asked, parameters as in the graph", () => {
    const { x, y, read } = layer();
    const { graph } = decodeModel(
      exportOnnx({ inputs: { pixels: x }, outputs: { scores: y }, values: read }).bytes,
    );
    expect(graph.input.map(({ name }) => name)).toEqual(["pixels"]);
    expect(graph.output.map(({ name }) => name)).toEqual(["scores"]);
    expect(graph.initializer.map(({ name }) => name)).toEqual(["weights", "bias"]);
    expect(graph.node.map(({ opType }) => opType)).toEqual(["MatMul", "Add"]);
  });

  test("one tensor may be several outputs, an input may be an output, names may be taken", async () => {
    const graph = new Graph();
    const x = graph.input("x", [2, 2]);
    const y = graph.label(relu(x), "z");
    const { bytes } = exportOnnx({ outputs: { first: y, second: y, same: x, z: tanh(y) }, values: () => [] });
    const results = await runInRuntime(bytes, [[x, [-1, 2, 0.5, -3]]]);
    expect([...results.get("first")!]).toEqual([0, 2, 0.5, 0]);
    expect(results.get("second")).toEqual(results.get("first"));
    expect([...results.get("same")!]).toEqual([-1, 2, 0.5, -3]);
    expect(results.get("z")![1]).toBeCloseTo(Math.tanh(2), 6);
  });

  test("an input and an output of one name are refused", () => {
    const graph = new Graph();
    const x = graph.input("x", [2]);
    expect(() => exportOnnx({ outputs: { x: relu(x) }, values: () => [] })).toThrow(/“x”/);
  });
});

test("a graph is cut off at a named node: training data and its batches stay behind", async () => {
  const graph = new Graph();
  const points = graph.input("all points", [100, 2]);
  const batch = gather(points, graph.input("batch", [5], "i32"));
  const rate = graph.input("rate", []);
  const y = multiply(tanh(batch), rate);
  const { bytes, batch: open } = exportOnnx({ inputs: { x: batch }, outputs: { y }, values: () => [2] });
  expect(open).toEqual({ open: true });
  const model = decodeModel(bytes).graph;
  expect(model.input.map(({ name }) => name)).toEqual(["x"]);
  expect(model.node.map(({ opType }) => opType)).toEqual(["Tanh", "Mul"]);
  const { values } = importOnnx(bytes);
  expect([...values].map(([leaf, data]) => [leaf.name, [...data]])).toEqual([["rate", [2]]]);
});

test("an operation without a counterpart is named, in Korean", () => {
  const graph = new Graph();
  const strange: Operation = { name: "strange", shape: ([x]) => x!, reference: ([x]) => x!.data };
  const y = graph.apply(strange, [graph.input("x", [2])]);
  expect(() => exportOnnx({ outputs: { y }, values: () => [] })).toThrow(
    expect.objectContaining({
      problem: "unsupported",
      message: expect.stringMatching(/없는 연산이.*: strange\./),
    }),
  );
});

test("random numbers are refused, with the reason: a file's would be others at every run", () => {
  const graph = new Graph();
  const y = new Noise(graph, 1).dropout(graph.input("x", [4]), 0.5);
  expect(() => exportOnnx({ outputs: { y }, values: () => [0] })).toThrow(
    expect.objectContaining({
      problem: "unsupported",
      message: expect.stringMatching(/uniform.*실행할 때마다/),
    }),
  );
});

describe("weights stored smaller", () => {
  const parameterOf = (bytes: Uint8Array, name: string) => {
    const { values } = importOnnx(bytes);
    return [...values].find(([leaf]) => leaf.name === name)![1];
  };

  test("half floats: nearest of 11 significant bits, and a file of about half the size", () => {
    const { y, weights, bias, read } = layer(200, 50);
    const [full, half] = (["float32", "float16"] as const).map(
      (storage) => exportOnnx({ outputs: { y }, values: read, weights: storage }).bytes,
    );
    expect(half!.length).toBeLessThan(0.52 * full!.length);
    parameterOf(half!, "weights").forEach((value, at) => {
      const exact = read(weights)[at]!;
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 ** -11 * Math.abs(exact) + 2 ** -25);
    });
    expect([...parameterOf(half!, "bias")]).toEqual([...read(bias)]);
  });

  test("8-bit integers: within half a step of each channel's scale, and a quarter of the size", () => {
    const { y, weights, bias, read } = layer(200, 50);
    const values = read(weights).map((value, at) => value * (1 + (at % 50)));
    const changed = (leaf: Tensor) => (leaf === weights ? values : read(leaf));
    const full = exportOnnx({ outputs: { y }, values: changed }).bytes;
    const { bytes } = exportOnnx({ outputs: { y }, values: changed, weights: "int8" });
    expect(bytes.length).toBeLessThan(0.28 * full.length);
    // Columns differ in size by design, so the scales must lie along the columns.
    const largest = (column: number) =>
      values
        .filter((_, at) => at % 50 === column)
        .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    parameterOf(bytes, "weights").forEach((value, at) => {
      expect(Math.abs(value - values[at]!)).toBeLessThanOrEqual((0.5001 * largest(at % 50)) / 127);
    });
    expect([...parameterOf(bytes, "bias")]).toEqual([...read(bias)]);
  });

  test.each(["float16", "int8"] as const)(
    "%s: onnxruntime computes what our reader reads",
    async (storage) => {
      const { graph, x, y, read } = layer();
      const { bytes } = exportOnnx({ outputs: { y }, values: read, weights: storage });
      const stored = parameterOf(bytes, "weights");
      const input = Float32Array.from({ length: 80 }, (_, i) => Math.sin(i));
      const result = (await runInRuntime(bytes, [[x, input]])).get("y")!;
      const bias = read(graph.leaf("bias"));
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 10; column++) {
          let sum = bias[column]!;
          for (let k = 0; k < 20; k++) sum += input[row * 20 + k]! * stored[k * 10 + column]!;
          expect(result[row * 10 + column]).toBeCloseTo(sum, 4);
        }
      }
    },
  );
});

describe("half floats", () => {
  // Values and bits from the table of examples in IEEE 754-2008 binary16 (also on Wikipedia).
  test.each([
    [0, 0x0000],
    [-0, 0x8000],
    [2 ** -24, 0x0001],
    [1023 * 2 ** -24, 0x03ff],
    [2 ** -14, 0x0400],
    [0.333251953125, 0x3555],
    [0.99951171875, 0x3bff],
    [1, 0x3c00],
    [1.0009765625, 0x3c01],
    [-2, 0xc000],
    [65504, 0x7bff],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
  ])("%d is 0x%s", (value, bits) => {
    expect(toHalf(value)).toBe(bits);
    expect(fromHalf(bits)).toBe(value);
  });

  test("rounds to nearest, ties to even, and overflows from 65520 on", () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(1.5 * 2 ** -24)).toBe(2);
    expect(toHalf(65519)).toBe(0x7bff);
    expect(toHalf(65520)).toBe(0x7c00);
    expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
  });

  test("every finite half survives the way there and back", () => {
    for (let bits = 0; bits < 0x7c00; bits++) expect(toHalf(fromHalf(bits))).toBe(bits);
  });
});

test("a tensor's values may lie in fields instead of raw bytes, as other programs write them", () => {
  const tensor = { dims: [2], floatData: [], int32Data: [], int64Data: [], doubleData: [] };
  expect([...readTensor({ ...tensor, dataType: 1, floatData: [1.5, -2] }).data]).toEqual([1.5, -2]);
  expect([...readTensor({ ...tensor, dataType: 7, int64Data: [3, -4] }).data]).toEqual([3, -4]);
  expect([...readTensor({ ...tensor, dataType: 10, int32Data: [0x3c00, 0xc000] }).data]).toEqual([1, -2]);
});
