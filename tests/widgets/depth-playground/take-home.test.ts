import * as ort from "onnxruntime-web/wasm";
import { expect, test } from "vitest";
import {
  configOf,
  createPlaygroundTrainer,
  type PlaygroundFrame,
} from "../../../src/widgets/depth-playground/network.ts";
import { playgroundState } from "../../../src/widgets/depth-playground/state.ts";
import { takeHome } from "../../../src/widgets/depth-playground/take-home.ts";

ort.env.wasm.numThreads = 1;

test("the file computes in onnxruntime what the playground shows, for any number of points", async () => {
  const state = {
    ...playgroundState.defaults,
    data: "spiral" as const,
    hidden: [6, 4],
    features: ["x1", "x2", "sinx1"] as const,
  };
  const trainer = createPlaygroundTrainer(configOf(state));
  trainer.setLive({ learningRate: 0.03, regularizationRate: 0, gradients: false });
  trainer.advance(300);
  const { frame } = trainer.frame() as { frame: PlaygroundFrame };
  const { onnx, notebook } = takeHome(configOf(state, frame.parameters, frame.steps));

  const session = await ort.InferenceSession.create(onnx);
  const { train } = configOf(state);
  const rows = train.flatMap(({ x, y }) => [x, y, Math.sin(x)]);
  const input = new ort.Tensor("float32", Float32Array.from(rows), [train.length, 3]);
  const result = await session.run({ [session.inputNames[0]!]: input });
  const outputs = result[session.outputNames[0]!]!.data as Float32Array;
  await session.release();
  // The training points follow the lattice of 50 × 50 in the frame's last layer.
  const shown = frame.layers.at(-1)!.subarray(2500, 2500 + train.length);
  expect(outputs).toHaveLength(train.length);
  for (const [i, value] of shown.entries()) expect(outputs[i]).toBeCloseTo(value, 4);

  const cells = JSON.parse(notebook).cells as { cell_type: string }[];
  expect(cells.filter(({ cell_type }) => cell_type === "code").length).toBeGreaterThanOrEqual(3);
});
