/** Cases of the operations on images: windows, strides, paddings, dilations and groups drawn at random. */

import type { Tensor } from "../../src/engine/graph.ts";
import { type ConvolutionOptions, convolution, convolutionSizes } from "../../src/engine/ops/convolution.ts";
import { convolutionWeightGradient } from "../../src/engine/ops/convolution-weights.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { maxPool, maxPoolGradientOperation, maxPoolPickOperation } from "../../src/engine/ops/max-pool.ts";
import { type PoolOptions, poolAttributes } from "../../src/engine/ops/pool-window.ts";
import { averagePool, globalAveragePool, sumPoolGradientOperation } from "../../src/engine/ops/sum-pool.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { upsample } from "../../src/engine/ops/upsample.ts";
import { type Pair, type WindowOptions, windowAttributes } from "../../src/engine/window.ts";
import type { OperationCase } from "./cases.ts";
import type { TestRandom } from "./random.ts";

interface Drawn {
  readonly images: readonly [number, number, number, number];
  readonly weights: readonly [number, number, number, number];
  readonly options: ConvolutionOptions & {
    readonly padding: "same" | readonly [number, number, number, number];
  };
}

const pairOf = (random: TestRandom, most: number): Pair => [random.integer(1, most), random.integer(1, most)];

/** A window that fits into a small image, whatever was drawn. */
export function drawWindow(random: TestRandom, mostWindow = 5) {
  const window: Pair = random.next() < 0.15 ? [1, 1] : pairOf(random, mostWindow);
  const stride: Pair = random.next() < 0.5 ? [1, 1] : pairOf(random, 4);
  const dilation: Pair = random.next() < 0.6 ? [1, 1] : pairOf(random, 3);
  const pad = () => (random.next() < 0.5 ? 0 : random.integer(0, 3));
  const sides = [pad(), pad(), pad(), pad()] as const;
  const padding = random.next() < 0.2 ? ("same" as const) : sides;
  const extent = (axis: 0 | 1) => {
    const span = (window[axis] - 1) * dilation[axis] + 1;
    const framed = padding === "same" ? 0 : padding[axis] + padding[axis + 2]!;
    return Math.max(1, span - framed) + random.integer(0, 9);
  };
  const image: Pair = [extent(0), extent(1)];
  return { image, window, options: { stride, dilation, padding } satisfies WindowOptions };
}

function drawConvolution(random: TestRandom): Drawn {
  const { image, window, options } = drawWindow(random);
  const groups = random.next() < 0.6 ? 1 : random.integer(2, 3);
  const [batch, perGroup, out] = [
    random.integer(1, 2),
    random.integer(1, 3),
    random.integer(1, groups > 1 ? 3 : 8),
  ];
  return {
    images: [batch, perGroup * groups, ...image],
    weights: [out * groups, perGroup, ...window],
    options: { ...options, groups },
  };
}

/** Images and a pooling window that fits into them, its padding smaller than the window. */
function drawPool(random: TestRandom): { images: readonly number[]; options: PoolOptions } {
  const window = pairOf(random, random.next() < 0.2 ? 6 : 3);
  const padding = [0, 1, 2, 3].map((side) =>
    random.next() < 0.6 ? 0 : random.integer(0, window[side % 2]! - 1),
  ) as unknown as readonly [number, number, number, number];
  const images = [
    random.integer(1, 2),
    random.integer(1, 3),
    ...window.map((own) => own + random.integer(0, 10)),
  ];
  const stride = random.next() < 0.4 ? {} : { stride: pairOf(random, 4) };
  return { images, options: { window, padding: random.next() < 0.2 ? "same" : padding, ...stride } };
}

const pooling = (name: string, apply: (x: Tensor, options: PoolOptions) => Tensor): OperationCase => ({
  name,
  draw: (random) => {
    const { images, options } = drawPool(random);
    return { inputs: [{ shape: images }], build: ([x]) => apply(x!, options) };
  },
});

export const imageCases: readonly OperationCase[] = [
  {
    name: "convolution",
    draw: (random) => {
      const { images, weights, options } = drawConvolution(random);
      return {
        inputs: [{ shape: images }, { shape: weights }],
        build: ([x, w]) => convolution(x!, w!, options),
      };
    },
  },
  {
    name: "convolutionWeights",
    draw: (random) => {
      const { images, weights, options } = drawConvolution(random);
      const window = weights.slice(2) as unknown as Pair;
      const attributes = {
        ...windowAttributes(images.slice(2) as unknown as Pair, window, options),
        groups: options.groups ?? 1,
      };
      const { y, x } = convolutionSizes("convolution", images, weights, attributes);
      return {
        inputs: [{ shape: images }, { shape: [images[0], weights[0], y.output, x.output] }],
        build: ([image, positions]) => convolutionWeightGradient(image!, positions!, weights, attributes),
      };
    },
  },
  {
    name: "transposedConvolution",
    draw: (random) => {
      const stride: Pair = [random.integer(1, 3), random.integer(1, 4)];
      const groups = random.integer(1, 2);
      const channels = random.integer(1, 3);
      const weights = [channels * groups, random.integer(1, 3), random.integer(2, 4), random.integer(2, 4)];
      const padding = [0, random.integer(0, 1), random.integer(0, 1), 0] as const;
      const extra: Pair = [random.integer(0, stride[0] - 1), random.integer(0, stride[1] - 1)];
      return {
        inputs: [
          { shape: [random.integer(1, 2), channels * groups, random.integer(1, 5), random.integer(1, 9)] },
          { shape: weights },
        ],
        build: ([x, w]) => transposedConvolution(x!, w!, { stride, padding, groups, extra }),
      };
    },
  },
  pooling("maxPool", (x, options) => maxPool(x, options)),
  pooling("maxPoolGradient", (x, options) => {
    // Differentiated again towards the numbers it hands back.
    const pooled = maxPool(x, options);
    return x.graph.apply(maxPoolGradientOperation, [x, square(pooled)], pooled.attributes);
  }),
  {
    name: "maxPoolPick",
    draw: (random) => {
      const { images, options } = drawPool(random);
      return {
        inputs: [{ shape: images }, { shape: images }],
        build: ([x, values]) =>
          x!.graph.apply(maxPoolPickOperation, [x!, values!], poolAttributes(images, options)),
      };
    },
  },
  pooling("sumPoolGradient", (x, options) => {
    const pooled = averagePool(x, options);
    const attributes = { ...poolAttributes(x.shape, options), size: x.shape.slice(2) };
    return x.graph.apply(sumPoolGradientOperation, [square(pooled)], attributes);
  }),
  pooling("averagePool", (x, options) => square(averagePool(x, options))),
  {
    name: "globalAveragePool",
    draw: (random) => {
      const { images } = drawPool(random);
      return { inputs: [{ shape: images }], build: ([x]) => globalAveragePool(x!) };
    },
  },
  {
    name: "upsample",
    draw: (random) => {
      const { images } = drawPool(random);
      const factor = pairOf(random, 5);
      return { inputs: [{ shape: images }], build: ([x]) => square(upsample(x!, factor)) };
    },
  },
];
