/** An encoder–decoder transformer (A. Vaswani et al. 2017): reads one sequence, writes another. */
import type { Tensor } from "../engine/graph.ts";
import { add, multiply } from "../engine/ops/arithmetic.ts";
import { notEqual } from "../engine/ops/comparison.ts";
import { toFloat } from "../engine/ops/conversion.ts";
import { gather } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { normal } from "./initialisers.ts";
import { maskedCrossEntropy } from "./losses.ts";
import type { Noise } from "./noise.ts";
import { type Norm, normalize } from "./normalization.ts";
import type { Parameters } from "./parameters.ts";
import { type Block, block, blockWeights, normWeights } from "./transformer.ts";

export interface Seq2SeqConfig {
  readonly sourceVocabulary: number;
  readonly targetVocabulary: number;
  readonly width: number;
  readonly heads: number;
  /** Blocks of the encoder, and as many of the decoder. */
  readonly layers: number;
  /** Fills sequences up to their common length; it is not read and not learned. */
  readonly padding: number;
  readonly dropout?: number;
}

export interface Seq2Seq {
  readonly sourceTokens: Tensor;
  readonly targetTokens: Tensor;
  readonly encoder: readonly Block[];
  readonly encoderNorm: Norm;
  readonly decoder: readonly Block[];
  readonly decoderNorm: Norm;
}

export function seq2SeqWeights(parameters: Parameters, config: Seq2SeqConfig): Seq2Seq {
  const { sourceVocabulary, targetVocabulary, width, heads, layers } = config;
  const embedding = normal(1 / Math.sqrt(width));
  const blocks = (name: string, cross: boolean) =>
    Array.from({ length: layers }, (_, i) =>
      blockWeights(parameters, `${name} block ${i + 1}`, { width, heads, cross }),
    );
  return {
    sourceTokens: parameters.add("source embedding", [sourceVocabulary, width], embedding),
    targetTokens: parameters.add("target embedding", [targetVocabulary, width], embedding),
    encoder: blocks("encoder", false),
    encoderNorm: normWeights("layer", parameters, "encoder norm", width),
    decoder: blocks("decoder", true),
    decoderNorm: normWeights("layer", parameters, "decoder norm", width),
  };
}

/**
 * [time, width]: sin(t/10000^(2i/width)) and cos of the same in turn (section 3.5 of the paper), so that every
 * position has a pattern of its own without being learned.
 */
export function sinusoidalPositions(time: number, width: number): Float64Array {
  return Float64Array.from({ length: time * width }, (_, at) => {
    const [position, column] = [Math.floor(at / width), at % width];
    const angle = position / 10000 ** ((2 * Math.floor(column / 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

function embed(tokens: Tensor, table: Tensor): Tensor {
  const [, time] = tokens.shape as [number, number];
  const width = table.shape[1]!;
  const positions = tokens.graph.constant(sinusoidalPositions(time, width), [time, width]);
  return add(multiply(gather(table, tokens), Math.sqrt(width)), positions);
}

/** 1 where a token is no padding, as it broadcasts over [batch, heads, time, source time]. */
function paddingMask(tokens: Tensor, padding: number): Tensor {
  const [batch, time] = tokens.shape as [number, number];
  return reshape(notEqual(toFloat(tokens), padding), [batch, 1, 1, time]);
}

/** What the decoder reads: [batch, source time, width] of source tokens [batch, source time] (`i32`). */
export function encode(tokens: Tensor, own: Seq2Seq, config: Seq2SeqConfig, noise?: Noise): Tensor {
  const mask = paddingMask(tokens, config.padding);
  const dropout = dropoutOf(config, noise);
  let x = embed(tokens, own.sourceTokens);
  for (const layer of own.encoder) x = block(x, layer, { mask, ...dropout });
  return normalize(x, own.encoderNorm);
}

/**
 * Logits [batch, time, target vocabulary] of the tokens after `tokens` [batch, time] (`i32`), which begin with a
 * start token. `source` are the tokens `encoded` came from.
 */
export function decode(
  tokens: Tensor,
  source: Tensor,
  encoded: Tensor,
  own: Seq2Seq,
  config: Seq2SeqConfig,
  noise?: Noise,
): Tensor {
  const mask = paddingMask(source, config.padding);
  const dropout = dropoutOf(config, noise);
  let x = embed(tokens, own.targetTokens);
  for (const layer of own.decoder) {
    x = block(x, layer, { mask: "causal", source: { x: encoded, mask }, ...dropout });
  }
  return matmul(normalize(x, own.decoderNorm), own.targetTokens, { transposeB: true });
}

const dropoutOf = ({ dropout: rate = 0 }: Seq2SeqConfig, noise?: Noise) =>
  noise && rate > 0 ? { dropout: { noise, rate } } : {};

/** Mean cross-entropy of `targets` [batch, time] (`i32`) over everything but padding. */
export function seq2SeqLoss(logits: Tensor, targets: Tensor, { padding }: Seq2SeqConfig): Tensor {
  const [batch, time, vocabulary] = logits.shape as [number, number, number];
  const rows = reshape(logits, [batch * time, vocabulary]);
  return maskedCrossEntropy(rows, reshape(targets, [batch * time]), padding);
}
