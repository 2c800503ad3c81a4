/** The trained GPT as files. Loaded when it is asked for: a page that only trains needs no exporter. */
import { divideText, Vocabulary } from "../../data/own-text.ts";
import { TASKS } from "../../data/toy-tasks.ts";
import { Gpt } from "../../nn/gpt.ts";
import { exportOnnx } from "../../onnx/export.ts";
import { exportNotebook } from "../../onnx/notebook.ts";
import type { Memory, OwnGptConfig } from "./experiment.ts";
import { gptConfig } from "./training.ts";

export interface TakenHome {
  /** Tokens [batch, time] → logits [batch, time, vocabulary]. */
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** The text of a Jupyter notebook that rebuilds the network in PyTorch. */
  readonly notebook: string;
  /** The symbols by their number, as JSON. */
  readonly symbols: string;
}

/** Two sequences, because a graph for one cannot be told from one without a batch. */
const BATCH = 2;

/** @throws OnnxError when the network cannot be written. */
export function takeHome(config: OwnGptConfig, memory: Memory): TakenHome {
  const { symbols, context } = sequenceOf(config, memory);
  const gpt = new Gpt(gptConfig(config, symbols.length, context), { infer: { batch: BATCH } });
  // Parameters come before everything else that training changes.
  gpt.parameters.all.forEach((parameter, i) => {
    gpt.program.write(parameter, memory.leaves[i]!);
  });
  return {
    onnx: exportOnnx({ ...gpt.forward, name: "gipi-own-gpt" }).bytes,
    notebook: exportNotebook({ ...gpt.forward, title: "깊이에서 훈련한 나만의 GPT" }),
    symbols: JSON.stringify(symbols, null, 1),
  };
}

function sequenceOf({ lesson, width, seed }: OwnGptConfig, { leaves }: Memory) {
  // The second parameter is the position embedding [context, width].
  const context = leaves[1]!.length / width;
  if (lesson.kind === "task") return { symbols: TASKS[lesson.task].symbols, context };
  const { train, test } = divideText(lesson.text, seed);
  return { symbols: new Vocabulary(train + test, lesson.unit).symbols, context };
}
