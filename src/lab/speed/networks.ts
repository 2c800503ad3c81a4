/** Our side of every workload. */
import type { Graph, Tensor } from "../../engine/graph.ts";
import { relu } from "../../engine/ops/activations.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { dense } from "../../nn/layers.ts";
import { softmaxCrossEntropy } from "../../nn/losses.ts";
import { createMlp } from "../../nn/mlp.ts";
import {
  PICTURE_MLP,
  PLAYGROUND,
  pictureBatch,
  pictureMlpParameters,
  playgroundBatch,
  squareMatrices,
} from "./data.ts";
import { FlatNetwork } from "./flat-network.ts";
import type { Contestant } from "./measure.ts";
import { ObjectNetwork } from "./object-network.ts";
import { inferenceContestant, type Leaves, OUR_PEER, type Training } from "./trained.ts";

/** The playground's network as lessons use it: `createMlp`, which takes its batch out of a dataset at every step. */
export function playgroundNetwork(batchSize: number) {
  const { x, targets } = playgroundBatch(batchSize);
  const mlp = createMlp({
    ...{ inputs: 2, hidden: PLAYGROUND.widths.slice(1, -1), outputs: 1 },
    ...{ activation: "tanh", outputActivation: "tanh", loss: "mse", regularization: "none" },
    ...{ optimizer: "sgd", batchSize, seed: 1, trainCount: batchSize, testCount: 1, gridCount: 1 },
  });
  mlp.setTrain(x, targets);
  return mlp;
}

/** Initial weights [in, out] of each layer of the playground's network; its biases begin at 0. */
export function playgroundWeights(batchSize: number): Float32Array[] {
  const mlp = playgroundNetwork(batchSize);
  return [1, 2, 3].map((layer) => mlp.parameter(`weights${layer}`).slice());
}

export function playgroundContestant(batchSize: number): Contestant {
  const mlp = playgroundNetwork(batchSize);
  const options = { learningRate: PLAYGROUND.rate, regularizationRate: 0 };
  return {
    peer: OUR_PEER,
    run: (times) => void mlp.step(times, options),
    result: () => [mlp.evaluate().trainLoss],
  };
}

/** Plain JavaScript, sample by sample. */
export function plainPlayground(kind: "objects" | "flat arrays", batchSize: number): Contestant {
  const { x, targets } = playgroundBatch(batchSize);
  const Network = kind === "objects" ? ObjectNetwork : FlatNetwork;
  const network = new Network(PLAYGROUND.widths, playgroundWeights(batchSize));
  const all = Int32Array.from(targets.keys());
  return {
    peer: `JavaScript, ${kind}`,
    run: (times) => {
      for (let i = 0; i < times; i++) network.step(x, targets, all, PLAYGROUND.rate);
    },
    result: () => {
      const errors = Array.from(targets, (target, i) => (network.predict(x, 2 * i) - target) ** 2);
      return [errors.reduce((total, error) => total + error, 0) / targets.length];
    },
  };
}

/** 784-128-10, ReLU, softmax cross-entropy, Adam. */
export function pictureMlpTraining(): Training {
  const { x, labels } = pictureBatch(PICTURE_MLP.batch);
  return {
    ...{ parameters: pictureMlpParameters(), optimizer: "adam", rate: PICTURE_MLP.rate },
    inputs: { pictures: x, labels },
    loss: (graph: Graph, leaf: Leaves) => {
      const pictures = graph.input("pictures", [PICTURE_MLP.batch, 784]);
      const hidden = relu(dense(pictures, { weights: leaf("w1"), bias: leaf("b1") }));
      const logits = dense(hidden, { weights: leaf("w2"), bias: leaf("b2") });
      return softmaxCrossEntropy(logits, graph.input("labels", [PICTURE_MLP.batch], "i32"));
    },
  };
}

/** C = A·B of two square matrices. */
export function productContestant(size: number): Contestant {
  const { a, b } = squareMatrices(size);
  return inferenceContestant({
    parameters: {},
    inputs: { a, b },
    outputs: (graph): Tensor => matmul(graph.input("a", [size, size]), graph.input("b", [size, size])),
  });
}
