/** Transformer blocks, normalised before each part (pre-norm), with residual connections around the parts. */
import type { Tensor } from "../engine/graph.ts";
import { gelu } from "../engine/ops/activations.ts";
import { add } from "../engine/ops/arithmetic.ts";
import {
  type Attention,
  type AttentionResult,
  attention,
  attentionWeights,
  type Cache,
  cachedAttention,
  type Mask,
} from "./attention.ts";
import { type Initialiser, xavier, zeros } from "./initialisers.ts";
import { type Dense, dense } from "./layers.ts";
import type { Noise } from "./noise.ts";
import { layerNormWeights, type Norm, normalize, rmsNormWeights } from "./normalization.ts";
import type { Updates } from "./optimizers.ts";
import type { ParameterSource } from "./parameters.ts";

export interface BlockSizes {
  readonly width: number;
  readonly heads: number;
  /** Of the two fully connected layers; four times the width when left out. */
  readonly hidden?: number;
  readonly norm?: "layer" | "rms";
  /** Whether the block also attends to another sequence. */
  readonly cross?: boolean;
  readonly initialiser?: Initialiser;
  /** Of the layers whose output joins the residual stream. */
  readonly outputInitialiser?: Initialiser;
}

export interface Block {
  readonly attentionNorm: Norm;
  readonly attention: Attention;
  readonly cross: { readonly norm: Norm; readonly attention: Attention } | undefined;
  readonly denseNorm: Norm;
  readonly up: Dense;
  readonly down: Dense;
}

export function normWeights(
  kind: "layer" | "rms",
  parameters: ParameterSource,
  name: string,
  width: number,
): Norm {
  return (kind === "rms" ? rmsNormWeights : layerNormWeights)(parameters, name, width);
}

export function blockWeights(parameters: ParameterSource, name: string, sizes: BlockSizes): Block {
  const { width, hidden = 4 * width, norm = "layer", initialiser = xavier } = sizes;
  const { outputInitialiser = initialiser } = sizes;
  const layer = (what: string, inputs: number, outputs: number, begin: Initialiser): Dense => ({
    weights: parameters.add(`${name} ${what} weights`, [inputs, outputs], begin),
    bias: parameters.add(`${name} ${what} bias`, [outputs], zeros),
  });
  return {
    attentionNorm: normWeights(norm, parameters, `${name} attention norm`, width),
    attention: attentionWeights(parameters, `${name} attention`, sizes),
    cross: sizes.cross
      ? {
          norm: normWeights(norm, parameters, `${name} cross norm`, width),
          attention: attentionWeights(parameters, `${name} cross`, sizes),
        }
      : undefined,
    denseNorm: normWeights(norm, parameters, `${name} dense norm`, width),
    up: layer("up", width, hidden, initialiser),
    down: layer("down", hidden, width, outputInitialiser),
  };
}

export interface BlockOptions {
  readonly mask: Mask;
  /** What a block with cross-attention reads, and which of it. */
  readonly source?: { readonly x: Tensor; readonly mask: Mask };
  /** While training: dropout of what joins the residual stream. */
  readonly dropout?: { readonly noise: Noise; readonly rate: number };
  /** Is handed the parts of the block's self-attention, to show them. */
  readonly observe?: ((parts: AttentionResult) => void) | undefined;
}

const feedForward = (x: Tensor, { denseNorm, up, down }: Block) =>
  dense(gelu(dense(normalize(x, denseNorm), up)), down);

/** [batch, time, width] → the same. */
export function block(x: Tensor, own: Block, { mask, source, dropout, observe }: BlockOptions): Tensor {
  const dropped = (part: Tensor) => (dropout ? dropout.noise.dropout(part, dropout.rate) : part);
  const normalized = normalize(x, own.attentionNorm);
  const parts = attention(normalized, normalized, own.attention, mask);
  observe?.(parts);
  let stream = add(x, dropped(parts.output));
  if (own.cross) {
    if (!source) throw new Error("a block with cross-attention needs a source");
    const query = normalize(stream, own.cross.norm);
    stream = add(stream, dropped(attention(query, source.x, own.cross.attention, source.mask).output));
  }
  return add(stream, dropped(feedForward(stream, own)));
}

/** The block for one further position, x [batch, 1, width]. */
export function cachedBlock(
  x: Tensor,
  own: Block,
  cache: Cache,
  position: Tensor,
): { output: Tensor; updates: Updates } {
  const part = cachedAttention(normalize(x, own.attentionNorm), own.attention, cache, position);
  const stream = add(x, part.output);
  return { output: add(stream, feedForward(stream, own)), updates: part.updates };
}
