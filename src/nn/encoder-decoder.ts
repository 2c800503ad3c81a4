/**
 * A recurrent encoder–decoder (K. Cho et al. 2014, arXiv:1406.1078; I. Sutskever, O. Vinyals, Q. Le 2014,
 * arXiv:1409.3215), with or without attention over everything the encoder read (D. Bahdanau, K. Cho, Y. Bengio 2014,
 * arXiv:1409.0473).
 */
import type { Tensor } from "../engine/graph.ts";
import { tanh } from "../engine/ops/activations.ts";
import { add, multiply } from "../engine/ops/arithmetic.ts";
import { notEqual } from "../engine/ops/comparison.ts";
import { toFloat } from "../engine/ops/conversion.ts";
import { gather } from "../engine/ops/gather.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { maskedSoftmax } from "../engine/ops/masked-softmax.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { concat, slice } from "../engine/ops/slice.ts";
import { normal, xavier } from "./initialisers.ts";
import { denseLayer } from "./layers.ts";
import { maskedCrossEntropy } from "./losses.ts";
import type { Parameters } from "./parameters.ts";
import { type Cell, cellWeights, recurrentStep, unroll } from "./recurrent.ts";

export interface EncoderDecoderConfig {
  /** Tokens of source and target together. */
  readonly vocabulary: number;
  readonly embedding: number;
  /** Units of each of the encoder's two directions. */
  readonly encoder: number;
  readonly decoder: number;
  /** Width in which queries and keys meet; 0 for a decoder that sees the encoder's last states only. */
  readonly attention: number;
  /** Fills sequences up to their common length; it is neither read nor learned. */
  readonly padding: number;
}

interface Alignment {
  /** [decoder, attention], [2·encoder, attention], [attention, 1]. */
  readonly query: Tensor;
  readonly key: Tensor;
  readonly score: Tensor;
}

export interface EncoderDecoder {
  readonly config: EncoderDecoderConfig;
  readonly tokens: Tensor;
  readonly forward: Cell;
  readonly backward: Cell;
  readonly bridge: (x: Tensor) => Tensor;
  readonly cell: Cell;
  readonly alignment: Alignment | undefined;
  readonly output: (x: Tensor) => Tensor;
}

/** What the encoder hands over. */
export interface Encoded {
  /** Of both directions side by side: [batch, source time, 2·encoder]. */
  readonly states: Tensor;
  /** The states as the attention compares them: [batch, source time, attention]. */
  readonly keys: Tensor | undefined;
  /** 1 where a token is no padding: [batch, source time]. */
  readonly mask: Tensor;
  /** The decoder's first state: [batch, decoder]. */
  readonly start: Tensor;
}

export interface Decoded {
  /** [batch, decoder]. */
  readonly state: Tensor;
  /** [batch, vocabulary]. */
  readonly logits: Tensor;
  /** How much of each source position was taken, [batch, source time]; `undefined` without attention. */
  readonly weights: Tensor | undefined;
}

export function encoderDecoderWeights(parameters: Parameters, config: EncoderDecoderConfig): EncoderDecoder {
  const { vocabulary, embedding, encoder, decoder, attention } = config;
  const tokens = parameters.add("tokens", [vocabulary, embedding], normal(1));
  const read = { kind: "gru", inputs: embedding, units: encoder } as const;
  const context = attention > 0 ? 2 * encoder : 0;
  return {
    config,
    tokens,
    forward: cellWeights(parameters, "encoder forward", read),
    backward: cellWeights(parameters, "encoder backward", read),
    bridge: denseLayer(parameters, "bridge", { inputs: 2 * encoder, outputs: decoder, activation: "tanh" }),
    cell: cellWeights(parameters, "decoder", { kind: "gru", inputs: embedding + context, units: decoder }),
    alignment:
      attention > 0
        ? {
            query: parameters.add("attention query weights", [decoder, attention], xavier),
            key: parameters.add("attention key weights", [2 * encoder, attention], xavier),
            score: parameters.add("attention score weights", [attention, 1], xavier),
          }
        : undefined,
    output: denseLayer(parameters, "output", { inputs: decoder + context, outputs: vocabulary }),
  };
}

/** Reads source tokens [batch, time] (`i32`) from both ends. */
export function encodeSource(source: Tensor, own: EncoderDecoder): Encoded {
  const x = gather(own.tokens, source);
  const mask = notEqual(toFloat(source), own.config.padding);
  // Zeros that follow the batch of the mask: a constant would fix the batch of an exported file.
  const empty = multiply(
    slice(mask, [{}, { end: 1 }]),
    broadcast(source.graph.constant(0), [1, own.config.encoder]),
  );
  const state = { output: empty, memory: undefined };
  const there = unroll(x, own.forward, { mask, state });
  const back = unroll(x, own.backward, { mask, state, reverse: true });
  const states = concat([there.outputs, back.outputs], 2);
  return {
    states,
    mask,
    keys: own.alignment && matmul(states, own.alignment.key),
    start: own.bridge(concat([there.state.output, back.state.output], 1)),
  };
}

/**
 * How the decoder in `state` [batch, decoder] divides its attention: softmax over the source of
 * vᵀ·tanh(W·state + U·hⱼ), padding left out.
 */
function align(state: Tensor, encoded: Encoded, { query, score }: Alignment) {
  const [batch, time, width] = encoded.keys!.shape as [number, number, number];
  const asked = reshape(matmul(state, query), [batch, 1, width]);
  const scores = matmul(tanh(add(encoded.keys!, asked)), score);
  const weights = maskedSoftmax(reshape(scores, [batch, time]), encoded.mask);
  const context = matmul(reshape(weights, [batch, 1, time]), encoded.states);
  return { weights, context: reshape(context, [batch, encoded.states.shape[2]!]) };
}

/** One target token `token` [batch] (`i32`) further. */
export function decodeStep(token: Tensor, state: Tensor, encoded: Encoded, own: EncoderDecoder): Decoded {
  const step = advance(gather(own.tokens, token), state, encoded, own);
  return { state: step.state, logits: own.output(step.read), weights: step.weights };
}

function advance(embedded: Tensor, state: Tensor, encoded: Encoded, own: EncoderDecoder) {
  const aligned = own.alignment && align(state, encoded, own.alignment);
  const x = aligned ? concat([embedded, aligned.context], 1) : embedded;
  const { output } = recurrentStep(x, { output: state, memory: undefined }, own.cell);
  // What the logits are read from: [batch, decoder (+ 2·encoder)].
  return {
    state: output,
    read: aligned ? concat([output, aligned.context], 1) : output,
    weights: aligned?.weights,
  };
}

/**
 * The decoder over known target tokens `given` [batch, time] (`i32`), which begin with a start token (teacher forcing).
 * @returns logits [batch, time, vocabulary], and the attention [batch, time, source time] where there is one.
 */
export function decodeGiven(given: Tensor, encoded: Encoded, own: EncoderDecoder) {
  const [batch, time] = given.shape as [number, number];
  const embedded = gather(own.tokens, given);
  let state = encoded.start;
  const [read, weights]: [Tensor[], Tensor[]] = [[], []];
  for (let t = 0; t < time; t++) {
    const x = reshape(slice(embedded, [{}, { start: t, end: t + 1 }]), [batch, own.config.embedding]);
    const step = advance(x, state, encoded, own);
    state = step.state;
    read.push(reshape(step.read, [batch, 1, step.read.shape[1]!]));
    if (step.weights) weights.push(reshape(step.weights, [batch, 1, step.weights.shape[1]!]));
  }
  return {
    logits: own.output(concat(read, 1)),
    weights: weights.length > 0 ? concat(weights, 1) : undefined,
  };
}

/** Mean cross-entropy of `targets` [batch, time] (`i32`) over everything but padding, in nats a token. */
export function translationLoss(logits: Tensor, targets: Tensor, padding: number): Tensor {
  const [batch, time, vocabulary] = logits.shape as [number, number, number];
  const rows = reshape(logits, [batch * time, vocabulary]);
  return maskedCrossEntropy(rows, reshape(targets, [batch * time]), padding);
}
