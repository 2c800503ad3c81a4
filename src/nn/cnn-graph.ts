/** The graph of a convolutional network: blocks of convolution, activation and pooling, then dense layers. */
import { Graph, isLeaf, type Tensor } from "../engine/graph.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { maxPool } from "../engine/ops/max-pool.ts";
import { softmax } from "../engine/ops/softmax.ts";
import { averagePool, globalAveragePool } from "../engine/ops/sum-pool.ts";
import { type Convolution, convolve, flatten } from "./image-layers.ts";
import { ACTIVATIONS, type ActivationName, dense } from "./layers.ts";
import { softmaxCrossEntropy } from "./losses.ts";
import { Noise } from "./noise.ts";
import { type BatchNorm, batchNormInference, batchNormTraining } from "./normalization.ts";
import type { OptimizerName, Updates } from "./optimizers.ts";

export interface CnnBlock {
  readonly channels: number;
  /** Rows and columns of a filter. */
  readonly window: number;
  /** By default 1: the image keeps its size. */
  readonly stride?: number;
  /** Rows and columns that pooling joins; 1 for none. */
  readonly pool: number;
  /** By default `max`. */
  readonly poolKind?: "max" | "average";
}

export interface CnnConfig {
  readonly image: { readonly channels: number; readonly rows: number; readonly columns: number };
  readonly blocks: readonly CnnBlock[];
  /** What the dense layers read of the last block: all of it (default), or each channel's mean. */
  readonly head?: "flatten" | "average";
  /** Neurons of each hidden dense layer. */
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly activation: ActivationName;
  /** Batch normalisation between every layer's sums and its activation, except the output's; by default none. */
  readonly batchNorm?: boolean;
  /** The share of what each dense layer reads that a training step sets to zero; by default 0. */
  readonly dropout?: number;
  readonly optimizer: OptimizerName;
  readonly batchSize: number;
  readonly trainCount: number;
  readonly testCount: number;
  readonly seed: number;
}

/** A stage of the network, in the order of computation. */
export interface Stage {
  /**
   * `z1` before and `a1` after the activation of layer 1, between them `n1` where it is normalised, `p1` after its
   * pooling; `features`, which the dense layers read; last `logits`, `probabilities`.
   */
  readonly name: string;
  readonly tensor: Tensor;
}

/** A layer's parameters: with a normalisation instead of a bias where one follows. */
type Normalised<Layer> = Omit<Layer, "bias"> & { readonly bias?: Tensor; readonly norm?: BatchNorm };
export type ConvolutionLayer = Normalised<Convolution>;
export type DenseLayer = Normalised<{ readonly weights: Tensor }>;

export interface CnnGraph {
  readonly graph: Graph;
  readonly convolutions: readonly ConvolutionLayer[];
  readonly denses: readonly DenseLayer[];
  /** Images [trainCount, channels, rows, columns]. */
  readonly train: Tensor;
  /** Class indices [trainCount]. */
  readonly labels: Tensor;
  readonly order: Tensor;
  readonly cursor: Tensor;
  readonly loss: Tensor;
  /** What a training step moves on beside the parameters: batches, running statistics, dropout's randomness. */
  readonly updates: Updates;
  /** `EVALUATED` images of any dataset, and what the network answers. */
  readonly evaluated: Tensor;
  readonly logits: Tensor;
  /** One image to look at, and what every stage makes of it. */
  readonly lookedAt: Tensor;
  readonly stages: readonly Stage[];
  readonly learningRate: Tensor;
}

/** Passes over the training data, each in another order, until the batch order repeats. */
export const SHUFFLED_PASSES = 16;
/** Images evaluated at once: enough to keep the kernels busy, few enough for their activations to stay small. */
export const EVALUATED = 50;

/**
 * @throws ShapeError when a window does not fit into what the block before leaves of the image, RangeError when
 *   `dropout` is no share below 1.
 */
export function buildCnn(config: CnnConfig): CnnGraph {
  const { image, batchSize, trainCount, dropout = 0 } = config;
  if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`dropout: ${dropout} is not in [0, 1)`);
  const graph = new Graph();
  const pixels = [image.channels, image.rows, image.columns];
  const train = graph.input("train images", [trainCount, ...pixels]);
  const labels = graph.input("train labels", [trainCount], "i32");
  const lookedAt = graph.input("image", [1, ...pixels]);
  const convolutions = buildConvolutions(graph, config);
  const features = forwardPass(config, convolutions, [], INFERENCE)(lookedAt).at(-1)!.tensor;
  const denses = buildDenses(graph, config, features.shape[1]!);
  const infer = forwardPass(config, convolutions, denses, INFERENCE);
  const order = graph.state("batch order", [trainCount * SHUFFLED_PASSES], 0, "i32");
  const cursor = graph.state("batch cursor", [], 0, "i32");
  const batch = window(order, cursor, batchSize);
  const evaluated = graph.input("evaluated images", [EVALUATED, ...pixels]);
  const stages = infer(lookedAt);
  const probabilities = { name: "probabilities", tensor: softmax(stages.at(-1)!.tensor) };
  const updates: Updates = new Map([[cursor, advance(cursor, batchSize, trainCount * SHUFFLED_PASSES)]]);
  const trained = forwardPass(config, convolutions, denses, trainingMode(graph, config, updates));
  const answers = trained(gather(train, batch)).at(-1)!.tensor;
  return {
    ...{ graph, convolutions, denses, train, labels, order, cursor, updates, evaluated, lookedAt },
    loss: graph.label(softmaxCrossEntropy(answers, gather(labels, batch)), "loss"),
    logits: infer(evaluated).at(-1)!.tensor,
    stages: [...stages, probabilities],
    learningRate: graph.input("learning rate", []),
  };
}

/** What layer `number` adds to the sums of its `width` channels or neurons. */
function offsets(graph: Graph, number: number, width: number, { batchNorm }: CnnConfig, isOutput = false) {
  if (!batchNorm || isOutput) return { bias: graph.parameter(`bias${number}`, [width]) };
  const norm: BatchNorm = {
    scale: graph.parameter(`scale${number}`, [width]),
    shift: graph.parameter(`shift${number}`, [width]),
    runningMean: graph.state(`mean${number}`, [width]),
    runningVariance: graph.state(`variance${number}`, [width], 1),
  };
  return { norm };
}

function buildConvolutions(graph: Graph, config: CnnConfig): ConvolutionLayer[] {
  let inputs = config.image.channels;
  return config.blocks.map(({ channels, window }, i) => {
    const filters = graph.parameter(`filters${i + 1}`, [channels, inputs, window, window]);
    inputs = channels;
    return { filters, ...offsets(graph, i + 1, channels, config) };
  });
}

function buildDenses(graph: Graph, config: CnnConfig, features: number): DenseLayer[] {
  const widths = [features, ...config.hidden, config.classes];
  return widths.slice(1).map((width, i) => {
    const number = config.blocks.length + i + 1;
    const weights = graph.parameter(`weights${number}`, [widths[i]!, width]);
    return { weights, ...offsets(graph, number, width, config, i === config.hidden.length) };
  });
}

/** How training and inference differ: in what normalises, and in what is dropped. */
interface Mode {
  normalize(x: Tensor, norm: BatchNorm): Tensor;
  drop(x: Tensor): Tensor;
}

const INFERENCE: Mode = { normalize: batchNormInference, drop: (x) => x };

/** @param updates takes what the mode moves on in every step. */
function trainingMode(graph: Graph, { dropout = 0, seed }: CnnConfig, updates: Updates): Mode {
  const include = (more: Updates) => {
    for (const [state, next] of more) updates.set(state, next);
  };
  const noise = dropout > 0 ? new Noise(graph, seed, "dropout step") : undefined;
  if (noise) include(noise.updates);
  return {
    normalize: (x, norm) => {
      const trained = batchNormTraining(x, norm);
      include(trained.updates);
      return trained.output;
    },
    drop: (x) => noise?.dropout(x, dropout) ?? x,
  };
}

/** Every stage of the network applied to images; without dense layers it ends where they would begin. */
function forwardPass(
  config: CnnConfig,
  convolutions: readonly ConvolutionLayer[],
  denses: readonly DenseLayer[],
  { normalize, drop }: Mode,
): (images: Tensor) => Stage[] {
  const activate = ACTIVATIONS[config.activation].apply;
  return (images) => {
    const { nodes } = images.graph;
    const stages: Stage[] = [];
    let seen = nodes.length;
    const pass = (name: string, tensor: Tensor) => {
      // All nodes on the way to it as well: whichever overflows first, the stage is named.
      for (const node of nodes.slice(seen)) if (!isLeaf(node)) tensor.graph.label(node, name);
      seen = nodes.length;
      stages.push({ name, tensor });
      return tensor;
    };
    const activated = (sums: Tensor, number: number, norm: BatchNorm | undefined) => {
      const z = pass(`z${number}`, sums);
      return pass(`a${number}`, activate(norm ? pass(`n${number}`, normalize(z, norm)) : z));
    };
    let x = images;
    convolutions.forEach((layer, i) => {
      const { stride = 1, pool, poolKind = "max" } = config.blocks[i]!;
      x = activated(convolve(x, layer, { stride, padding: "same" }), i + 1, layer.norm);
      if (pool > 1) x = pass(`p${i + 1}`, (poolKind === "max" ? maxPool : averagePool)(x, { window: pool }));
    });
    x = pass("features", config.head === "average" ? globalAveragePool(x) : flatten(x));
    denses.forEach((layer, i) => {
      const sums = dense(drop(x), layer);
      const isOutput = i === denses.length - 1;
      x = isOutput ? pass("logits", sums) : activated(sums, convolutions.length + i + 1, layer.norm);
    });
    return stages;
  };
}
