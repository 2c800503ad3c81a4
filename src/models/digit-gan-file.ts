/** Forger and detective as ONNX files, and their weights out of such files. */
import { Graph, type Tensor } from "../engine/graph.ts";
import { sigmoid } from "../engine/ops/activations.ts";
import { sizeOf } from "../engine/shape.ts";
import { Parameters } from "../nn/parameters.ts";
import { decodeModel, readTensor } from "../onnx/decode.ts";
import { OnnxError } from "../onnx/errors.ts";
import { digitDiscriminator, digitGenerator, LATENT, SIDE } from "./digit-gan-network.ts";

export type GanWeights = ReadonlyMap<string, ArrayLike<number>>;

/** Half floats lie under the parameter's name with this behind it. */
const STORED_AS = / float16$/;

/**
 * The weights of a file, by the names of our parameters: to train on from it, the file's graph is not needed.
 * @throws OnnxError in Korean when the file is damaged.
 */
export function readGanWeights(bytes: Uint8Array): GanWeights {
  const { graph } = decodeModel(bytes);
  return new Map(
    graph.initializer.map((tensor) => [(tensor.name ?? "").replace(STORED_AS, ""), readTensor(tensor).data]),
  );
}

/** Leaves of a network as a file has them, with the names that training gives them. */
export interface GanGraph {
  readonly input: Tensor;
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Weights and biases, and the statistics of the normalisations. */
  readonly leaves: readonly Tensor[];
  /** Weights and biases. */
  readonly parameters: number;
}

/** `z` [batch, 32] → `image` [batch, 1, 28, 28]. */
export function generatorGraph(batch: number): GanGraph {
  const graph = new Graph();
  const { parameters, statistics, inference } = digitGenerator(new Parameters(graph));
  const input = graph.input("z", [batch, LATENT]);
  return {
    ...{ input, outputs: { image: inference(input) } },
    ...{ leaves: [...parameters.all, ...statistics], parameters: parameters.count },
  };
}

/** `image` [batch, 1, 28, 28] → `logits` [batch, 1] and `real`, the probability of being real. */
export function discriminatorGraph(batch: number): GanGraph {
  const graph = new Graph();
  const { parameters, logits } = digitDiscriminator(new Parameters(graph));
  const input = graph.input("image", [batch, 1, SIDE, SIDE]);
  const scores = logits(input);
  return {
    ...{ input, outputs: { logits: scores, real: sigmoid(scores) } },
    ...{ leaves: parameters.all, parameters: parameters.count },
  };
}

/** @throws OnnxError when a weight is missing or of another size. */
export function checkGanWeights(weights: GanWeights, leaves: readonly Tensor[]): void {
  const fits = leaves.every(({ name, shape }) => weights.get(name!)?.length === sizeOf(shape));
  if (!fits) {
    throw new OnnxError(
      "damaged",
      "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.",
    );
  }
}
