import { expect, test } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { gelu } from "../../src/engine/ops/activations.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { softmax } from "../../src/engine/ops/softmax.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import type { Result } from "../../src/onnx/session.ts";

interface Answer {
  readonly results?: Readonly<Record<string, Result>>;
  readonly progress?: readonly string[];
  readonly inWorker?: boolean;
  readonly failure?: string;
}

/** A network of ours with seeded weights, its file, and what our engine computes in this browser. */
function network() {
  const graph = new Graph();
  const random = new Random(3);
  const x = graph.input("x", [5, 8]);
  const weights = [graph.parameter("first", [8, 16]), graph.parameter("second", [16, 4])] as const;
  const bias = graph.parameter("bias", [16]);
  const y = softmax(matmul(gelu(add(matmul(x, weights[0]), bias)), weights[1]));
  const program = createProgram(graph, { run: { outputs: [y] } });
  for (const leaf of [x, ...weights, bias]) {
    program.view(leaf).forEach((_, i, view) => {
      view[i] = random.normal();
    });
  }
  program.run("run");
  const { bytes } = exportOnnx({ outputs: { y }, values: (leaf) => program.view(leaf) });
  return { bytes, input: Float32Array.from(program.view(x)), expected: Float32Array.from(program.view(y)) };
}

test("a worker loads onnxruntime from this origin and computes our file", async () => {
  const { bytes, input, expected } = network();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ bytes, feeds: { x: { data: input, shape: [5, 8] } } });
  });
  worker.terminate();
  expect(answer.failure).toBeUndefined();
  expect(answer.inWorker).toBe(true);
  expect(answer.progress!.at(-1)).toMatch(/^runtime (\d+) \1$/);
  const { y } = answer.results!;
  expect(y!.shape).toEqual([5, 4]);
  expected.forEach((value, at) => {
    expect(y!.data[at]).toBeCloseTo(value, 5);
  });
});
