/**
 * The course's networks for pictures: blocks of convolution, activation and pooling, then dense layers. While training,
 * every layer may be followed by batch normalisation; what is shipped has it folded into filters and biases, so that a
 * page computes nothing but what a lesson explains.
 */
import { Graph, type Tensor } from "../engine/graph.ts";
import { relu } from "../engine/ops/activations.ts";
import { maxPool } from "../engine/ops/max-pool.ts";
import { softmax } from "../engine/ops/softmax.ts";
import { globalAveragePool } from "../engine/ops/sum-pool.ts";
import { sizeOf } from "../engine/shape.ts";
import { convolve, flatten } from "../nn/image-layers.ts";
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
import { Parameters } from "../nn/parameters.ts";

export interface PictureBlock {
  readonly channels: number;
  /** Rows and columns of a filter; the picture keeps its size. */
  readonly window: number;
  /** Rows and columns that max pooling joins; 1 for none. */
  readonly pool: number;
}

export interface PictureNetworkConfig {
  readonly image: { readonly channels: number; readonly rows: number; readonly columns: number };
  readonly blocks: readonly PictureBlock[];
  /** What the dense layers read of the last block: all of it, or each channel's mean. */
  readonly head: "flatten" | "average";
  /** Neurons of each hidden dense layer. */
  readonly hidden: readonly number[];
  readonly classes: number;
  /** Batch normalisation between each convolution and its ReLU while training. */
  readonly batchNorm: boolean;
  /** Share of values dropped before each dense layer while training. */
  readonly dropout: number;
}

/** One stage of the way from picture to answer: `a1`, `p1` (after pooling), …, `mean`, `logits`, `probabilities`. */
export interface PictureStage {
  readonly name: string;
  readonly tensor: Tensor;
}

/** What training differs in: batch statistics, dropout. */
export interface TrainingPass {
  readonly logits: Tensor;
  /** Running statistics of the normalisations. */
  readonly updates: Updates;
}

interface Layer {
  readonly weights: Tensor;
  readonly bias: Tensor;
  readonly norm: BatchNorm | undefined;
}

export interface PictureNetwork {
  readonly config: PictureNetworkConfig;
  readonly graph: Graph;
  readonly parameters: Parameters;
  /** Convolutions, then dense layers. */
  readonly layers: readonly Layer[];
  training(images: Tensor, noise: Noise): TrainingPass;
  /** Every stage for images [batch, channels, rows, columns]. */
  stages(images: Tensor): PictureStage[];
}

/** @throws ShapeError when pooling leaves nothing of the picture. */
export function buildPictureNetwork(config: PictureNetworkConfig): PictureNetwork {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const layers = [...convolutionLayers(parameters, config), ...denseLayers(parameters, config)];
  return {
    ...{ config, graph, parameters, layers },
    training: (images, noise) => {
      const updates: Updates = new Map();
      const normalized = (x: Tensor, norm: BatchNorm) => {
        const pass = batchNormTraining(x, norm);
        for (const [leaf, next] of pass.updates) updates.set(leaf, next);
        return pass.output;
      };
      const dropped = (x: Tensor) => noise.dropout(x, config.dropout);
      const logits = forward(config, layers, images, normalized, dropped).at(-1)!.tensor;
      return { logits, updates };
    },
    stages: (images) => {
      const stages = forward(config, layers, images, batchNormInference, (x) => x);
      const probabilities = softmax(stages.at(-1)!.tensor);
      return [...stages, { name: "probabilities", tensor: graph.label(probabilities, "probabilities") }];
    },
  };
}

function convolutionLayers(
  parameters: Parameters,
  { image, blocks, batchNorm }: PictureNetworkConfig,
): Layer[] {
  let inputs = image.channels;
  return blocks.map(({ channels, window }, i): Layer => {
    const name = `conv${i + 1}`;
    const positions = window * window;
    const fans = [inputs * positions, channels * positions] as const;
    const weights = parameters.add(`${name} filters`, [channels, inputs, window, window], he, fans);
    const bias = parameters.add(`${name} bias`, [channels], zeros);
    inputs = channels;
    return { weights, bias, norm: batchNorm ? batchNormWeights(parameters, name, channels) : undefined };
  });
}

function denseLayers(parameters: Parameters, config: PictureNetworkConfig): Layer[] {
  const widths = [flattenedWidth(config), ...config.hidden, config.classes];
  return widths.slice(1).map((width, i): Layer => {
    const name = i === config.hidden.length ? "output" : `dense${i + 1}`;
    const initialiser = i === config.hidden.length ? xavier : he;
    const weights = parameters.add(`${name} weights`, [widths[i]!, width], initialiser);
    return { weights, bias: parameters.add(`${name} bias`, [width], zeros), norm: undefined };
  });
}

function flattenedWidth({ image, blocks, head }: PictureNetworkConfig): number {
  if (head === "average") return blocks.at(-1)?.channels ?? image.channels;
  let { rows, columns } = image;
  for (const { pool } of blocks) [rows, columns] = [Math.floor(rows / pool), Math.floor(columns / pool)];
  return rows * columns * (blocks.at(-1)?.channels ?? image.channels);
}

function forward(
  { blocks, head, hidden, classes }: PictureNetworkConfig,
  layers: readonly Layer[],
  images: Tensor,
  normalize: (x: Tensor, norm: BatchNorm) => Tensor,
  drop: (x: Tensor) => Tensor,
): PictureStage[] {
  const stages: PictureStage[] = [];
  const pass = (name: string, tensor: Tensor) => {
    stages.push({ name, tensor: tensor.graph.label(tensor, name) });
    return tensor;
  };
  let x = images;
  blocks.forEach(({ pool }, i) => {
    const { weights, bias, norm } = layers[i]!;
    const z = convolve(x, { filters: weights, bias });
    x = pass(`a${i + 1}`, relu(norm ? normalize(z, norm) : z));
    if (pool > 1) x = pass(`p${i + 1}`, maxPool(x, { window: pool }));
  });
  x = head === "average" ? pass("mean", globalAveragePool(x)) : flatten(x);
  [...hidden, classes].forEach((_, i) => {
    const isOutput = i === hidden.length;
    const z = dense(drop(x), layers[blocks.length + i]!);
    x = pass(isOutput ? "logits" : `a${blocks.length + i + 1}`, isOutput ? z : relu(z));
  });
  return stages;
}

/** Number of values that the shipped network has: weights and biases. */
export function parameterCount({ layers }: PictureNetwork): number {
  return layers.reduce((total, { weights, bias }) => total + sizeOf(weights.shape) + sizeOf(bias.shape), 0);
}

/** As `batchNormInference` has it. */
const EPSILON = 1e-5;

/**
 * The same function without normalisation: filters times γ/√(σ² + ε), and the bias to match.
 * @param values of the trained network's leaves.
 * @returns a network without batch normalisation, and the values of its parameters.
 */
export function foldNormalization(
  network: PictureNetwork,
  values: (leaf: Tensor) => ArrayLike<number>,
): { network: PictureNetwork; values: Map<Tensor, Float32Array> } {
  const folded = buildPictureNetwork({ ...network.config, batchNorm: false });
  const result = new Map<Tensor, Float32Array>();
  network.layers.forEach(({ weights, bias, norm }, i) => {
    const own = folded.layers[i]!;
    const [w, b] = [Float32Array.from(values(weights)), Float32Array.from(values(bias))];
    if (norm) {
      const [scale, shift, mean, variance] = [
        norm.scale,
        norm.shift,
        norm.runningMean,
        norm.runningVariance,
      ].map(values);
      const perChannel = w.length / b.length;
      for (let channel = 0; channel < b.length; channel++) {
        const factor = scale![channel]! / Math.sqrt(variance![channel]! + EPSILON);
        for (let k = 0; k < perChannel; k++) w[channel * perChannel + k]! *= factor;
        b[channel] = (b[channel]! - mean![channel]!) * factor + shift![channel]!;
      }
    }
    result.set(own.weights, w).set(own.bias, b);
  });
  return { network: folded, values: result };
}
