/** A network that tells questions, requests, exclamations and statements apart by their tokens, whatever their order. */

import { drawSentences, SENTENCE_KINDS, type Sentence } from "../data/sentences.ts";
import { learnSubwords, type Subwords, UNKNOWN } from "../data/subwords.ts";
import { multiply } from "../engine/ops/arithmetic.ts";
import { gather } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { sum } from "../engine/ops/reduce.ts";
import { Random } from "../engine/random.ts";
import { normal } from "../nn/initialisers.ts";
import { denseLayer } from "../nn/layers.ts";
import { Classifier, type ClassifierSpec, type Samples } from "./classifier.ts";

/** Tokens of a sentence at most; what is behind them is not read. */
export const MOST_TOKENS = 16;
export const EMBEDDING = 12;
export const HIDDEN = 10;
const MERGES = 150;
/** Sentences the pieces are learned from. */
const VOCABULARY_TEXTS = 1600;

/** Token numbers [16] → 12 numbers each → their mean → 10 neurons → 4 kinds of sentence. */
const sentenceSpec = (vocabulary: number): ClassifierSpec => ({
  classes: SENTENCE_KINDS.length,
  inputs: [
    { name: "tokens", shape: [MOST_TOKENS], type: "i32" },
    { name: "shares", shape: [MOST_TOKENS] },
  ],
  layers: (parameters) => {
    const table = parameters.add("embedding", [vocabulary, EMBEDDING], normal(0.5));
    const hidden = denseLayer(parameters, "hidden", {
      inputs: EMBEDDING,
      outputs: HIDDEN,
      activation: "relu",
    });
    const output = denseLayer(parameters, "output", { inputs: HIDDEN, outputs: SENTENCE_KINDS.length });
    return ([tokens, shares]) => {
      const embedded = gather(table, tokens!);
      const average = sum(multiply(embedded, reshape(shares!, [...shares!.shape, 1])), [1]);
      const features = hidden(average);
      return [
        { id: "embedding", tensor: embedded },
        { id: "average", tensor: average },
        { id: "hidden", tensor: features },
        { id: "logits", tensor: output(features) },
      ];
    };
  },
});

/** Token numbers, padded, and the share of each in the mean: 1/n, and 0 for what only fills up. */
export function sentenceInputs(subwords: Subwords, text: string): [Int32Array, Float32Array] {
  const ids = subwords
    .encode(text)
    .slice(0, MOST_TOKENS)
    .map(({ id }) => id);
  const tokens = new Int32Array(MOST_TOKENS).fill(UNKNOWN);
  tokens.set(ids);
  const shares = Float32Array.from({ length: MOST_TOKENS }, (_, i) => (i < ids.length ? 1 / ids.length : 0));
  return [tokens, shares];
}

export const SENTENCE_TRAINING = {
  steps: 1500,
  learningRate: 0.01,
  train: 6000,
  test: 600,
  /** Tokens replaced by the unknown one while training, so that it means something. */
  forgotten: 0.06,
} as const;

export interface SentenceNetwork {
  readonly subwords: Subwords;
  readonly network: Classifier;
}

function samplesOf(
  subwords: Subwords,
  sentences: readonly Sentence[],
  forgotten: number,
  seed: number,
): Samples {
  const random = new Random(seed);
  const tokens = new Int32Array(sentences.length * MOST_TOKENS);
  const shares = new Float32Array(sentences.length * MOST_TOKENS);
  sentences.forEach(({ text }, i) => {
    const [ids, weights] = sentenceInputs(subwords, text);
    tokens.set(
      ids.map((id) => (random.uniform() < forgotten ? UNKNOWN : id)),
      i * MOST_TOKENS,
    );
    shares.set(weights, i * MOST_TOKENS);
  });
  return { inputs: [tokens, shares], labels: Int32Array.from(sentences, ({ label }) => label) };
}

/** The pieces this course's sentences fall into. */
export function sentenceSubwords(seed: number): Subwords {
  const texts = drawSentences(VOCABULARY_TEXTS, "train", seed).map(({ text }) => text);
  return learnSubwords(texts, MERGES);
}

/** The untrained network with its data and its tokens. */
export function createSentenceNetwork(seed: number): SentenceNetwork {
  const train = drawSentences(SENTENCE_TRAINING.train, "train", seed);
  const subwords = sentenceSubwords(seed);
  const test = drawSentences(SENTENCE_TRAINING.test, "test", seed + 1_000_003);
  const network = new Classifier(sentenceSpec(subwords.pieces.length), {
    train: samplesOf(subwords, train, SENTENCE_TRAINING.forgotten, seed),
    test: samplesOf(subwords, test, 0, seed),
    batchSize: 32,
    seed,
  });
  return { subwords, network };
}
