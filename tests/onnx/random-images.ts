/** Moves of products, convolutions and pooling, and of their derivatives. */
import { gradients } from "../../src/engine/gradient.ts";
import type { Tensor } from "../../src/engine/graph.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { convolution } from "../../src/engine/ops/convolution.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { maxPool, maxPoolPickOperation } from "../../src/engine/ops/max-pool.ts";
import { layerNorm, rmsNorm } from "../../src/engine/ops/normalize.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { averagePool } from "../../src/engine/ops/sum-pool.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { upsample } from "../../src/engine/ops/upsample.ts";
import { type Grower, ifItFits, type Move } from "./grower.ts";

const product: Move = (g) => {
  const a = g.any(({ shape }) => shape.length === 2) ?? g.leaf(g.shape(2));
  const [transposeA, transposeB] = [g.random.next() < 0.3, g.random.next() < 0.3];
  const inner = a.shape[transposeA ? 0 : 1]!;
  const b = g.any(({ shape }) => shape.length === 2 && shape[transposeB ? 1 : 0] === inner && shape[0]! < 30);
  const columns = g.random.integer(1, 9);
  return matmul(a, b ?? g.leaf(transposeB ? [columns, inner] : [inner, columns]), { transposeA, transposeB });
};

/** Products over leading axes, with the second factor's stretched or left out. */
const batchedProduct: Move = (g) => {
  const a = g.any(({ shape }) => shape.length > 2);
  if (!a) return undefined;
  const leading = g.random.pick([a.shape.slice(0, -2), [], a.shape.slice(0, -2).map(() => 1)]);
  return matmul(a, g.leaf([...leading, a.shape.at(-1)!, g.random.integer(1, 5)]));
};

/** Images out of whatever has enough elements. */
function imagesOf(g: Grower): Tensor {
  const x = g.any(({ shape }) => shape.length === 4 && shape[2]! > 2 && shape[3]! > 2);
  return x ?? g.leaf([2, g.random.integer(1, 4), g.random.integer(4, 7), g.random.integer(4, 7)]);
}

const windowOptions = (g: Grower) => ({
  stride: g.random.pick<1 | 2 | readonly [number, number]>([1, 2, [2, 1]]),
  dilation: g.random.pick([1, 1, 2]),
  padding: g.random.pick<0 | 1 | readonly [number, number, number, number]>([0, 1, [2, 1, 0, 1]]),
});

const convolve: Move = (g) => {
  const x = imagesOf(g);
  const channels = x.shape[1]!;
  const groups = channels % 2 === 0 && g.random.next() < 0.5 ? 2 : 1;
  const weights = g.leaf([groups * g.random.integer(1, 2), channels / groups, 2, g.random.integer(1, 3)]);
  return ifItFits(() => convolution(x, weights, { ...windowOptions(g), groups }));
};

const enlarge: Move = (g) => {
  const x = imagesOf(g);
  const weights = g.leaf([x.shape[1]!, g.random.integer(1, 2), 2, g.random.integer(2, 3)]);
  const stride = 2;
  return ifItFits(() =>
    transposedConvolution(x, weights, { stride, padding: g.random.integer(0, 1), extra: [1, 0] }),
  );
};

const pool: Move = (g) => {
  const x = imagesOf(g);
  const options = {
    window: g.random.pick<2 | 3 | readonly [number, number]>([2, 3, [3, 2]]),
    stride: g.random.integer(1, 2),
    padding: g.random.integer(0, 1),
  };
  const apply = g.random.pick([maxPool, maxPool, averagePool]);
  return ifItFits(() => apply(x, options));
};

const repeat: Move = (g) => upsample(imagesOf(g), g.random.pick<2 | readonly [number, number]>([2, [1, 3]]));

/** The derivative of Σ result·numbers towards one of what the result was made of. */
const derivative =
  (make: (g: Grower) => { result: Tensor; towards: Tensor } | undefined): Move =>
  (g) => {
    const made = make(g);
    return made && gradients(sum(multiply(made.result, g.leaf(made.result.shape))), [made.towards])[0];
  };

/** Fresh images: where values are equal or nearly so, rounding would decide which is the largest. */
const freshImages = (g: Grower) =>
  g.leaf([2, g.random.integer(1, 3), g.random.integer(3, 6), g.random.integer(3, 6)]);

const convolutionDerivative = derivative((g) => {
  const x = imagesOf(g);
  const channels = x.shape[1]!;
  const groups = channels % 2 === 0 && g.random.next() < 0.5 ? 2 : 1;
  const weights = g.leaf([groups * g.random.integer(1, 2), channels / groups, 2, g.random.integer(1, 3)]);
  const result = ifItFits(() => convolution(x, weights, { ...windowOptions(g), groups }));
  return result && { result, towards: weights };
});

const poolDerivative = derivative((g) => {
  const x = freshImages(g);
  const options = {
    window: g.random.pick<2 | 3 | readonly [number, number]>([2, 3, [3, 2]]),
    stride: g.random.integer(1, 3),
    padding: g.random.integer(0, 1),
  };
  const result = ifItFits(() => g.random.pick([maxPool, averagePool])(x, options));
  return result && { result: square(result), towards: x };
});

/** Values picked where others are largest. */
const pick: Move = (g) => {
  const x = freshImages(g);
  const pooled = maxPool(x, { window: 2, stride: g.random.integer(1, 2) });
  return g.graph.apply(maxPoolPickOperation, [x, g.leaf(x.shape)], pooled.attributes);
};

const normDerivative = derivative((g) => {
  const x = g.any(({ shape }) => shape.length > 0 && shape.at(-1)! > 1);
  return x && { result: g.random.pick([layerNorm, rmsNorm])(x, 0.1), towards: x };
});

export const imageMoves: readonly Move[] = [
  ...[product, product, product, batchedProduct, batchedProduct],
  ...[convolve, convolve, enlarge, pool, pool, repeat],
  ...[convolutionDerivative, poolDerivative, poolDerivative, pick, normDerivative],
];
