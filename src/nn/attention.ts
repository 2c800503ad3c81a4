/** Scaled dot-product attention with several heads (A. Vaswani et al. 2017, arXiv:1706.03762, section 3.2). */
import type { Tensor } from "../engine/graph.ts";
import { multiply } from "../engine/ops/arithmetic.ts";
import { equal, lessOrEqual, where } from "../engine/ops/comparison.ts";
import { reshape } from "../engine/ops/layout.ts";
import { causalSoftmax, maskedSoftmax } from "../engine/ops/masked-softmax.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { softmax } from "../engine/ops/softmax.ts";
import { transpose } from "../engine/ops/transpose.ts";
import { type Initialiser, xavier, zeros } from "./initialisers.ts";
import { type Dense, dense } from "./layers.ts";
import type { Updates } from "./optimizers.ts";
import type { ParameterSource } from "./parameters.ts";

/** Four projections [width, width], each with a bias. */
export interface Attention {
  readonly heads: number;
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly output: Dense;
}

/** @throws RangeError when the heads do not divide the width. */
export function attentionWeights(
  parameters: ParameterSource,
  name: string,
  { width, heads, initialiser = xavier, outputInitialiser = initialiser }: AttentionSizes,
): Attention {
  if (width % heads !== 0) throw new RangeError(`${name}: ${heads} heads do not divide a width of ${width}`);
  const projection = (what: string, begin: Initialiser): Dense => ({
    weights: parameters.add(`${name} ${what} weights`, [width, width], begin),
    bias: parameters.add(`${name} ${what} bias`, [width], zeros),
  });
  return {
    heads,
    query: projection("query", initialiser),
    key: projection("key", initialiser),
    value: projection("value", initialiser),
    output: projection("output", outputInitialiser),
  };
}

export interface AttentionSizes {
  readonly width: number;
  readonly heads: number;
  readonly initialiser?: Initialiser;
  readonly outputInitialiser?: Initialiser;
}

/** [batch, time, width] → [batch, heads, time, width/heads]. */
function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch, time, width] = x.shape as [number, number, number];
  return transpose(reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
}

function joinHeads(x: Tensor): Tensor {
  const [batch, heads, time, size] = x.shape as [number, number, number, number];
  return reshape(transpose(x, [0, 2, 1, 3]), [batch, time, heads * size]);
}

/** Queries scaled by 1/√(width/heads), so that the products keep a variance of about 1. */
function queriesOf(x: Tensor, { query, heads }: Attention): Tensor {
  const size = x.shape.at(-1)! / heads;
  return splitHeads(multiply(dense(x, query), 1 / Math.sqrt(size)), heads);
}

/** `"causal"`: a position sees itself and what came before. A tensor: seen where it is not 0. */
export type Mask = "none" | "causal" | Tensor;

export interface AttentionResult {
  /** What the queries are made of, and of self-attention the keys and values too: [batch, time, width]. */
  readonly input: Tensor;
  /** [batch, time, width]. */
  readonly output: Tensor;
  /** How much each position takes from each: [batch, heads, time, source time]. */
  readonly weights: Tensor;
  /** Already scaled by 1/√(width/heads): [batch, heads, time, width/heads]. */
  readonly queries: Tensor;
  /** [batch, heads, source time, width/heads]. */
  readonly keys: Tensor;
  /** [batch, heads, source time, width/heads]. */
  readonly values: Tensor;
  /** Scaled products, before the mask: [batch, heads, time, source time]. */
  readonly scores: Tensor;
  /** What each head takes: [batch, heads, time, width/heads]. */
  readonly mixed: Tensor;
}

/**
 * What each position of `x` [batch, time, width] takes from `source` [batch, source time, width]: self-attention
 * when both are one, cross-attention otherwise. A mask tensor broadcasts to [batch, heads, time, source time]; a
 * position that sees nothing gets the output's bias.
 */
export function attention(x: Tensor, source: Tensor, own: Attention, mask: Mask): AttentionResult {
  const keys = splitHeads(dense(source, own.key), own.heads);
  const values = splitHeads(dense(source, own.value), own.heads);
  const queries = queriesOf(x, own);
  const scores = matmul(queries, keys, { transposeB: true });
  let weights: Tensor;
  if (mask === "none") weights = softmax(scores);
  else weights = mask === "causal" ? causalSoftmax(scores) : maskedSoftmax(scores, mask);
  const mixed = matmul(weights, values);
  const output = dense(joinHeads(mixed), own.output);
  return { input: x, output, weights, queries, keys, values, scores, mixed };
}

/** Keys and values of the positions so far, as states [batch, heads, context, width/heads]. */
export interface Cache {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/**
 * Causal self-attention of one further position, x [batch, 1, width], at the scalar `position`: only its own key and
 * value are computed, the earlier ones come from the cache. `updates` keeps the new ones.
 */
export function cachedAttention(
  x: Tensor,
  own: Attention,
  cache: Cache,
  position: Tensor,
): { output: Tensor; updates: Updates } {
  const context = cache.keys.shape[2]!;
  const places = Array.from({ length: context }, (_, i) => i);
  const here = equal(x.graph.constant(places, [context, 1]), position);
  const written = (state: Tensor, layer: Dense) => where(here, splitHeads(dense(x, layer), own.heads), state);
  const [keys, values] = [written(cache.keys, own.key), written(cache.values, own.value)];
  const scores = matmul(queriesOf(x, own), keys, { transposeB: true });
  const weights = maskedSoftmax(scores, lessOrEqual(x.graph.constant(places, [context]), position));
  return {
    output: dense(joinHeads(matmul(weights, values)), own.output),
    updates: new Map([
      [cache.keys, keys],
      [cache.values, values],
    ]),
  };
}
