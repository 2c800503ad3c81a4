/** A trained network that is looked into: its stages for one sample, and every number on the way. */
import type { Tensor } from "../engine/graph.ts";
import { interpret } from "../engine/interpret.ts";
import { createProgram } from "../engine/program.ts";
import { OnnxError } from "../onnx/errors.ts";
import { importWith } from "../onnx/importer.ts";
import type { ModelCard } from "./card.ts";
import type { Stage } from "./classifier.ts";
import { MODEL_READINGS } from "./readings.ts";

export interface Inspected {
  /** From the inputs to the probabilities. */
  readonly stages: readonly Stage[];
  /** Weights and biases. */
  readonly parameterCount: number;
  /** What every stage makes of a sample, in the order of `stages`. */
  look(inputs: readonly ArrayLike<number>[]): Float32Array[];
  /** The value of every node on the way to the probabilities, in double precision. */
  walk(inputs: readonly ArrayLike<number>[]): Map<Tensor, Float64Array>;
}

/** A pretrained network: its card and its file. */
export interface PretrainedFile {
  readonly card: ModelCard;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A pretrained network whose card and file are here, for one picture at a time.
 * @throws OnnxError when the file is damaged or lacks a stage of the card.
 */
export function inspectPretrained(card: ModelCard, bytes: Uint8Array): Inspected {
  const { graph, inputs, outputs, values } = importWith(MODEL_READINGS, bytes, { batch: 1 });
  const input = inputs.get(card.input.name);
  const later = card.outputs.map(({ name }) => ({ id: name, tensor: outputs.get(name) }));
  const isStage = (stage: { id: string; tensor: Tensor | undefined }): stage is Stage =>
    stage.tensor !== undefined;
  if (!input || !later.every(isStage)) {
    throw new OnnxError(
      "damaged",
      "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.",
    );
  }
  const stages: Stage[] = [{ id: card.input.name, tensor: input }, ...later];
  const program = createProgram(graph, { look: { outputs: later.map(({ tensor }) => tensor) } });
  for (const [leaf, data] of values) program.write(leaf, data);
  return {
    stages,
    parameterCount: card.parameters,
    look: ([picture]) => {
      program.write(input, picture!);
      program.run("look");
      return stages.map(({ tensor }) => Float32Array.from(program.view(tensor)));
    },
    walk: ([picture]) => interpret([stages.at(-1)!.tensor], new Map([...values, [input, picture!]])),
  };
}
