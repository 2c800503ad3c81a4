/** A network that tells a few words apart after a handful of recordings of each. */
import { BANDS, HOP, levelOf, melPicture, WINDOW } from "../data/mel.ts";
import { VOICE_RATE } from "../data/voice.ts";
import { relu } from "../engine/ops/activations.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { convolution } from "../engine/ops/convolution.ts";
import { reshape } from "../engine/ops/layout.ts";
import { Random } from "../engine/random.ts";
import { flatten } from "../nn/image-layers.ts";
import { he, zeros } from "../nn/initialisers.ts";
import { denseLayer } from "../nn/layers.ts";
import { Classifier, type ClassifierSpec, type Samples, trainOn } from "./classifier.ts";

/** A word's picture: moments across, pitch regions down. Each stands for two columns and two bands of `mel.ts`. */
export const MOMENTS = 24;
export const REGIONS = BANDS / 2;
export const PICTURE = MOMENTS * REGIONS;
/** Samples that make one picture: 0.78 s. */
export const WORD = (2 * MOMENTS - 1) * HOP + WINDOW;

/** A recorded word at 16 kHz, and which of the words it is. */
export interface Spoken {
  readonly signal: Float32Array;
  readonly label: number;
}

/**
 * The part of a sound that lies around its middle of energy, `WORD` samples long, filled up with silence.
 * @returns `undefined` when it is all but silent.
 */
export function wordIn(signal: Float32Array): Float32Array | undefined {
  if (levelOf(signal) < QUIETEST) return undefined;
  let [weight, sum] = [0, 0];
  for (let n = 0; n < signal.length; n++) {
    const power = signal[n]! ** 2;
    weight += power;
    sum += n * power;
  }
  const start = Math.round(sum / weight - WORD / 2);
  return Float32Array.from({ length: WORD }, (_, n) => signal[start + n] ?? 0);
}

/** Softer than this is no word, dB. */
const QUIETEST = -55;

/**
 * The picture that the network reads: [MOMENTS, REGIONS], means over two columns and two bands, then shifted and scaled
 * so that the whole has mean 0 and spread 1: how loud somebody speaks does not matter.
 * @param signal `WORD` samples.
 */
export function wordPicture(signal: Float32Array): Float32Array {
  const columns = melPicture(signal);
  const picture = new Float32Array(PICTURE);
  for (let moment = 0; moment < MOMENTS; moment++) {
    for (let region = 0; region < REGIONS; region++) {
      const at = 2 * moment * BANDS + 2 * region;
      const sum = columns[at]! + columns[at + 1]! + columns[at + BANDS]! + columns[at + BANDS + 1]!;
      picture[moment * REGIONS + region] = Math.max(SOFTEST, sum / 4);
    }
  }
  const mean = picture.reduce((sum, value) => sum + value, 0) / PICTURE;
  const variance = picture.reduce((sum, value) => sum + (value - mean) ** 2, 0) / PICTURE;
  return picture.map((value) => (value - mean) / Math.sqrt(variance + 1e-6));
}

/** What lies below is not looked at, dB: a room's hiss is no part of a word. */
const SOFTEST = -80;

/** Variants of each recording that are learned from: later or earlier, faster or slower, with more hiss. */
export const VARIANTS = 12;

/** Another recording of the same word as it might have been. */
function variant(signal: Float32Array, random: Random): Float32Array {
  const speed = random.uniform(0.88, 1.14);
  const shift = random.uniform(-0.06, 0.06) * VOICE_RATE;
  const hiss = 10 ** ((levelOf(signal) - random.uniform(8, 40)) / 20);
  return Float32Array.from({ length: WORD }, (_, n) => {
    const place = WORD / 2 + (n - WORD / 2) * speed + shift;
    const whole = Math.floor(place);
    const [before, after] = [signal[whole] ?? 0, signal[whole + 1] ?? 0];
    return before + (after - before) * (place - whole) + hiss * random.normal();
  });
}

/** What is learned from one recording: its picture and those of its variants, [1 + variants, PICTURE]. */
export interface Lesson {
  readonly pictures: Float32Array;
  readonly label: number;
}

/** @param seed draws the variants; the same recordings and seed give the same pictures. */
export function lessonsOf(words: readonly Spoken[], seed: number, variants = VARIANTS): readonly Lesson[] {
  return words.map(({ signal, label }, i) => {
    const random = new Random(seed * 1000 + i);
    const pictures = new Float32Array((1 + variants) * PICTURE);
    for (let k = 0; k <= variants; k++) {
      pictures.set(wordPicture(k === 0 ? signal : variant(signal, random)), k * PICTURE);
    }
    return { pictures, label };
  });
}

/** Every lesson with its variants, or as it was recorded only. */
function samplesOf(lessons: readonly Lesson[], each: number): Samples {
  const pictures = new Float32Array(lessons.length * each * PICTURE);
  const labels = new Int32Array(lessons.length * each);
  lessons.forEach((lesson, i) => {
    pictures.set(lesson.pictures.subarray(0, each * PICTURE), i * each * PICTURE);
    labels.fill(lesson.label, i * each, (i + 1) * each);
  });
  return { inputs: [pictures], labels };
}

const FILTERS = 12;

/** 12 filters over five moments of all regions, then those strengths through 24 neurons. */
const specOf = (classes: number): ClassifierSpec => ({
  classes,
  inputs: [{ name: "picture", shape: [1, MOMENTS, REGIONS] }],
  layers: (parameters) => {
    const filters = parameters.add("filters", [FILTERS, 1, 5, REGIONS], he, [5 * REGIONS, FILTERS]);
    const bias = parameters.add("filter bias", [FILTERS], zeros);
    const moments = (MOMENTS - 4) / 2;
    const hidden = denseLayer(parameters, "hidden", {
      inputs: FILTERS * moments,
      outputs: 24,
      activation: "relu",
    });
    const output = denseLayer(parameters, "output", { inputs: 24, outputs: classes });
    return ([picture]) => {
      const heard = convolution(picture!, filters, { stride: [2, 1] });
      const strength = relu(add(heard, reshape(bias, [1, FILTERS, 1, 1])));
      const features = hidden(flatten(strength));
      return [
        { id: "filters", tensor: strength },
        { id: "hidden", tensor: features },
        { id: "logits", tensor: output(features) },
      ];
    };
  },
});

export const WORD_TRAINING = { steps: 160, learningRate: 0.004 } as const;

/** The untrained network with what it is to learn. @param test what it is measured on, as it was recorded. */
export function createWordRecogniser(
  lessons: readonly Lesson[],
  classes: number,
  seed: number,
  test: readonly Lesson[] = lessons,
): Classifier {
  const train = samplesOf(lessons, 1 + VARIANTS);
  const batchSize = Math.min(32, train.labels.length);
  return new Classifier(specOf(classes), { train, test: samplesOf(test, 1), batchSize, seed });
}

/**
 * Leaves out one recording after another with all its variants, learns from the rest, and asks for the one that was left
 * out. Yields for each the answer, as it comes.
 */
export function* leaveOneOut(
  lessons: readonly Lesson[],
  classes: number,
  seed: number,
): Generator<number, void> {
  for (const left of lessons) {
    const rest = lessons.filter((lesson) => lesson !== left);
    const network = createWordRecogniser(rest, classes, seed, [left]);
    trainOn(network, WORD_TRAINING, WORD_TRAINING.steps);
    const { logits } = network.evaluate();
    yield logits.indexOf(Math.max(...logits));
  }
}
