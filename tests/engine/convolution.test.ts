import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { type ConvolutionOptions, convolution } from "../../src/engine/ops/convolution.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { maxPool } from "../../src/engine/ops/max-pool.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { averagePool, globalAveragePool } from "../../src/engine/ops/sum-pool.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { upsample } from "../../src/engine/ops/upsample.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { ShapeError, sizeOf } from "../../src/engine/shape.ts";
import { expectClose } from "./agreement.ts";

type Four = readonly [number, number, number, number];

/** Layers of real networks: whole tiles, rests of channels, rows and columns, every kind of window. */
const LAYERS: readonly [name: string, images: Four, weights: Four, options: ConvolutionOptions][] = [
  ["5×5 of a digit network", [2, 8, 14, 14], [16, 8, 5, 5], { padding: "same" }],
  ["first layer of colour pictures", [1, 3, 20, 18], [13, 3, 3, 3], { padding: 1, stride: 2 }],
  ["1×1, odd plane", [2, 10, 5, 7], [7, 10, 1, 1], {}],
  ["1×1 with a stride", [2, 6, 9, 9], [8, 6, 1, 1], { stride: 2 }],
  ["depthwise", [1, 9, 13, 13], [9, 1, 3, 3], { groups: 9, padding: 1 }],
  ["window wider than a tile", [1, 2, 17, 23], [5, 2, 11, 11], { padding: 5, stride: [2, 3] }],
  ["one long row", [2, 4, 1, 37], [6, 4, 1, 9], { padding: [0, 4, 0, 4], dilation: [1, 1] }],
  ["window as large as the image", [3, 5, 6, 6], [4, 5, 6, 6], {}],
  ["dilated", [1, 4, 19, 21], [6, 4, 3, 3], { dilation: 4, padding: 4 }],
  ["4×4 with stride 2, as generators turn round", [2, 12, 16, 16], [20, 12, 4, 4], { stride: 2, padding: 1 }],
];

describe.each([false, true])("convolutions of networks, relaxed SIMD %s", (relaxedSimd) => {
  it.each(LAYERS)("%s: result and both derivatives agree with plain loops", (_, images, weights, options) => {
    const graph = new Graph();
    const [x, w] = [graph.input("x", images), graph.input("w", weights)];
    const result = convolution(x, w, options);
    const direction = graph.input("direction", result.shape);
    const targets = [result, ...gradients(sum(multiply(result, direction)), [x, w])];
    const program = createProgram(graph, { run: { outputs: targets } }, { simd: true, relaxedSimd });
    const random = new Random(images[2] + weights[0]);
    const values = new Map<Tensor, Float64Array>();
    for (const leaf of [x, w, direction]) {
      program.write(
        leaf,
        Float32Array.from({ length: sizeOf(leaf.shape) }, () => random.normal()),
      );
      values.set(leaf, Float64Array.from(program.view(leaf)));
    }
    program.run("run", 2);
    const expected = interpret(targets, values);
    targets.forEach((target, i) => {
      expectClose(program.view(target), expected.get(target)!, `${["result", "to images", "to weights"][i]}`);
    });
  });

  it("pooling hands on what is not a number, and finds the first of equal maxima", () => {
    const graph = new Graph();
    const x = graph.input("x", [1, 1, 2, 8]);
    const pooled = maxPool(x, { window: 2 });
    const [slope] = gradients(sum(square(pooled)), [x]);
    const program = createProgram(graph, { run: { outputs: [pooled, slope!] } }, { simd: true, relaxedSimd });
    program.write(x, [3, 3, -1, Number.NaN, 0, 2, -5, -6, 3, 1, 2, 4, 2, 1, -4, -4]);
    program.run("run");
    expect([...program.view(pooled)]).toEqual([3, Number.NaN, 2, -4]);
    const expected = [6, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, -8, 0];
    expect([...program.view(slope!)].map((value) => value + 0)).toEqual(expected);
  });
});

/** Values of an expression in constants. */
const value = (tensor: Tensor) => [...interpret([tensor], new Map()).get(tensor)!];

describe("images calculated by hand", () => {
  const graph = new Graph();
  const square3 = graph.constant([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]);

  it("convolution does not turn the filter round: vertical differences of a ramp", () => {
    const filter = graph.constant([-1, 0, 1, 0], [1, 1, 2, 2]);
    expect(value(convolution(square3, filter))).toEqual([3, 3, 3, 3]);
    expect(value(convolution(square3, filter, { padding: [1, 0, 0, 1] }))).toEqual([
      ...[1, 2, 3, 3, 3, 3, 3, 3, 3],
    ]);
  });

  it("groups see their own channels only", () => {
    const two = graph.constant([1, 10], [1, 2, 1, 1]);
    const filters = graph.constant([2, 3], [2, 1, 1, 1]);
    expect(value(convolution(two, filters, { groups: 2 }))).toEqual([2, 30]);
  });

  it("transposed convolution lays scaled filters beside one another", () => {
    const x = graph.constant([1, 2], [1, 1, 1, 2]);
    const filter = graph.constant([5, 6, 7], [1, 1, 1, 3]);
    expect(value(transposedConvolution(x, filter, { stride: 2 }))).toEqual([5, 6, 17, 12, 14]);
  });

  it("average pooling does not count what lies in the padding", () => {
    expect(value(averagePool(square3, { window: 2, stride: 2, padding: [1, 1, 0, 0] }))).toEqual([
      ...[1, 2.5, 5.5, 7],
    ]);
    expect(value(globalAveragePool(square3))).toEqual([5]);
  });

  it("upsampling repeats rows and columns", () => {
    const x = graph.constant([1, 2], [1, 1, 1, 2]);
    expect(value(upsample(x, [2, 3]))).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
  });
});

describe("what does not fit is said in words", () => {
  const graph = new Graph();
  const image = graph.input("image", [1, 4, 5, 5]);
  const filters = (...shape: number[]) => graph.constant(new Float32Array(sizeOf(shape)), shape);

  it.each<[string, () => Tensor, RegExp]>([
    ["channels", () => convolution(image, filters(2, 3, 3, 3)), /has 3 channels, but the images give it 4/],
    [
      "groups",
      () => convolution(image, filters(2, 1, 3, 3), { groups: 3 }),
      /3 groups do not divide 4 input/,
    ],
    ["window", () => convolution(image, filters(2, 4, 7, 1)), /spans 7 rows does not fit .* has 5/],
    ["stride", () => convolution(image, filters(2, 4, 1, 1), { stride: 0 }), /whole and positive/],
    ["axes", () => maxPool(filters(4, 25), { window: 2 }), /four axes/],
    ["padding", () => maxPool(image, { window: 2, padding: 2 }), /padding must be smaller/],
    ["filters", () => transposedConvolution(image, filters(3, 2, 2, 2)), /one entry for each input channel/],
    [
      "empty result",
      () => transposedConvolution(filters(1, 2, 1, 3), filters(2, 4, 1, 1), { padding: [1, 0, 0, 0] }),
      /a result of 0×3; it needs at least 1×1/,
    ],
    [
      "part of a row",
      () => transposedConvolution(image, filters(4, 1, 2, 2), { stride: 2, extra: [0.5, 0] }),
      /10.5×10; it needs/,
    ],
    ["factor", () => upsample(image, 0.5), /whole and positive/],
  ])("%s", (_, build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});
