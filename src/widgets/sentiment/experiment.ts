/** The sentiment network as it is trained in the worker, and what it makes of the learner's sentence. */
import type { RatedSentence } from "../../data/sentiment.ts";
import { TEST_SENTENCES } from "../../data/sentiment-test.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { trainOn } from "../../models/classifier.ts";
import {
  createSentimentNetwork,
  MOST_LETTERS,
  piecesOf,
  readableText,
  SENTIMENT_TRAINING,
  type SentimentNetwork,
  sentimentInputs,
} from "../../models/sentiment-network.ts";

export interface SentimentConfig {
  readonly seed: number;
  /** The learner's sentences with what they mean. */
  readonly own: readonly RatedSentence[];
}

export interface SentimentLive {
  readonly text: string;
}

/** A word of the sentence, and the probability of “positive” without it. */
export interface Word {
  readonly word: string;
  readonly without: number;
}

export interface Reading {
  /** As it was asked. */
  readonly text: string;
  /** Probability of “positive”. */
  readonly positive: number;
  readonly words: readonly Word[];
  /** Pieces of the sentence, and those that the network knows. */
  readonly pieces: number;
  readonly known: number;
  /** Whether letters behind the last that is read were left out. */
  readonly isCut: boolean;
}

export interface SentimentFrame {
  readonly steps: number;
  readonly parameterCount: number;
  readonly knownPieces: number;
  /** Probability of “positive” for each test sentence. */
  readonly test: Float32Array;
  /** The same for each of the learner's sentences. */
  readonly own: Float32Array;
  /** `undefined` when there is no Hangul to read. */
  readonly reading: Reading | undefined;
}

export const STEPS = SENTIMENT_TRAINING.steps;
/** Steps between two measurements on the test sentences. */
const LOOK_EVERY = 10;

export const createSentimentTrainer = (config: SentimentConfig) => new SentimentTrainer(config);

class SentimentTrainer implements Trainer<SentimentLive, SentimentFrame> {
  readonly #own: readonly RatedSentence[];
  readonly #made: SentimentNetwork;
  #text = "";
  #test: Float32Array | undefined;
  #testedAt = 0;
  #halted = false;

  constructor({ seed, own }: SentimentConfig) {
    this.#own = own;
    this.#made = createSentimentNetwork(seed, own);
  }

  setLive({ text }: SentimentLive): void {
    this.#text = text;
  }

  command(): void {}

  advance(steps: number): number {
    const { network } = this.#made;
    const left = STEPS - network.steps;
    const done = trainOn(network, SENTIMENT_TRAINING, steps);
    this.#halted = done < Math.min(steps, left);
    return done;
  }

  divergence(): Divergence | undefined {
    return this.#halted ? { step: this.#made.network.steps, node: "loss" } : undefined;
  }

  frame(): { frame: SentimentFrame; transfer: ArrayBuffer[] } {
    const { network, pieces } = this.#made;
    const { steps, parameterCount } = network;
    if (!this.#test || steps === STEPS || steps - this.#testedAt >= LOOK_EVERY) {
      const { logits } = network.evaluate();
      this.#test = Float32Array.from(TEST_SENTENCES, (_, i) => shareOf(logits[2 * i]!, logits[2 * i + 1]!));
      this.#testedAt = steps;
    }
    const frame = {
      ...{ steps, parameterCount },
      knownPieces: pieces.size,
      test: this.#test.slice(),
      own: Float32Array.from(this.#own, ({ text }) => this.#positive(text)),
      reading: this.#read(this.#text),
    };
    return { frame, transfer: [] };
  }

  dispose(): void {}

  #positive(text: string): number {
    return this.#made.network.look(sentimentInputs(this.#made.pieces, text)).at(-1)![1]!;
  }

  /** Takes one word after the other out and asks again (occlusion, as M. Zeiler and R. Fergus 2014 do with pictures). */
  #read(text: string): Reading | undefined {
    const readable = readableText(text);
    if (readable === "") return undefined;
    const words = readable.split(" ");
    const pieces = piecesOf(text);
    return {
      text,
      positive: this.#positive(text),
      words: words.map((word, i) => ({
        word,
        without: words.length > 1 ? this.#positive(words.filter((_, k) => k !== i).join(" ")) : 0.5,
      })),
      pieces: pieces.length,
      known: pieces.filter((piece) => this.#made.pieces.has(piece)).length,
      isCut: isLong(text),
    };
  }
}

/** Softmax of two logits: the share of the second. */
const shareOf = (first: number, second: number): number => 1 / (1 + Math.exp(first - second));

const isLong = (text: string): boolean =>
  [
    ...text
      .normalize("NFC")
      .replace(/[^가-힣ㄱ-ㅎㅏ-ㅣ]+/g, " ")
      .trim(),
  ].length > MOST_LETTERS;
