/**
 * Batches and initial parameters of the benchmark's workloads: seeded, so that every contestant starts from the
 * same numbers. Pictures have MNIST's shape and random content, because speed does not depend on what they show.
 */
import { Random } from "../../engine/random.ts";
import { sizeOf } from "../../engine/shape.ts";

/** A parameter's shape beside its initial values, row-major. */
export interface Initial {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Initial values by name, in the order in which the layers come. */
export type InitialParameters = Readonly<Record<string, Initial>>;

export interface Batch {
  readonly x: Float32Array;
  /** Class indices. */
  readonly labels: Int32Array;
}

const SEED = 2026;
const CLASSES = 10;
const PIXELS = 784;

const zeros = (...shape: number[]): Initial => ({ shape, values: new Float32Array(sizeOf(shape)) });
const ones = (...shape: number[]): Initial => ({ shape, values: new Float32Array(sizeOf(shape)).fill(1) });
const drawn = (shape: readonly number[], draw: () => number): Initial => ({
  shape,
  values: Float32Array.from({ length: sizeOf(shape) }, draw),
});

/** 2-8-8-1 with tanh after every layer, gradient descent with this learning rate. */
export const PLAYGROUND = { widths: [2, 8, 8, 1], rate: 0.03 } as const;

/** Points of the square [−1, 1]² and the sign of x·y as ±1: XOR. */
export function playgroundBatch(size: number): { x: Float32Array; targets: Float32Array } {
  const random = new Random(SEED);
  const x = drawn([size, 2], () => random.uniform(-1, 1)).values;
  const targets = Float32Array.from({ length: size }, (_, i) => (x[2 * i]! * x[2 * i + 1]! > 0 ? 1 : -1));
  return { x, targets };
}

/** Pictures [size, 784] with values in [0, 1), and labels [size] below 10. */
export function pictureBatch(size: number): Batch {
  const random = new Random(SEED);
  const { values } = drawn([size, PIXELS], () => random.uniform());
  return { x: values, labels: Int32Array.from({ length: size }, () => random.below(CLASSES)) };
}

/** Batch, learning rate of the fully connected network 784-128-10 for pictures. */
export const PICTURE_MLP = { batch: 64, rate: 1e-3 } as const;

export function pictureMlpParameters(): InitialParameters {
  const random = new Random(SEED + 1);
  const he = (inputs: number, outputs: number) =>
    drawn([inputs, outputs], () => random.normal(0, Math.sqrt(2 / inputs)));
  return { w1: he(PIXELS, 128), b1: zeros(128), w2: he(128, CLASSES), b2: zeros(CLASSES) };
}

/** Batch and learning rate of the convolutional network's training. */
export const CNN = { batch: 32, rate: 0.02 } as const;

/** conv 5×5×8 – ReLU – pool 2 – conv 5×5×16 – ReLU – pool 2 – dense 10; filters [out, in, height, width]. */
export function cnnParameters(): InitialParameters {
  const random = new Random(SEED + 2);
  const normal = (shape: readonly number[], inputs: number) =>
    drawn(shape, () => random.normal(0, Math.sqrt(2 / inputs)));
  return {
    w1: normal([8, 1, 5, 5], 25),
    b1: zeros(8),
    w2: normal([16, 8, 5, 5], 200),
    b2: zeros(16),
    // Rows in the order channel, y, x.
    w3: normal([16 * 7 * 7, CLASSES], 784),
    b3: zeros(CLASSES),
  };
}

export const GPT = {
  ...{ vocabulary: 256, width: 64, layers: 2, heads: 4, context: 64, batch: 8, rate: 1e-3 },
  /** Added to the variance in layer normalisation. */
  epsilon: 1e-5,
} as const;

/**
 * A decoder of the GPT-2 kind: token and position embedding, blocks of (normalise, causal attention, add) and
 * (normalise, 4× wider layer with GELU, add), a last normalisation, logits by a matrix of their own.
 */
export function gptParameters(): InitialParameters {
  const random = new Random(SEED + 3);
  const { vocabulary, width, layers, context } = GPT;
  const weights = (...shape: number[]) => drawn(shape, () => random.normal(0, 0.08));
  const parameters: Record<string, Initial> = {
    "token table": weights(vocabulary, width),
    positions: weights(context, width),
  };
  for (let layer = 0; layer < layers; layer++) {
    Object.assign(parameters, {
      [`scale1.${layer}`]: ones(width),
      [`shift1.${layer}`]: zeros(width),
      [`query key value.${layer}`]: weights(width, 3 * width),
      [`query key value bias.${layer}`]: zeros(3 * width),
      [`projection.${layer}`]: weights(width, width),
      [`projection bias.${layer}`]: zeros(width),
      [`scale2.${layer}`]: ones(width),
      [`shift2.${layer}`]: zeros(width),
      [`wide.${layer}`]: weights(width, 4 * width),
      [`wide bias.${layer}`]: zeros(4 * width),
      [`narrow.${layer}`]: weights(4 * width, width),
      [`narrow bias.${layer}`]: zeros(width),
    });
  }
  return { ...parameters, scale: ones(width), shift: zeros(width), head: weights(width, vocabulary) };
}

/** Token indices [batch, context] and the ones that follow them. */
export function tokenBatch(): { tokens: Int32Array; targets: Int32Array } {
  const random = new Random(SEED);
  const draw = () => Int32Array.from({ length: GPT.batch * GPT.context }, () => random.below(GPT.vocabulary));
  return { tokens: draw(), targets: draw() };
}

/** Two square matrices of this size, values in [−1, 1). */
export function squareMatrices(size: number): { a: Float32Array; b: Float32Array } {
  const random = new Random(SEED);
  const matrix = () => drawn([size, size], () => random.uniform(-1, 1)).values;
  return { a: matrix(), b: matrix() };
}
