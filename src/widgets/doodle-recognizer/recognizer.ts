/** The pretrained network in the worker: what it answers, what it mixes up, and the learner's own last layer on it. */
import { type Pictures, writePicture } from "../../data/pictures.ts";
import type { ModelCard } from "../../models/card.ts";
import { openPretrained, type PretrainedModel } from "../../models/load.ts";
import { type Example, LastLayer, nearestOf, scaled } from "./last-layer.ts";
import type { FeatureId } from "./state.ts";

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
const BATCH = 25;

export interface OwnAnswer {
  /** Of the learner's words, by the new last layer. */
  readonly probabilities: Float32Array;
  /** The word of the drawing whose pixels are nearest. */
  readonly nearest: number;
}

export interface Looked {
  /** Of the network's own classes. */
  readonly probabilities: Float32Array;
  /** Once own words are taught. */
  readonly own: OwnAnswer | undefined;
}

/** A pair of classes that the network takes for each other. */
export interface Confusion {
  readonly right: number;
  readonly answered: number;
  /** Held-out drawings of `right` that were answered `answered`. */
  readonly count: number;
  /** Positions of those drawings among the held-out ones. */
  readonly pictures: readonly number[];
}

export interface Survey {
  readonly count: number;
  readonly accuracy: number;
  /** Share of the drawings whose class is among the five largest probabilities. */
  readonly topFive: number;
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  /** For each class: held-out drawings, and how many of them are answered rightly. */
  readonly perClass: readonly { readonly count: number; readonly right: number }[];
}

export interface Drawn {
  readonly picture: Float32Array;
  readonly label: number;
}

export interface Taught {
  readonly losses: Float32Array;
  /** Numbers in the new last layer. */
  readonly parameters: number;
  /** Of the drawings it was taught, how many it now answers rightly. */
  readonly right: number;
  readonly count: number;
}

/** Drawings answered rightly while each of them was kept back once, by three ways of the same task. */
export interface LeftOut {
  readonly count: number;
  readonly features: number;
  /** The same last layer, on pixels instead of features. */
  readonly pixels: number;
  /** The answer of the drawing with the nearest pixels. */
  readonly nearest: number;
}

export class Recognizer {
  readonly card: ModelCard;
  readonly #one: PretrainedModel;
  readonly #bytes: Uint8Array;
  #layer: LastLayer | undefined;
  #featureId: FeatureId = "p3";
  #drawn: readonly Example[] = [];

  /** @throws OnnxError when the file is damaged. */
  constructor(card: ModelCard, bytes: Uint8Array) {
    this.card = card;
    this.#bytes = bytes;
    this.#one = openPretrained(card, bytes, 1);
  }

  /** @param picture 28 × 28 values from 0 to 1. */
  look(picture: Float32Array): Looked {
    const stages = this.#one.run(picture);
    const probabilities = stages["probabilities"]!.slice();
    const layer = this.#layer;
    if (!layer) return { probabilities, own: undefined };
    const nearest = nearestOf(this.#drawn, picture).at;
    return {
      probabilities,
      own: {
        probabilities: layer.look(scaled(stages[this.#featureId]!)),
        nearest: this.#drawn[nearest]!.label,
      },
    };
  }

  /** Trains a new last layer on the learner's drawings; the network itself stays as it is. */
  teach(drawn: readonly Drawn[], classes: number, featureId: FeatureId): Taught {
    const examples = this.#examples(drawn, featureId);
    this.forget();
    const layer = new LastLayer(examples, classes);
    const losses = layer.train();
    this.#layer = layer;
    this.#featureId = featureId;
    this.#drawn = drawn.map(({ picture, label }) => ({ features: picture, label }));
    const right = examples.filter(({ features, label }) => largest(layer.look(features)) === label).length;
    const parameters = (examples[0]!.features.length + 1) * classes;
    return { losses, parameters, right, count: drawn.length };
  }

  forget(): void {
    this.#layer?.dispose();
    this.#layer = undefined;
  }

  /** Keeps each drawing back once; yields after each, so that messages are heard. */
  *leaveOneOut(
    drawn: readonly Drawn[],
    classes: number,
    featureId: FeatureId,
  ): Generator<number, LeftOut, undefined> {
    const examples = this.#examples(drawn, featureId);
    const pixels = drawn.map(({ picture, label }) => ({ features: scaled(picture), label }));
    const plain = drawn.map(({ picture, label }) => ({ features: picture, label }));
    const layers = [examples, pixels].map((samples) => new LastLayer(samples, classes));
    const right = { features: 0, pixels: 0, nearest: 0 };
    for (const [i, { label, picture }] of drawn.entries()) {
      for (const layer of layers) layer.train(i);
      if (largest(layers[0]!.look(examples[i]!.features)) === label) right.features += 1;
      if (largest(layers[1]!.look(pixels[i]!.features)) === label) right.pixels += 1;
      if (drawn[nearestOf(plain, picture, i).at]!.label === label) right.nearest += 1;
      yield i + 1;
    }
    for (const layer of layers) layer.dispose();
    return { count: drawn.length, ...right };
  }

  #examples(drawn: readonly Drawn[], featureId: FeatureId): Example[] {
    return drawn.map(({ picture, label }) => ({
      features: scaled(this.#one.run(picture)[featureId]!),
      label,
    }));
  }

  /** Runs all held-out drawings; yields how many are done. */
  *survey(pictures: Pictures): Generator<number, Survey, undefined> {
    const many = openPretrained(this.card, this.#bytes, BATCH);
    const classes = this.card.classes.length;
    const count = pictures.labels.length;
    const answers = new Uint8Array(count);
    let amongFive = 0;
    const batch = new Float32Array(BATCH * PIXELS);
    for (let first = 0; first < count; first += BATCH) {
      const size = Math.min(BATCH, count - first);
      for (let i = 0; i < size; i++) {
        writePicture(pictures, first + i, batch.subarray(i * PIXELS, (i + 1) * PIXELS));
      }
      const all = many.run(batch)["probabilities"]!;
      for (let i = 0; i < size; i++) {
        const own = all.subarray(i * classes, (i + 1) * classes);
        answers[first + i] = largest(own);
        if (topOf(own, 5).includes(pictures.labels[first + i]!)) amongFive += 1;
      }
      yield first + size;
    }
    return surveyOf(pictures.labels, answers, classes, amongFive / count);
  }
}

export const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));

/** Positions of the largest values, the largest first; equal values in their order. */
export function topOf(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (_, i) => i)
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, count);
}

/** Counts what was answered for what. */
export function surveyOf(
  labels: ArrayLike<number>,
  answers: ArrayLike<number>,
  classes: number,
  topFive: number,
): Survey {
  const found = new Map<number, number[]>();
  const perClass = Array.from({ length: classes }, () => ({ count: 0, right: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const [right, answered] = [labels[i]!, answers[i]!];
    perClass[right]!.count += 1;
    if (right === answered) perClass[right]!.right += 1;
    else {
      const key = right * classes + answered;
      found.set(key, [...(found.get(key) ?? []), i]);
    }
  }
  const confusions = [...found]
    .map(([key, pictures]) => ({
      right: Math.floor(key / classes),
      answered: key % classes,
      count: pictures.length,
      pictures,
    }))
    .sort((a, b) => b.count - a.count || a.right - b.right || a.answered - b.answered);
  const right = perClass.reduce((sum, each) => sum + each.right, 0);
  return { count: labels.length, accuracy: right / labels.length, topFive, confusions, perClass };
}
