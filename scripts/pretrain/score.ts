/** How many test pictures a shipped file answers rightly, computed by onnxruntime. */
import * as ort from "onnxruntime-web/wasm";
import { type Pictures, writePicture } from "../../src/data/pictures.ts";

const BATCH = 100;

export interface Score {
  readonly accuracy: number;
  readonly count: number;
  readonly perClass: readonly number[];
  /** Rows are true classes, columns answers. */
  readonly confusion: readonly (readonly number[])[];
}

/** @param bytes of an ONNX file with input `image` [batch, 1, rows, columns] and output `logits`. */
export async function scoreFile(bytes: Uint8Array, test: Pictures, classes: number): Promise<Score> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(bytes);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const size = test.rows * test.columns;
  const count = test.labels.length;
  for (let start = 0; start < count; start += BATCH) {
    const batch = Math.min(BATCH, count - start);
    const pictures = new Float32Array(batch * size);
    for (let i = 0; i < batch; i++)
      writePicture(test, start + i, pictures.subarray(i * size, (i + 1) * size));
    const image = new ort.Tensor("float32", pictures, [batch, 1, test.rows, test.columns]);
    const { logits } = await session.run({ image }, ["logits"]);
    const values = logits!.data as Float32Array;
    for (let i = 0; i < batch; i++) {
      const row = values.subarray(i * classes, (i + 1) * classes);
      confusion[test.labels[start + i]!]![row.indexOf(Math.max(...row))]!++;
    }
  }
  await session.release();
  const right = confusion.reduce((sum, row, label) => sum + row[label]!, 0);
  const perClass = confusion.map(
    (row, label) =>
      row[label]! /
      Math.max(
        1,
        row.reduce((a, b) => a + b, 0),
      ),
  );
  return { accuracy: right / count, count, perClass, confusion };
}
