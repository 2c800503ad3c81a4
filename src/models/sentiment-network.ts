/**
 * A network that reads a Korean sentence as the pieces of one to four letters it holds, whatever their order (as
 * A. Joulin et al. 2016, arXiv:1607.01759, read words and their parts): an embedding for each, their mean, a hidden
 * layer, two classes. Pieces reach over spaces, so that “안 좋” is one.
 */
import { drawRatedSentences, type RatedSentence, SENTIMENTS } from "../data/sentiment.ts";
import { TEST_SENTENCES } from "../data/sentiment-test.ts";
import { multiply } from "../engine/ops/arithmetic.ts";
import { gather } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { sum } from "../engine/ops/reduce.ts";
import { Random } from "../engine/random.ts";
import { normal } from "../nn/initialisers.ts";
import { denseLayer } from "../nn/layers.ts";
import { Classifier, type ClassifierSpec, type Samples } from "./classifier.ts";

/** Letters of a sentence at most; what is behind them is not read. */
export const MOST_LETTERS = 60;
export const LONGEST_PIECE = 4;
/** Pieces of a sentence at most. */
const MOST_PIECES = LONGEST_PIECE * MOST_LETTERS;
const EMBEDDING = 16;
const HIDDEN = 16;
/** A piece is known when this many different training sentences hold it. */
const FEWEST_SENTENCES = 2;
/** What fills up a short sentence; its share is 0. */
const NOTHING = 0;

export const SENTIMENT_TRAINING = {
  steps: 400,
  learningRate: 0.005,
  train: 2400,
  batchSize: 32,
  /** Share of the pieces left out of each training sentence, so that the answer does not hang on one. */
  forgotten: 0.5,
  /** How often a sentence of the learner's comes among the training sentences. */
  ownCopies: 30,
} as const;

/** The letters that are read: Hangul, and one space for whatever stands between. */
export function readableText(text: string): string {
  return [
    ...text
      .slice(0, 40 * MOST_LETTERS)
      .normalize("NFC")
      .replace(/[^가-힣ㄱ-ㅎㅏ-ㅣ]+/g, " ")
      .trim(),
  ]
    .slice(0, MOST_LETTERS)
    .join("");
}

/** Every piece of one to four letters, with a space before and behind the sentence; no piece of spaces only. */
export function piecesOf(text: string): string[] {
  const letters = [...` ${readableText(text)} `];
  const pieces = new Set<string>();
  for (let length = 1; length <= LONGEST_PIECE; length++) {
    for (let at = 0; at + length <= letters.length; at++) {
      const piece = letters.slice(at, at + length).join("");
      if (piece.trim() !== "") pieces.add(piece);
    }
  }
  return [...pieces];
}

/** Known pieces and their numbers, from 1. */
export type Pieces = ReadonlyMap<string, number>;

function learnPieces(sentences: readonly RatedSentence[]): Pieces {
  const counts = new Map<string, number>();
  for (const text of new Set(sentences.map((sentence) => readableText(sentence.text)))) {
    for (const piece of piecesOf(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  const known = [...counts].filter(([, count]) => count >= FEWEST_SENTENCES);
  return new Map(known.map(([piece], i) => [piece, i + 1]));
}

/** Numbers of the known pieces, and the share of each in the mean: 1/n, and 0 for what fills up. */
export function sentimentInputs(
  pieces: Pieces,
  text: string,
  isKept: () => boolean = () => true,
): [Int32Array, Float32Array] {
  const known = piecesOf(text).flatMap((piece) => pieces.get(piece) ?? []);
  const kept = known.filter(isKept).slice(0, MOST_PIECES);
  const numbers = new Int32Array(MOST_PIECES).fill(NOTHING);
  numbers.set(kept);
  const shares = new Float32Array(MOST_PIECES).fill(1 / Math.max(1, kept.length), 0, kept.length);
  return [numbers, shares];
}

/** Piece numbers → 16 numbers each → their mean → 16 neurons → 2 classes. */
const sentimentSpec = (vocabulary: number): ClassifierSpec => ({
  classes: SENTIMENTS.length,
  inputs: [
    { name: "pieces", shape: [MOST_PIECES], type: "i32" },
    { name: "shares", shape: [MOST_PIECES] },
  ],
  layers: (parameters) => {
    const table = parameters.add("embedding", [vocabulary, EMBEDDING], normal(0.05));
    const hidden = denseLayer(parameters, "hidden", {
      inputs: EMBEDDING,
      outputs: HIDDEN,
      activation: "relu",
    });
    const output = denseLayer(parameters, "output", { inputs: HIDDEN, outputs: SENTIMENTS.length });
    return ([pieces, shares]) => {
      const weighted = multiply(gather(table, pieces!), reshape(shares!, [...shares!.shape, 1]));
      const mean = sum(weighted, [1]);
      const features = hidden(mean);
      return [
        { id: "mean", tensor: mean },
        { id: "hidden", tensor: features },
        { id: "logits", tensor: output(features) },
      ];
    };
  },
});

function samplesOf(
  pieces: Pieces,
  sentences: readonly RatedSentence[],
  forgotten: number,
  seed: number,
): Samples {
  const random = new Random(seed);
  const numbers = new Int32Array(sentences.length * MOST_PIECES);
  const shares = new Float32Array(sentences.length * MOST_PIECES);
  sentences.forEach(({ text }, i) => {
    const [own, parts] = sentimentInputs(pieces, text, () => random.uniform() >= forgotten);
    numbers.set(own, i * MOST_PIECES);
    shares.set(parts, i * MOST_PIECES);
  });
  return { inputs: [numbers, shares], labels: Int32Array.from(sentences, ({ label }) => label) };
}

export interface SentimentNetwork {
  readonly pieces: Pieces;
  readonly network: Classifier;
}

/**
 * The untrained network with its data.
 * @param own the learner's sentences, which are trained along with the course's.
 */
export function createSentimentNetwork(seed: number, own: readonly RatedSentence[] = []): SentimentNetwork {
  const { train, batchSize, forgotten, ownCopies } = SENTIMENT_TRAINING;
  const copies = own.flatMap((sentence) => new Array<RatedSentence>(ownCopies).fill(sentence));
  const sentences = [...drawRatedSentences(train, seed), ...copies];
  const pieces = learnPieces(sentences);
  const network = new Classifier(sentimentSpec(pieces.size + 1), {
    train: samplesOf(pieces, sentences, forgotten, seed),
    test: samplesOf(pieces, TEST_SENTENCES, 0, seed),
    ...{ batchSize, seed },
  });
  return { pieces, network };
}
