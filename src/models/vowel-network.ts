/** A network that hears which of five Korean vowels a frame of 64 ms is. */

import { FRAME, VOWELS, vowelFrames } from "../data/vowels.ts";
import { relu } from "../engine/ops/activations.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { convolution } from "../engine/ops/convolution.ts";
import { reshape } from "../engine/ops/layout.ts";
import { mean } from "../engine/ops/reduce.ts";
import { he, zeros } from "../nn/initialisers.ts";
import { denseLayer } from "../nn/layers.ts";
import { Classifier, type ClassifierSpec } from "./classifier.ts";

export const FILTERS = 20;
/** Samples a filter sees at once: 8 ms. */
export const TAPS = 64;
export const STRIDE = 16;
export const HIDDEN = 16;

/** Waveform [1, 1, 512] → 20 filters along time → mean over time → 16 neurons → 5 vowels. */
export const VOWEL_SPEC: ClassifierSpec = {
  classes: VOWELS.length,
  inputs: [{ name: "waveform", shape: [1, 1, FRAME] }],
  layers: (parameters) => {
    const filters = parameters.add("filters", [FILTERS, 1, 1, TAPS], he, [TAPS, FILTERS]);
    const bias = parameters.add("filter bias", [FILTERS], zeros);
    const hidden = denseLayer(parameters, "hidden", { inputs: FILTERS, outputs: HIDDEN, activation: "relu" });
    const output = denseLayer(parameters, "output", { inputs: HIDDEN, outputs: VOWELS.length });
    return ([waveform]) => {
      const filtered = convolution(waveform!, filters, { stride: [1, STRIDE] });
      const heard = relu(add(filtered, reshape(bias, [1, FILTERS, 1, 1])));
      const strength = mean(heard, [2, 3]);
      const features = hidden(strength);
      return [
        { id: "filters", tensor: heard },
        { id: "strength", tensor: strength },
        { id: "hidden", tensor: features },
        { id: "logits", tensor: output(features) },
      ];
    };
  },
};

export const VOWEL_TRAINING = { steps: 1200, learningRate: 0.005, train: 1200, test: 500 } as const;

/** The untrained network with its data: voices of the test are other draws than those of the training. */
export function createVowelNetwork(seed: number): Classifier {
  const train = vowelFrames(VOWEL_TRAINING.train, seed);
  const test = vowelFrames(VOWEL_TRAINING.test, seed + 1_000_003);
  return new Classifier(VOWEL_SPEC, {
    train: { inputs: [train.frames], labels: train.labels },
    test: { inputs: [test.frames], labels: test.labels },
    batchSize: 32,
    seed,
  });
}
