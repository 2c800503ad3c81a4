/** The same question for ever more data: two networks and the nearest neighbour, on ever larger parts of one set. */
import type { PictureSets } from "../../data/packed.ts";
import { type Pictures, pickPictures } from "../../data/pictures.ts";
import { Random } from "../../engine/random.ts";
import { Classifier, type ClassifierSpec, type Samples, trainOn } from "../../models/classifier.ts";
import { denseLayer } from "../../nn/layers.ts";
import { NearestNeighbour } from "./nearest.ts";
import { SIZES } from "./state.ts";

export const LEARNERS = ["small", "large", "nearest"] as const;
export type LearnerId = (typeof LEARNERS)[number];

/** Hidden neurons of the two networks. */
export const HIDDEN = { small: 4, large: 128 } as const;
/** Of four ReLU neurons one that stays off would be a quarter of the network. */
const ACTIVATION = { small: "tanh", large: "relu" } as const;
/** Training steps of every network, however many pictures it has. */
export const STEPS = 2000;
const BATCH = 32;
const LEARNING_RATE = { small: 0.01, large: 0.003 } as const;
/** Steps between two looks at the messages. */
const PIECE = 50;
/** Pictures are halved: 14 × 14 means of four pixels each. */
export const PIXELS = 196;

export interface Cell {
  readonly learner: LearnerId;
  /** Index into `SIZES`. */
  readonly size: number;
  readonly repetition: number;
  /** Share of the test pictures that were named rightly. */
  readonly accuracy: number;
}

/** Values 0 to 1, [count, PIXELS]: means over 2 × 2 pixels of 28 × 28 pictures. */
export function halved({ pixels, labels, columns }: Pictures): Samples {
  const half = columns / 2;
  const values = new Float32Array(labels.length * PIXELS);
  for (let at = 0; at < values.length; at++) {
    const [row, column] = [Math.floor(at / half), at % half];
    const first = 2 * row * columns + 2 * column;
    const [a, b] = [
      pixels[first]! + pixels[first + 1]!,
      pixels[first + columns]! + pixels[first + columns + 1]!,
    ];
    values[at] = (a + b) / (4 * 255);
  }
  return { inputs: [values], labels: Int32Array.from(labels) };
}

function networkOf(learner: keyof typeof HIDDEN): ClassifierSpec {
  const [hidden, activation] = [HIDDEN[learner], ACTIVATION[learner]];
  return {
    classes: 10,
    inputs: [{ name: "pixels", shape: [PIXELS] }],
    layers: (parameters) => {
      const first = denseLayer(parameters, "hidden", { inputs: PIXELS, outputs: hidden, activation });
      const second = denseLayer(parameters, "output", { inputs: hidden, outputs: 10 });
      return ([x]) => {
        const inner = first(x!);
        return [
          { id: "hidden", tensor: inner },
          { id: "logits", tensor: second(inner) },
        ];
      };
    },
  };
}

/** Weights and biases of a network of the experiment. */
export const parametersOf = (hidden: number): number => (PIXELS + 1) * hidden + (hidden + 1) * 10;

/**
 * Runs everything, repetition by repetition and from the smallest set to the largest, so that the curve grows from
 * the left. Yields each result as soon as it is there, and `undefined` in between, where the worker may stop.
 * Larger sets contain the smaller ones.
 */
export function* experiment(
  { train, test }: PictureSets,
  seed: number,
  repetitions: number,
): Generator<Cell | undefined, void> {
  const tests = halved(test);
  const nearest = new NearestNeighbour(tests, PIXELS);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const order = new Random(seed + repetition).shuffle(Int32Array.from(train.labels, (_, i) => i));
    const all = halved(pickPictures(train, order));
    nearest.forget();
    for (const [size, count] of SIZES.entries()) {
      for (let from = nearest.count; from < count; from = nearest.count) {
        nearest.learn(all, from, Math.min(count, from + 1000));
        yield undefined;
      }
      yield { learner: "nearest", size, repetition, accuracy: nearest.accuracy() };
      const part = {
        inputs: [(all.inputs[0] as Float32Array).subarray(0, count * PIXELS)],
        labels: (all.labels as Int32Array).subarray(0, count),
      };
      for (const learner of ["small", "large"] as const) {
        const options = {
          train: part,
          test: tests,
          batchSize: Math.min(BATCH, count),
          seed: seed + repetition,
        };
        const network = new Classifier(networkOf(learner), options);
        const schedule = { steps: STEPS, learningRate: LEARNING_RATE[learner] };
        while (network.steps < STEPS && trainOn(network, schedule, PIECE) > 0) yield undefined;
        yield { learner, size, repetition, accuracy: network.evaluate().accuracy };
      }
    }
  }
}
