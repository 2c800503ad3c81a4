/** Our side of the convolutional network's workloads: [batch, 1, 28, 28] → logits [batch, 10]. */
import type { Graph, Tensor } from "../../engine/graph.ts";
import { relu } from "../../engine/ops/activations.ts";
import { add } from "../../engine/ops/arithmetic.ts";
import { convolution } from "../../engine/ops/convolution.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { maxPool } from "../../engine/ops/max-pool.ts";
import { dense } from "../../nn/layers.ts";
import { softmaxCrossEntropy } from "../../nn/losses.ts";
import { CNN, cnnParameters, pictureBatch } from "./data.ts";
import type { Contestant } from "./measure.ts";
import { inferenceContestant, type Leaves, type Training } from "./trained.ts";

function logits(graph: Graph, leaf: Leaves, batch: number): Tensor {
  const block = (x: Tensor, weights: Tensor, bias: Tensor) => {
    const sums = add(convolution(x, weights, { padding: "same" }), reshape(bias, [...bias.shape, 1, 1]));
    return maxPool(relu(sums), { window: 2, stride: 2 });
  };
  const pictures = graph.input("pictures", [batch, 1, 28, 28]);
  const features = block(block(pictures, leaf("w1"), leaf("b1")), leaf("w2"), leaf("b2"));
  return dense(reshape(features, [batch, 784]), { weights: leaf("w3"), bias: leaf("b3") });
}

export function cnnTraining(): Training {
  const { x, labels } = pictureBatch(CNN.batch);
  return {
    ...{ parameters: cnnParameters(), optimizer: "sgd", rate: CNN.rate, inputs: { pictures: x, labels } },
    loss: (graph, leaf) =>
      softmaxCrossEntropy(logits(graph, leaf, CNN.batch), graph.input("labels", [CNN.batch], "i32")),
  };
}

export function cnnInferenceContestant(batch: number): Contestant {
  return inferenceContestant({
    ...{ parameters: cnnParameters(), inputs: { pictures: pictureBatch(batch).x } },
    outputs: (graph, leaf) => logits(graph, leaf, batch),
  });
}
