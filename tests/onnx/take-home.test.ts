/** A network trained here leaves as a file, and does outside what it did here; smaller weights cost little. */
import { expect, test } from "vitest";
import { planeDataset } from "../../src/data/plane.ts";
import { Random } from "../../src/engine/random.ts";
import { createMlp } from "../../src/nn/mlp.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { exportNotebook } from "../../src/onnx/notebook.ts";
import type { WeightStorage } from "../../src/onnx/weights.ts";
import { runInRuntime } from "./runtime.ts";

const POINTS = 400;

/** Two intertwined spirals, learned by 2-24-24-1. */
function trained() {
  const { generate } = planeDataset("spiral");
  const drawn = generate(new Random(2), 2 * POINTS, 0.1);
  const halves = [drawn.filter((_, i) => i % 2 === 0), drawn.filter((_, i) => i % 2 === 1)] as const;
  const coordinates = halves.map((half) => half.flatMap(({ x, y }) => [x, y]));
  const targets = halves.map((half) => half.map(({ target }) => target));
  const mlp = createMlp({
    ...{ inputs: 2, hidden: [24, 24], outputs: 1, activation: "tanh", outputActivation: "tanh", loss: "mse" },
    ...{ regularization: "none", optimizer: "adam", batchSize: 20, seed: 1 },
    ...{ trainCount: POINTS, testCount: POINTS, gridCount: 4 },
  });
  mlp.setTrain(coordinates[0]!, targets[0]!);
  mlp.setTest(coordinates[1]!, targets[1]!);
  mlp.step(3000, { learningRate: 0.003, regularizationRate: 0 });
  mlp.evaluate();
  return { mlp, points: coordinates[1]!, targets: targets[1]! };
}

test("a trained network in 32, 16 and 8 bits: the same answers, and what the smaller ones cost", async () => {
  const { mlp, points, targets } = trained();
  const { inputs, outputs, values } = mlp.forward;
  const ours = Float32Array.from(mlp.testOutputs);
  const accuracy = (answers: ArrayLike<number>) =>
    targets.filter((target, i) => Math.sign(answers[i]!) === Math.sign(target)).length / POINTS;
  expect(accuracy(ours)).toBeGreaterThan(0.93);
  const measure = async (weights: WeightStorage) => {
    const { bytes, batch } = exportOnnx({ inputs, outputs, values, weights });
    expect(batch.open).toBe(true);
    // The file's input is called `points`, the leaf `grid points`.
    const feed = [{ ...inputs.points, name: "points" }, points] as const;
    const answers = (await runInRuntime(bytes, [feed], new Map([["points", [POINTS, 2]]]))).get("output")!;
    const largest = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - answers[i]!)), 0);
    return { size: bytes.length, largest, lost: accuracy(ours) - accuracy(answers) };
  };
  const [full, half, eighth] = [await measure("float32"), await measure("float16"), await measure("int8")];
  expect(full.largest).toBeLessThan(1e-4);
  expect(full.lost).toBe(0);
  expect(half.lost).toBeLessThanOrEqual(0.005);
  expect(half.size).toBeLessThan(0.8 * full.size);
  expect(eighth.lost).toBeLessThanOrEqual(0.02);
  expect(eighth.size).toBeLessThan(0.65 * full.size);
  // A storage that changed nothing would not be measured by this.
  expect(eighth.largest).toBeGreaterThan(half.largest);
  expect(half.largest).toBeGreaterThan(full.largest);
});

test("the notebook names its input and stacks the trained layers", () => {
  const { mlp } = trained();
  const text = exportNotebook({
    ...mlp.forward,
    values: (leaf) => mlp.forward.values(leaf),
    title: "소용돌이",
  });
  const code = (JSON.parse(text) as { cells: { source: string[] }[] }).cells.map(({ source }) =>
    source.join(""),
  );
  expect(code[0]).toMatch(/^# 소용돌이\n[\s\S]*697개/);
  expect(code[3]).toContain(
    "nn.Linear(2, 24),\n    nn.Tanh(),\n    nn.Linear(24, 24),\n    nn.Tanh(),\n    nn.Linear(24, 1)",
  );
  expect(code.at(-1)).toMatch(/^points = /);
});
