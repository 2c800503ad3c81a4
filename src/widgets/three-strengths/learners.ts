/** The learners that are compared: one layer on given numbers, a convolutional network on pixels, the nearest picture. */

import { relu } from "../../engine/ops/activations.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { maxPool } from "../../engine/ops/max-pool.ts";
import { max } from "../../engine/ops/reduce.ts";
import { Classifier, type ClassifierSpec, type Samples, trainOn } from "../../models/classifier.ts";
import { convolve } from "../../nn/image-layers.ts";
import { he, zeros } from "../../nn/initialisers.ts";
import { denseLayer } from "../../nn/layers.ts";
import type { Parameters } from "../../nn/parameters.ts";

export const CLASSES = 24;
const BATCH = 32;
/** Steps of every training between two looks at the messages. */
const PIECE = 20;

export const STEPS = { layer: 1200, network: 600 } as const;
const RATE = { layer: 0.02, network: 0.004 } as const;

/** Softmax on the numbers as they are: weights are learned, features are not. */
export const layerOn = (width: number): ClassifierSpec => ({
  classes: CLASSES,
  inputs: [{ name: "features", shape: [width] }],
  layers: (parameters) => {
    const output = denseLayer(parameters, "output", { inputs: width, outputs: CLASSES });
    return ([x]) => [{ id: "logits", tensor: output(x!) }];
  },
});

export const CHANNELS = [8, 24] as const;

function filters(parameters: Parameters, name: string, inputs: number, outputs: number) {
  return {
    filters: parameters.add(`${name} filters`, [outputs, inputs, 3, 3], he, [9 * inputs, 9 * outputs]),
    bias: parameters.add(`${name} bias`, [outputs], zeros),
  };
}

/**
 * Pixels → 8 filters, pooling → 24 filters → what stands where (`place`), or only how strongly each filter answers
 * anywhere (`anywhere`) → 24 classes.
 */
export const networkOn = (side: number, head: "place" | "anywhere"): ClassifierSpec => ({
  classes: CLASSES,
  inputs: [{ name: "pixels", shape: [side * side] }],
  layers: (parameters) => {
    const first = filters(parameters, "first", 1, CHANNELS[0]);
    const second = filters(parameters, "second", CHANNELS[0], CHANNELS[1]);
    const cells = Math.floor(Math.floor(side / 2) / 2);
    const width = CHANNELS[1] * (head === "place" ? cells * cells : 1);
    const output = denseLayer(parameters, "output", { inputs: width, outputs: CLASSES });
    return ([pixels]) => {
      const batch = pixels!.shape[0]!;
      const picture = reshape(pixels!, [batch, 1, side, side]);
      const near = maxPool(relu(convolve(picture, first)), { window: 2 });
      const far = maxPool(relu(convolve(near, second)), { window: 2 });
      const kept =
        head === "place"
          ? reshape(far, [batch, width])
          : reshape(max(reshape(far, [batch, width, cells * cells]), 2), [batch, width]);
      return [
        { id: "features", tensor: kept },
        { id: "logits", tensor: output(kept) },
      ];
    };
  },
});

export interface Result {
  readonly accuracy: number;
  readonly parameters: number;
}

/** Trains to the end in pieces; yields the share that is done. */
export function* trained(
  spec: ClassifierSpec,
  kind: keyof typeof STEPS,
  train: Samples,
  test: Samples,
  seed: number,
): Generator<number, Result, undefined> {
  const network = new Classifier(spec, {
    train,
    test,
    batchSize: Math.min(BATCH, train.labels.length),
    seed,
  });
  const steps = STEPS[kind];
  while (network.steps < steps && trainOn(network, { steps, learningRate: RATE[kind] }, PIECE) > 0) {
    yield network.steps / steps;
  }
  return { accuracy: network.evaluate().accuracy, parameters: network.parameterCount };
}

/** Share of the test samples whose nearest training sample, by squared distance, has their class. */
export function* nearest(train: Samples, test: Samples, width: number): Generator<number, number, undefined> {
  const [known, asked] = [train.inputs[0]!, test.inputs[0]!];
  let right = 0;
  for (let i = 0; i < test.labels.length; i++) {
    let [best, label] = [Number.POSITIVE_INFINITY, -1];
    for (let j = 0; j < train.labels.length; j++) {
      let distance = 0;
      for (let k = 0; k < width && distance < best; k++) {
        distance += (known[j * width + k]! - asked[i * width + k]!) ** 2;
      }
      if (distance < best) [best, label] = [distance, train.labels[j]!];
    }
    if (label === test.labels[i]) right += 1;
    if (i % 20 === 19) yield (i + 1) / test.labels.length;
  }
  return right / test.labels.length;
}
