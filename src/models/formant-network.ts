/** A network that tells vowels by two numbers, the first two formants: small enough to see all it has learned. */
import { drawVowel, VOWELS } from "../data/vowels.ts";
import { Random } from "../engine/random.ts";
import { denseLayer } from "../nn/layers.ts";
import { Classifier, type ClassifierSpec, type Samples } from "./classifier.ts";

const WIDTH = 32;

/** Two formants, scaled → 32 → 32 neurons → 5 vowels. */
const FORMANT_SPEC: ClassifierSpec = {
  classes: VOWELS.length,
  inputs: [{ name: "formants", shape: [2] }],
  layers: (parameters) => {
    const first = denseLayer(parameters, "first", { inputs: 2, outputs: WIDTH, activation: "relu" });
    const second = denseLayer(parameters, "second", { inputs: WIDTH, outputs: WIDTH, activation: "relu" });
    const output = denseLayer(parameters, "output", { inputs: WIDTH, outputs: VOWELS.length });
    return ([formants]) => {
      const a = first(formants!);
      const b = second(a);
      return [
        { id: "first", tensor: a },
        { id: "second", tensor: b },
        { id: "logits", tensor: output(b) },
      ];
    };
  },
};

/** What a measurement of a formant is off by, as a share of it: vowels then overlap as real ones do. */
const MEASURED = 0.1;
/** Middle and spread of the scale, for the logarithms of the first and the second formant. */
const SCALE = [
  { middle: Math.log(520), spread: 0.42 },
  { middle: Math.log(1450), spread: 0.42 },
] as const;

/** A formant in Hz as the network reads it. @param which 0 for the first, 1 for the second. */
export const scaledFormant = (hertz: number, which: 0 | 1): number =>
  (Math.log(hertz) - SCALE[which].middle) / SCALE[which].spread;

/** The formant in Hz that the network reads as this number. */
export const hertzOf = (scaled: number, which: 0 | 1): number =>
  Math.exp(SCALE[which].middle + scaled * SCALE[which].spread);

/** Measured formants of speakers drawn from a seed, every vowel as often: [count, 2]. */
export function formantSamples(
  count: number,
  seed: number,
): Samples & { readonly inputs: readonly [Float32Array] } {
  const random = new Random(seed);
  const values = new Float32Array(count * 2);
  const labels = Int32Array.from({ length: count }, (_, i) => i % VOWELS.length);
  labels.forEach((label, i) => {
    const { formants } = drawVowel(random, label);
    for (const which of [0, 1] as const) {
      const measured = formants[which] * Math.exp(random.normal(0, MEASURED));
      values[2 * i + which] = scaledFormant(measured, which);
    }
  });
  return { inputs: [values], labels };
}

export interface FormantOptions {
  /** Speakers to train on. */
  readonly count: number;
  /** Speakers never trained on. */
  readonly test: Samples;
  readonly seed: number;
}

/** The untrained network, its training data drawn from the seed. */
export function createFormantNetwork({ count, test, seed }: FormantOptions): Classifier {
  const train = formantSamples(count, seed);
  return new Classifier(FORMANT_SPEC, { train, test, batchSize: Math.min(25, count), seed });
}
