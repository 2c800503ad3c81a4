/** A trained network as the ONNX file that is shipped: normalisation folded in, every stage an output. */
import { type ExportOptions, exportOnnx } from "../onnx/export.ts";
import type { TrainedClassifier } from "./classifier-trainer.ts";
import { foldNormalization, type PictureNetworkConfig, parameterCount } from "./picture-network.ts";

export interface ExportedClassifier {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameters: number;
}

/** @throws Error when the file could not take any number of pictures at once. */
export function exportClassifier(
  trained: TrainedClassifier,
  options: Pick<ExportOptions, "weights" | "name">,
): ExportedClassifier {
  const { network, values } = foldNormalization(trained.network, trained.values);
  const { channels, rows, columns } = network.config.image;
  // Two, because a graph for one picture cannot be told from one without a batch.
  const image = network.graph.input("image", [2, channels, rows, columns]);
  const stages = network.stages(image);
  const { bytes, batch } = exportOnnx({
    ...options,
    outputs: Object.fromEntries(stages.map(({ name, tensor }) => [name, tensor])),
    values: (leaf) => values.get(leaf)!,
  });
  if (!batch.open) throw new Error(`the batch is fixed: ${batch.reason}`);
  return {
    bytes,
    input: { name: "image", shape: [channels, rows, columns] },
    outputs: stages.map(({ name, tensor }) => ({ name, shape: tensor.shape.slice(1) })),
    parameters: parameterCount(network),
  };
}

/** One line of Korean for each layer. */
export function describeNetwork({ blocks, head, hidden, classes }: PictureNetworkConfig): string[] {
  return [
    ...blocks.flatMap(({ channels, window, pool }) => [
      `합성곱 ${window}×${window}, ${channels}채널, ReLU`,
      ...(pool > 1 ? [`최대 풀링 ${pool}×${pool}`] : []),
    ]),
    ...(head === "average" ? ["채널마다 평균"] : []),
    ...hidden.map((width) => `완전 연결층 ${width}개, ReLU`),
    `완전 연결층 ${classes}개, 소프트맥스`,
  ];
}
