/**
 * Properties of convolution and pooling for any sizes, strides, paddings, dilations and groups: what is computed is
 * what plain indexing says, and the derivatives are the adjoints of what is computed. Run in Node and in Chromium.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { convolution } from "../../src/engine/ops/convolution.ts";
import { maxPool } from "../../src/engine/ops/max-pool.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { averagePool, globalAveragePool } from "../../src/engine/ops/sum-pool.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { createProgram } from "../../src/engine/program.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { expectClose } from "./agreement.ts";
import { TestRandom } from "./random.ts";

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const pairUpTo = (max: number) => fc.tuple(upTo(max), upTo(max));
const ones = fc.constant<Pair>([1, 1]);
const none = fc.constant<Sliding["padding"]>([0, 0, 0, 0]);
const border = (max: number) => fc.tuple(upTo(max, 0), upTo(max, 0), upTo(max, 0), upTo(max, 0));

type Pair = readonly [number, number];

interface Sliding {
  readonly window: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: readonly [number, number, number, number];
  readonly beyond: Pair;
  readonly image: Pair;
  readonly batch: number;
  readonly seed: number;
}

/** A window and an image into which it fits; large and small, so that every kernel is met. */
const sliding: fc.Arbitrary<Sliding> = fc
  .record({
    window: fc.oneof(ones, pairUpTo(3), pairUpTo(6)),
    stride: fc.oneof(ones, pairUpTo(4)),
    dilation: fc.oneof({ weight: 2, arbitrary: ones }, { weight: 1, arbitrary: pairUpTo(3) }),
    padding: fc.oneof(none, border(1), border(4)),
    beyond: fc.tuple(upTo(17, 0), upTo(17, 0)),
    batch: upTo(3),
    seed: fc.integer(),
  })
  .map((drawn) => {
    const image = [0, 1].map((axis) => {
      const span = (drawn.window[axis]! - 1) * drawn.dilation[axis]! + 1;
      return Math.max(1, span - drawn.padding[axis]! - drawn.padding[axis + 2]!) + drawn.beyond[axis]!;
    });
    return { ...drawn, image: [image[0]!, image[1]!] };
  });

const layered = fc.record({
  place: sliding,
  groups: fc.oneof(fc.constant(1), upTo(4)),
  inputs: fc.oneof(upTo(3), upTo(12)),
  outputs: fc.oneof(upTo(3), upTo(17)),
});

const positionsOf = ({ window, stride, dilation, padding, image }: Sliding) =>
  [0, 1].map((axis) => {
    const span = (window[axis]! - 1) * dilation[axis]! + 1;
    return Math.floor((image[axis]! + padding[axis]! + padding[axis + 2]! - span) / stride[axis]!) + 1;
  }) as [number, number];

/** Calls `visit` for every element of the image that a window's element lies on; what lies outside is left out. */
function eachInWindow(
  place: Sliding,
  row: number,
  column: number,
  visit: (element: number, weight: number) => void,
) {
  const { window, stride, dilation, padding, image } = place;
  for (let i = 0; i < window[0]; i++) {
    for (let j = 0; j < window[1]; j++) {
      const r = row * stride[0] + i * dilation[0] - padding[0];
      const c = column * stride[1] + j * dilation[1] - padding[1];
      if (r >= 0 && c >= 0 && r < image[0] && c < image[1]) visit(r * image[1] + c, i * window[1] + j);
    }
  }
}

/** Values exact in single precision. */
const draw = (shape: readonly number[], random: TestRandom) =>
  Float32Array.from({ length: sizeOf(shape) }, () => random.between(-2, 2));

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((total, x, i) => total + x * b[i]!, 0);
const size = (a: ArrayLike<number>) => Math.sqrt(dot(a, a));

/** Two scalar products that are to be the same number, up to single precision of their terms. */
function expectSame(a: number, b: number, factors: readonly ArrayLike<number>[]): void {
  const scale = factors.reduce((product, factor) => product * Math.max(1e-6, size(factor)), 1);
  expect(Math.abs(a - b) / scale).toBeLessThan(2e-6);
}

interface Ran {
  readonly y: ArrayLike<number>;
  readonly slopes: readonly ArrayLike<number>[];
  readonly upstream: Float32Array;
}

/** Runs an expression and the derivatives of ⟨result, upstream⟩, compiled; the upstream is drawn. */
function run(
  inputs: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[],
  build: (tensors: readonly Tensor[]) => Tensor,
  random: TestRandom,
): Ran {
  const graph = new Graph();
  const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const output = build(leaves);
  const upstream = draw(output.shape, random);
  const slopes = gradients(sum(multiply(output, graph.constant(upstream, output.shape))), leaves);
  const features = { simd: true, relaxedSimd: random.next() < 0.5 };
  const program = createProgram(graph, { run: { outputs: [output, ...slopes] } }, features);
  leaves.forEach((leaf, i) => {
    program.write(leaf, inputs[i]!.values);
  });
  program.run("run");
  return { y: program.view(output), slopes: slopes.map((slope) => program.view(slope)), upstream };
}

function plainConvolution(
  { place, groups, inputs, outputs }: { place: Sliding; groups: number; inputs: number; outputs: number },
  x: ArrayLike<number>,
  w: ArrayLike<number>,
): Float64Array {
  const [rows, columns] = positionsOf(place);
  const [pixels, weights] = [sizeOf(place.image), sizeOf(place.window)];
  const result = new Float64Array(place.batch * groups * outputs * rows * columns);
  result.forEach((_, at) => {
    const [column, row] = [at % columns, Math.floor(at / columns) % rows];
    const out = Math.floor(at / (columns * rows)) % (groups * outputs);
    const example = Math.floor(at / (columns * rows * groups * outputs));
    for (let channel = 0; channel < inputs; channel++) {
      const plane = (example * groups + Math.floor(out / outputs)) * inputs + channel;
      eachInWindow(place, row, column, (element, weight) => {
        result[at]! += x[plane * pixels + element]! * w[(out * inputs + channel) * weights + weight]!;
      });
    }
  });
  return result;
}

/** Padding narrower than the window, as pooling wants it. */
const pooled = fc
  .record({ place: sliding, channels: upTo(5), full: fc.boolean() })
  .map(({ place, channels, full }) => {
    const padding = place.padding.map((side, i) => Math.min(side, place.window[i % 2]! - 1));
    const image = place.window.map((extent, axis) => extent + place.beyond[axis]!);
    return {
      channels,
      place: {
        ...place,
        ...{ dilation: [1, 1] as const, stride: full ? place.window : place.stride },
        ...{ padding: padding as unknown as readonly [number, number, number, number] },
        image: image as [number, number],
      },
    };
  });

/**
 * @param seed of the drawn cases.
 * @param share of the usual number of cases.
 */
export function describeImageProperties(seed: number, share = 1): void {
  const runs = (usual: number) => ({ seed, numRuns: Math.ceil(share * usual) });

  describe("convolution, any stride, padding, dilation and groups", () => {
    it("is the sum over its window, and both its derivatives are its adjoints", () => {
      fc.assert(
        fc.property(layered, (drawn) => {
          const { place, groups, inputs, outputs } = drawn;
          const random = new TestRandom(place.seed);
          const images = [place.batch, inputs * groups, ...place.image];
          const filters = [outputs * groups, inputs, ...place.window];
          const [x, w] = [draw(images, random), draw(filters, random)];
          const options = { stride: place.stride, dilation: place.dilation, padding: place.padding, groups };
          const { y, slopes, upstream } = run(
            [
              { shape: images, values: x },
              { shape: filters, values: w },
            ],
            ([a, b]) => convolution(a!, b!, options),
            random,
          );
          expectClose(y, plainConvolution(drawn, x, w), "convolution");
          // It is linear in either factor, so ⟨x′ ∗ w, u⟩ = ⟨x′, ∂x⟩ and ⟨x ∗ w′, u⟩ = ⟨w′, ∂w⟩ for any x′ and w′.
          const [x2, w2] = [draw(images, random), draw(filters, random)];
          expectSame(dot(plainConvolution(drawn, x2, w), upstream), dot(x2, slopes[0]!), [x2, slopes[0]!]);
          expectSame(dot(plainConvolution(drawn, x, w2), upstream), dot(w2, slopes[1]!), [w2, slopes[1]!]);
        }),
        runs(100),
      );
    });

    it("transposed: the adjoint of the convolution that leads back", () => {
      const open = fc.tuple(upTo(3, 0), upTo(3, 0));
      fc.assert(
        fc.property(layered, open, (drawn, more) => {
          const { place, groups, inputs, outputs } = drawn;
          const extra = more.map((value, axis) => value % place.stride[axis]!) as [number, number];
          const grid = positionsOf(place);
          const small = [place.batch, outputs * groups, ...grid];
          const weights = [outputs * groups, inputs, ...place.window];
          const enlarged = grid.map((extent, axis) => {
            const reach =
              (extent - 1) * place.stride[axis]! + (place.window[axis]! - 1) * place.dilation[axis]! + 1;
            return reach - place.padding[axis]! - place.padding[axis + 2]! + extra[axis]!;
          }) as [number, number];
          fc.pre(enlarged.every((extent) => extent >= 1));
          const random = new TestRandom(place.seed);
          const [x, w] = [draw(small, random), draw(weights, random)];
          const options = {
            stride: place.stride,
            dilation: place.dilation,
            padding: place.padding,
            groups,
            extra,
          };
          const { y, slopes, upstream } = run(
            [
              { shape: small, values: x },
              { shape: weights, values: w },
            ],
            ([a, b]) => transposedConvolution(a!, b!, options),
            random,
          );
          expect(y.length).toBe(place.batch * inputs * groups * sizeOf(enlarged));
          // ⟨transposed(x, w), u⟩ = ⟨x, u ∗ w⟩.
          const back = plainConvolution({ ...drawn, place: { ...place, image: enlarged } }, upstream, w);
          expectSame(dot(y, upstream), dot(x, back), [x, back]);
          expectClose(slopes[0]!, back, "derivative of the images");
          expectSame(dot(w, slopes[1]!), dot(x, back), [x, back]);
        }),
        runs(66),
      );
    });
  });

  describe("pooling, any window, stride and padding", () => {
    const prepare = ({ place, channels }: { place: Sliding; channels: number }) => {
      const random = new TestRandom(place.seed);
      const shape = [place.batch, channels, ...place.image];
      const options = { window: place.window, stride: place.stride, padding: place.padding };
      const [rows, columns] = positionsOf(place);
      const planes = Array.from({ length: place.batch * channels }, (_, plane) => plane);
      /** Elements of the batch under each window, position by position. */
      const windows = planes.flatMap((plane) =>
        Array.from({ length: rows * columns }, (_, at) => {
          const own: number[] = [];
          eachInWindow(place, Math.floor(at / columns), at % columns, (element) => {
            own.push(plane * sizeOf(place.image) + element);
          });
          return own;
        }),
      );
      return { random, shape, options, windows, x: draw(shape, random) };
    };

    it("max: the largest, and each upstream goes to it alone", () => {
      fc.assert(
        fc.property(pooled, (drawn) => {
          const { random, shape, options, windows, x } = prepare(drawn);
          const { y, slopes, upstream } = run([{ shape, values: x }], ([a]) => maxPool(a!, options), random);
          const expected = new Float64Array(x.length);
          windows.forEach((own, at) => {
            const largest = Math.max(...own.map((element) => x[element]!));
            expect(y[at]).toBe(largest);
            expected[own.find((element) => x[element] === largest)!]! += upstream[at]!;
          });
          expectClose(slopes[0]!, expected, "derivative");
        }),
        runs(80),
      );
    });

    it("average: of what lies in the image, and each upstream is shared out equally", () => {
      fc.assert(
        fc.property(pooled, (drawn) => {
          const { random, shape, options, windows, x } = prepare(drawn);
          const { y, slopes, upstream } = run(
            [{ shape, values: x }],
            ([a]) => averagePool(a!, options),
            random,
          );
          const expected = new Float64Array(x.length);
          const means = windows.map((own, at) => {
            for (const element of own) expected[element]! += upstream[at]! / own.length;
            return own.reduce((total, element) => total + x[element]!, 0) / own.length;
          });
          expectClose(y, Float64Array.from(means), "average");
          expectClose(slopes[0]!, expected, "derivative");
        }),
        runs(80),
      );
    });

    it("global average: one number a channel", () => {
      fc.assert(
        fc.property(pooled, (drawn) => {
          const { random, shape, x } = prepare(drawn);
          const pixels = sizeOf(shape.slice(2));
          const { y, slopes, upstream } = run([{ shape, values: x }], ([a]) => globalAveragePool(a!), random);
          const means = Float64Array.from(upstream, (_, plane) => {
            return (
              x.subarray(plane * pixels, (plane + 1) * pixels).reduce((total, value) => total + value, 0) /
              pixels
            );
          });
          expectClose(y, means, "mean");
          expectClose(
            slopes[0]!,
            Float64Array.from(x, (_, i) => upstream[Math.floor(i / pixels)]! / pixels),
            "derivative",
          );
        }),
        runs(40),
      );
    });
  });
}
