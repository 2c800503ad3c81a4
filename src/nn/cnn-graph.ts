/** The graph of a convolutional network: blocks of convolution, activation and pooling, then dense layers. */
import { Graph, type Tensor } from "../engine/graph.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { maxPool } from "../engine/ops/max-pool.ts";
import { softmax } from "../engine/ops/softmax.ts";
import { averagePool, globalAveragePool } from "../engine/ops/sum-pool.ts";
import { type Convolution, convolve, flatten } from "./image-layers.ts";
import { ACTIVATIONS, type ActivationName, type Dense, dense } from "./layers.ts";
import { softmaxCrossEntropy } from "./losses.ts";
import type { OptimizerName } from "./optimizers.ts";

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
  readonly optimizer: OptimizerName;
  readonly batchSize: number;
  readonly trainCount: number;
  readonly testCount: number;
  readonly seed: number;
}

/** A stage of the network, in the order of computation. */
export interface Stage {
  /** `z1` before and `a1` after the activation of layer 1, `p1` after its pooling; last `logits`, `probabilities`. */
  readonly name: string;
  readonly tensor: Tensor;
}

export interface CnnGraph {
  readonly graph: Graph;
  readonly convolutions: readonly Convolution[];
  readonly denses: readonly Dense[];
  /** Images [trainCount, channels, rows, columns]. */
  readonly train: Tensor;
  /** Class indices [trainCount]. */
  readonly labels: Tensor;
  readonly order: Tensor;
  readonly cursor: Tensor;
  readonly nextCursor: Tensor;
  readonly loss: Tensor;
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

/** @throws ShapeError when a window does not fit into what the block before leaves of the image. */
export function buildCnn(config: CnnConfig): CnnGraph {
  const { image, batchSize, trainCount } = config;
  const graph = new Graph();
  const pixels = [image.channels, image.rows, image.columns];
  const train = graph.input("train images", [trainCount, ...pixels]);
  const labels = graph.input("train labels", [trainCount], "i32");
  const lookedAt = graph.input("image", [1, ...pixels]);
  const convolutions = buildConvolutions(graph, config);
  const forward = forwardPass(config, convolutions, []);
  const widths = [forward(lookedAt).at(-1)!.tensor.shape[1]!, ...config.hidden, config.classes];
  const denses = widths.slice(1).map((width, i): Dense => {
    const layer = convolutions.length + i + 1;
    const weights = graph.parameter(`weights${layer}`, [widths[i]!, width]);
    return { weights, bias: graph.parameter(`bias${layer}`, [width]) };
  });
  const network = forwardPass(config, convolutions, denses);
  const logitsOf = (x: Tensor) => network(x).at(-1)!.tensor;
  const order = graph.state("batch order", [trainCount * SHUFFLED_PASSES], 0, "i32");
  const cursor = graph.state("batch cursor", [], 0, "i32");
  const batch = window(order, cursor, batchSize);
  const evaluated = graph.input("evaluated images", [EVALUATED, ...pixels]);
  const stages = network(lookedAt);
  const probabilities = { name: "probabilities", tensor: softmax(stages.at(-1)!.tensor) };
  return {
    ...{ graph, convolutions, denses, train, labels, order, cursor, evaluated, lookedAt },
    nextCursor: advance(cursor, batchSize, trainCount * SHUFFLED_PASSES),
    loss: graph.label(softmaxCrossEntropy(logitsOf(gather(train, batch)), gather(labels, batch)), "loss"),
    logits: logitsOf(evaluated),
    stages: [...stages, probabilities],
    learningRate: graph.input("learning rate", []),
  };
}

function buildConvolutions(graph: Graph, { image, blocks }: CnnConfig): Convolution[] {
  let channels = image.channels;
  return blocks.map((block, i) => {
    const filters = graph.parameter(`filters${i + 1}`, [
      block.channels,
      channels,
      block.window,
      block.window,
    ]);
    channels = block.channels;
    return { filters, bias: graph.parameter(`bias${i + 1}`, [block.channels]) };
  });
}

/** Every stage of the network applied to images; without dense layers it ends where they would begin. */
function forwardPass(
  config: CnnConfig,
  convolutions: readonly Convolution[],
  denses: readonly Dense[],
): (images: Tensor) => Stage[] {
  const activate = ACTIVATIONS[config.activation].apply;
  return (images) => {
    const stages: Stage[] = [];
    const named = new Set<Tensor>([images]);
    const pass = (name: string, tensor: Tensor) => {
      // The product as well as its sum with the bias: whichever overflows first, the stage is named.
      for (const node of [tensor, ...tensor.inputs]) {
        if (!node.name && !named.has(node)) tensor.graph.label(node, name);
        named.add(node);
      }
      stages.push({ name, tensor });
      return tensor;
    };
    let x = images;
    convolutions.forEach((layer, i) => {
      const { stride = 1, pool, poolKind = "max" } = config.blocks[i]!;
      x = pass(`a${i + 1}`, activate(pass(`z${i + 1}`, convolve(x, layer, { stride, padding: "same" }))));
      if (pool > 1) x = pass(`p${i + 1}`, (poolKind === "max" ? maxPool : averagePool)(x, { window: pool }));
    });
    x = pass("features", config.head === "average" ? globalAveragePool(x) : flatten(x));
    denses.forEach((layer, i) => {
      const isOutput = i === denses.length - 1;
      const number = convolutions.length + i + 1;
      x = pass(isOutput ? "logits" : `z${number}`, dense(x, layer));
      if (!isOutput) x = pass(`a${number}`, activate(x));
    });
    return stages;
  };
}
