import { expect, test } from "vitest";
import { multiply, subtract } from "../../../src/engine/ops/arithmetic.ts";
import { square } from "../../../src/engine/ops/functions.ts";
import { sum } from "../../../src/engine/ops/reduce.ts";
import { type Contestant, compare } from "../../../src/lab/speed/measure.ts";
import { plainPlayground, playgroundContestant } from "../../../src/lab/speed/networks.ts";
import { registerPeak } from "../../../src/lab/speed/peak.ts";
import { inferenceContestant, trainingContestant } from "../../../src/lab/speed/trained.ts";
import { WORKLOADS } from "../../../src/lab/speed/workloads.ts";

test("the playground's network trains as two plain programs train it, sample by sample", async () => {
  await compare(WORKLOADS["mlp-playground-b10"], [
    playgroundContestant(10),
    plainPlayground("objects", 10),
    plainPlayground("flat arrays", 10),
  ]);
});

const lossOf = async (contestant: Contestant) => (await contestant.result!())[0];

test("a training starts from the given parameters and descends as calculated by hand", async () => {
  // L = Σ(θ − x)²: θ = (1, 2), x = (0, 4), η = 0.25 halve the distances, and so quarter L = 1 + 4.
  const contestant = trainingContestant({
    parameters: { theta: { shape: [2], values: Float32Array.of(1, 2) } },
    ...{ optimizer: "sgd", rate: 0.25, inputs: { x: [0, 4] } },
    loss: (graph, leaf) => sum(square(subtract(leaf("theta"), graph.input("x", [2])))),
  });
  expect(await lossOf(contestant)).toBe(5);
  contestant.run(2);
  expect(await lossOf(contestant)).toBeCloseTo(5 / 16, 6);
});

test("an inference has its parameters and inputs before the first run", async () => {
  const contestant = inferenceContestant({
    parameters: { scale: { shape: [2], values: Float32Array.of(3, -2) } },
    inputs: { x: [5, 7] },
    outputs: (graph, leaf) => multiply(leaf("scale"), graph.input("x", [2])),
  });
  contestant.run(1);
  expect([...((await contestant.result!()) as Float32Array)]).toEqual([15, -14]);
});

test("the yardstick is a valid module and makes no claim about results", () => {
  for (const relaxed of [true, false]) {
    const peak = registerPeak(0.001, relaxed);
    expect(peak).toMatchObject({ yardstick: true });
    expect(peak.result).toBeUndefined();
    expect(() => peak.run(3)).not.toThrow();
  }
});
