import { describe, expect, test } from "vitest";
import { GATES, MARGIN, separableExamples } from "../../../src/widgets/perceptron-lab/examples.ts";
import { type Learning, startLearning, stepLearning } from "../../../src/widgets/perceptron-lab/learning.ts";
import { countRight, type Example } from "../../../src/widgets/perceptron-lab/model.ts";

function learn(examples: readonly Example[], rate: number, most = 100_000): Learning {
  let run = startLearning();
  while (run.outcome.kind === "learning" && run.steps < most) run = stepLearning(run, examples, rate);
  return run;
}

describe("the learning rule", () => {
  test("AND with rate 1, worked out by hand", () => {
    // From 0 everything is called 1. (0,0)→0: b = −1. (0,1)→0: z = −1, right. (1,0): right. (1,1)→1: z = −1, wrong.
    let run = startLearning();
    const seen = [];
    for (let i = 0; i < 8; i++) {
      run = stepLearning(run, GATES.and, 1);
      seen.push([run.weights.w1, run.weights.w2, run.weights.b]);
    }
    expect(seen).toEqual([
      [0, 0, -1],
      [0, 0, -1],
      [0, 0, -1],
      [1, 1, 0],
      // Second pass: z(0,0) = 0 → 1, wrong; z(0,1) = 0, wrong; z(1,0) = −1, right; z(1,1) = −1, wrong.
      [1, 1, -1],
      [1, 0, -2],
      [1, 0, -2],
      [2, 1, -1],
    ]);
  });

  test.each(["and", "or", "nand"] as const)("%s is learned, whatever the rate", (gate) => {
    for (const rate of [0.1, 0.5, 1]) {
      const run = learn(GATES[gate], rate, 200);
      expect(run.outcome.kind).toBe("converged");
      expect(countRight(run.weights, GATES[gate])).toBe(4);
    }
  });

  test("from zero, the rate scales the weights and changes nothing else", () => {
    const [slow, fast] = [learn(GATES.and, 0.1), learn(GATES.and, 1)];
    expect(slow.steps).toBe(fast.steps);
    expect(slow.weights.w1 * 10).toBeCloseTo(fast.weights.w1, 9);
    expect(slow.weights.b * 10).toBeCloseTo(fast.weights.b, 9);
  });

  test.each([0.1, 0.5, 1])("XOR comes round to weights it had before, rate %s", (rate) => {
    const run = learn(GATES.xor, rate, 1000);
    expect(run.outcome.kind).toBe("cycle");
    const { passes } = run.outcome as { passes: number };
    let again = run;
    for (let i = 0; i < passes * 4; i++) again = stepLearning(again, GATES.xor, rate);
    expect(again.weights.w1).toBeCloseTo(run.weights.w1, 9);
    expect(again.weights.w2).toBeCloseTo(run.weights.w2, 9);
    expect(again.weights.b).toBeCloseTo(run.weights.b, 9);
  });

  test("separable points are learned within Novikoff's bound (R/γ)²", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const examples = separableExamples(seed);
      const run = learn(examples, 1);
      expect(run.outcome.kind, `seed ${seed}`).toBe("converged");
      expect(countRight(run.weights, examples)).toBe(examples.length);
      // Inputs with a 1 for the bias; the line the points were drawn for has a normal vector of length 1.
      const radius = Math.max(...examples.map(({ x1, x2 }) => Math.hypot(x1, x2, 1)));
      const longest = Math.hypot(1, 1 / Math.SQRT2 + 0.2);
      expect(run.updates).toBeLessThanOrEqual((radius / (MARGIN / longest)) ** 2 + 1);
    }
  });

  test("nothing is learned from no points, and a finished run stays", () => {
    const start = startLearning();
    expect(stepLearning(start, [], 1)).toBe(start);
    const done = learn(GATES.or, 1);
    expect(stepLearning(done, GATES.or, 1)).toBe(done);
  });
});

test("no weights satisfy XOR: a fine search finds at most three rows", () => {
  let most = 0;
  for (let w1 = -4; w1 <= 4; w1 += 0.25) {
    for (let w2 = -4; w2 <= 4; w2 += 0.25) {
      for (let b = -4; b <= 4; b += 0.25) most = Math.max(most, countRight({ w1, w2, b }, GATES.xor));
    }
  }
  expect(most).toBe(3);
});
