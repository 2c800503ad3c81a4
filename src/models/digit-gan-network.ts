/**
 * The forger and the detective: a generator that makes 28×28 pictures out of noise, and a discriminator that tells them
 * from scanned digits. Both after DCGAN (A. Radford, L. Metz, S. Chintala 2016, arXiv:1511.06434), made small.
 */
import type { Tensor } from "../engine/graph.ts";
import { leakyRelu, relu, sigmoid } from "../engine/ops/activations.ts";
import { add, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { convolution } from "../engine/ops/convolution.ts";
import { reshape } from "../engine/ops/layout.ts";
import { transposedConvolution } from "../engine/ops/transposed-convolution.ts";
import { flatten } from "../nn/image-layers.ts";
import { he, xavier, zeros } from "../nn/initialisers.ts";
import { dense } from "../nn/layers.ts";
import type { Noise } from "../nn/noise.ts";
import {
  type BatchNorm,
  batchNormInference,
  batchNormTraining,
  batchNormWeights,
} from "../nn/normalization.ts";
import type { Updates } from "../nn/optimizers.ts";
import type { Parameters } from "../nn/parameters.ts";

/** Length of the noise vector. */
export const LATENT = 32;
/** Rows and columns of a picture. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

const HIDDEN = 128;
const CHANNELS = [48, 24] as const;
const QUARTER = SIDE / 4;
const WINDOW = 4;
/** A stride of 2 with these rows and columns around halves a picture, or doubles it the other way. */
const HALVING = { stride: 2, padding: 1 } as const;
/** Below zero a leaky ReLU keeps this share (DCGAN's 0.2). */
const LEAK = 0.2;
export interface DigitGenerator {
  readonly parameters: Parameters;
  /** Running statistics of the normalisations, which training keeps for inference. */
  readonly statistics: readonly Tensor[];
  /** By the batch's own statistics: z [batch, latent] → pictures [batch, 1, 28, 28] in 0 to 1. */
  training(z: Tensor): { readonly pictures: Tensor; readonly updates: Updates };
  /** By the running statistics, each picture for itself. */
  inference(z: Tensor): Tensor;
}

export interface DigitDiscriminator {
  readonly parameters: Parameters;
  /**
   * Pictures [batch, 1, 28, 28] in 0 to 1 → logits [batch, 1]; their logistic function is the probability of being real.
   * @param noise drops a share of the values while training.
   */
  logits(pictures: Tensor, noise?: Noise): Tensor;
}

const asImages = (x: Tensor, channels: number, side: number) =>
  reshape(x, [x.shape[0]!, channels, side, side]);
const alongChannels = (bias: Tensor) => reshape(bias, [1, bias.shape[0]!, 1, 1]);

/** A transposed convolution of stride 2 sums a quarter of its window at each place. */
const fans = (inputs: number, outputs: number) =>
  [(inputs * WINDOW * WINDOW) / 4, outputs * WINDOW * WINDOW] as const;

/** Noise → 128 → 48 channels of 7×7 → 24 of 14×14 → the picture. */
export function digitGenerator(parameters: Parameters): DigitGenerator {
  const [wide, narrow] = CHANNELS;
  const spread = wide * QUARTER * QUARTER;
  const first = parameters.add("generator dense1 weights", [LATENT, HIDDEN], he);
  const second = parameters.add("generator dense2 weights", [HIDDEN, spread], he);
  const filters = parameters.add(
    "generator up1 filters",
    [wide, narrow, WINDOW, WINDOW],
    he,
    fans(wide, narrow),
  );
  const last = parameters.add("generator up2 filters", [narrow, 1, WINDOW, WINDOW], he, fans(narrow, 1));
  const bias = parameters.add("generator up2 bias", [1], zeros);
  const norms = [HIDDEN, wide, narrow].map((channels, i) =>
    batchNormWeights(parameters, `generator norm${i + 1}`, channels),
  );
  const pass = (z: Tensor, normalize: (x: Tensor, norm: BatchNorm) => Tensor) => {
    const hidden = relu(normalize(dense(z, { weights: first }), norms[0]!));
    const small = asImages(dense(hidden, { weights: second }), wide, QUARTER);
    const middle = transposedConvolution(relu(normalize(small, norms[1]!)), filters, HALVING);
    const sums = transposedConvolution(relu(normalize(middle, norms[2]!)), last, HALVING);
    return sigmoid(add(sums, alongChannels(bias)));
  };
  return {
    parameters,
    statistics: norms.flatMap(({ runningMean, runningVariance }) => [runningMean, runningVariance]),
    training: (z) => {
      const updates: Updates = new Map();
      const pictures = pass(z, (x, norm) => {
        const normalized = batchNormTraining(x, norm);
        for (const [leaf, next] of normalized.updates) updates.set(leaf, next);
        return normalized.output;
      });
      return { pictures, updates };
    },
    inference: (z) => pass(z, batchNormInference),
  };
}

/** Share of the values that the discriminator goes without in each training step. */
const DROPPED = 0.3;

/** The picture → 24 channels of 14×14 → 48 of 7×7 → one number. */
export function digitDiscriminator(parameters: Parameters): DigitDiscriminator {
  const [wide, narrow] = CHANNELS;
  const layer = (name: string, outputs: number, inputs: number) => ({
    filters: parameters.add(`${name} filters`, [outputs, inputs, WINDOW, WINDOW], he, [
      inputs * WINDOW * WINDOW,
      outputs * WINDOW * WINDOW,
    ]),
    bias: parameters.add(`${name} bias`, [outputs], zeros),
  });
  const down = [layer("discriminator down1", narrow, 1), layer("discriminator down2", wide, narrow)];
  const weights = parameters.add("discriminator dense1 weights", [wide * QUARTER * QUARTER, 1], xavier);
  const bias = parameters.add("discriminator dense1 bias", [1], zeros);
  return {
    parameters,
    logits: (pictures, noise) => {
      let x = subtract(multiply(pictures, 2), 1);
      for (const { filters, bias: shift } of down) {
        x = leakyRelu(add(convolution(x, filters, HALVING), alongChannels(shift)), LEAK);
        if (noise) x = noise.dropout(x, DROPPED);
      }
      return dense(flatten(x), { weights, bias });
    },
  };
}
