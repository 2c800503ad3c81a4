/** The deep, narrow network under examination as graph: equal layers, and each remedy an option. */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { add, divide, greater, minimum, multiply } from "../../engine/ops/arithmetic.ts";
import { equal } from "../../engine/ops/comparison.ts";
import { advance, gather, window } from "../../engine/ops/gather.ts";
import { mean, sum } from "../../engine/ops/reduce.ts";
import { totalNorm } from "../../nn/clipping.ts";
import { zeros } from "../../nn/initialisers.ts";
import { ACTIVATIONS, type ActivationName, dense } from "../../nn/layers.ts";
import { binaryCrossEntropy } from "../../nn/losses.ts";
import {
  type BatchNorm,
  batchNormInference,
  batchNormTraining,
  batchNormWeights,
  layerNormWeights,
  type Norm,
  normalize,
} from "../../nn/normalization.ts";
import { OPTIMIZERS, type Updates } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";

/** What the graph depends on; everything else may change without a new program. */
export interface Structure {
  /** Hidden layers; the output layer comes on top. */
  readonly depth: number;
  readonly activation: Extract<ActivationName, "sigmoid" | "tanh" | "relu" | "leaky-relu" | "gelu">;
  readonly norm: "none" | "batch" | "layer";
  /** x + f(x) around every hidden layer but the first, which changes the width. */
  readonly residual: boolean;
  /** Limits the norm of all gradients together. */
  readonly clip: boolean;
  readonly optimizer: "sgd" | "momentum" | "adam";
}

export const WIDTH = 16;
export const TRAIN_COUNT = 256;
export const BATCH = 32;
/** Largest norm of all gradients together where clipping is on. */
export const CLIP_NORM = 1;
/** Passes over the training data, each in another order, until the batch order repeats. */
export const PASSES = 16;

interface Layer {
  readonly weights: Tensor;
  readonly bias: Tensor;
  readonly batchNorm: BatchNorm | undefined;
  readonly layerNorm: Norm | undefined;
}

/** One pass: each layer's output, the logits [rows, 1], and what batch normalisation remembers. */
interface Pass {
  readonly activations: readonly Tensor[];
  readonly logits: Tensor;
  readonly updates: Updates;
}

/** Weights begin as zeros here: `network.ts` writes what the case prescribes, without a new program. */
function addLayers(parameters: Parameters, { depth, norm }: Structure): Layer[] {
  return Array.from({ length: depth + 1 }, (_, i) => {
    const [inputs, outputs] = [i === 0 ? 2 : WIDTH, i === depth ? 1 : WIDTH];
    const name = `layer ${i + 1}`;
    const hidden = i < depth;
    return {
      weights: parameters.add(`${name} weights`, [inputs, outputs], zeros),
      bias: parameters.add(`${name} bias`, [outputs], zeros),
      batchNorm: hidden && norm === "batch" ? batchNormWeights(parameters, name, outputs) : undefined,
      layerNorm: hidden && norm === "layer" ? layerNormWeights(parameters, name, outputs) : undefined,
    };
  });
}

/** Order within a layer: product, normalisation, activation, and around them the residual connection. */
function forward(layers: readonly Layer[], structure: Structure, x: Tensor, training: boolean): Pass {
  const { apply } = ACTIVATIONS[structure.activation];
  const activations: Tensor[] = [];
  const updates: Updates = new Map();
  let value = x;
  layers.forEach((layer, i) => {
    const first = x.graph.nodes.length;
    let sums = dense(value, layer);
    if (layer.batchNorm && training) {
      const normalized = batchNormTraining(sums, layer.batchNorm);
      for (const [leaf, next] of normalized.updates) updates.set(leaf, next);
      sums = normalized.output;
    } else if (layer.batchNorm) sums = batchNormInference(sums, layer.batchNorm);
    if (layer.layerNorm) sums = normalize(sums, layer.layerNorm);
    const isOutput = i === layers.length - 1;
    const out = isOutput ? sums : apply(sums);
    value = structure.residual && !isOutput && i > 0 ? add(value, out) : out;
    activations.push(value);
    labelFrom(x.graph, first, `forward ${i + 1}`);
  });
  return { activations, logits: value, updates };
}

/** Names every node from number `first` on, so that a message can say which layer it belongs to. */
function labelFrom(graph: Graph, first: number, name: string): void {
  for (const node of graph.nodes.slice(first)) if (node.inputs.length > 0) graph.label(node, name);
}

function lossOf({ logits }: Pass, targets: Tensor): Tensor {
  const first = logits.graph.nodes.length;
  const loss = binaryCrossEntropy(logits, targets);
  labelFrom(logits.graph, first, "loss");
  return loss;
}

/** ∂loss/∂parameters of a pass, its nodes named after the layer whose turn it is in the way back. */
function backwardPass(pass: Pass, loss: Tensor, parameters: readonly Tensor[], layers: readonly Layer[]) {
  const { graph } = loss;
  const first = graph.nodes.length;
  const found = gradients(loss, [...parameters, ...pass.activations]);
  const [own, upstream] = [found.slice(0, parameters.length), found.slice(parameters.length)];
  const end = graph.nodes.length;
  // Going back, layer k's turn begins with ∂loss/∂(its output).
  let layer = layers.length;
  for (let id = first; id < end; id++) {
    while (layer > 1 && id > upstream[layer - 2]!.id) layer -= 1;
    graph.label(graph.nodes[id]!, `backward ${layer}`);
  }
  // A layer's own gradients are computed when the turn has already passed on.
  own.forEach((gradient, i) => {
    graph.label(gradient, `backward ${/\d+/.exec(parameters[i]!.name!)![0]}`);
  });
  return own;
}

export type HealthGraph = ReturnType<typeof buildGraph>;

/** @param viewCount rows of the second input, over which only the output is asked for. */
export function buildGraph(structure: Structure, viewCount: number) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const layers = addLayers(parameters, structure);
  const leaves = parameters.all;
  const x = graph.input("train points", [TRAIN_COUNT, 2]);
  const targets = graph.input("train targets", [TRAIN_COUNT, 1]);
  const view = graph.input("view points", [viewCount, 2]);
  const learningRate = graph.input("learning rate", []);
  const order = graph.state("batch order", [TRAIN_COUNT * PASSES], 0, "i32");
  const cursor = graph.state("batch cursor", [], 0, "i32");

  const rows = window(order, cursor, BATCH);
  const pass = forward(layers, structure, gather(x, rows), true);
  const loss = lossOf(pass, gather(targets, rows));
  const raw = backwardPass(pass, loss, leaves, layers);
  const used = structure.clip ? clipped(raw) : raw;
  const updates = OPTIMIZERS[structure.optimizer](graph, leaves, used, learningRate);
  for (const [leaf, next] of pass.updates) updates.set(leaf, next);
  updates.set(cursor, advance(cursor, BATCH, TRAIN_COUNT * PASSES));

  const whole = forward(layers, structure, x, true);
  const wholeLoss = lossOf(whole, targets);
  const wholeGradients = backwardPass(whole, wholeLoss, leaves, layers);
  const ofWeights = layers.map(({ weights }) => wholeGradients[leaves.indexOf(weights)]!);
  return {
    ...{ graph, layers, parameters, x, targets, view, learningRate, order, cursor, updates },
    guard: guardOf(loss, raw),
    wholeLoss,
    /** ∂loss/∂W of each layer, the output layer last, and each layer's output [TRAIN_COUNT, width]. */
    weightGradients: ofWeights,
    activations: whole.activations,
    /** Share of training points on the right side. */
    trainAccuracy: mean(equal(greater(whole.logits, 0), targets)),
    output: forward(layers, structure, view, false).logits,
  };
}

function clipped(raw: readonly Tensor[]): Tensor[] {
  const { graph } = raw[0]!;
  const first = graph.nodes.length;
  // The smallest normal number keeps a gradient of 0 from becoming 0/0.
  const scale = minimum(divide(CLIP_NORM, add(totalNorm(raw), 1.1754943508222875e-38)), 1);
  const result = raw.map((gradient) => multiply(gradient, scale));
  labelFrom(graph, first, "clipping");
  return result;
}

/** The loss, or not a number where any gradient is not finite: 0 times infinity is none. */
function guardOf(loss: Tensor, raw: readonly Tensor[]): Tensor {
  const first = loss.graph.nodes.length;
  const total = raw.map((gradient) => sum(gradient)).reduce((a, b) => add(a, b));
  const guard = add(loss, multiply(total, 0));
  labelFrom(loss.graph, first, "guard");
  return guard;
}
