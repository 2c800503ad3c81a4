import { expect, test } from "vitest";
import { GATES, separableExamples } from "../../../src/widgets/perceptron-lab/examples.ts";
import { startLearning, toNextCorrection } from "../../../src/widgets/perceptron-lab/learning.ts";
import { largestMargin, mostCorrections } from "../../../src/widgets/perceptron-lab/margin.ts";
import type { Example } from "../../../src/widgets/perceptron-lab/model.ts";

/** The worst example's signed distance, by a fine search over directions in space. */
function searched(examples: readonly Example[], steps: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= steps; i++) {
    const up = (Math.PI * i) / steps;
    for (let j = 0; j < 2 * steps; j++) {
      const round = (Math.PI * j) / steps;
      const [w1, w2, b] = [Math.sin(up) * Math.cos(round), Math.sin(up) * Math.sin(round), Math.cos(up)];
      const worst = examples.map(({ x1, x2, target }) => (2 * target - 1) * (w1 * x1 + w2 * x2 + b));
      best = Math.max(best, Math.min(...worst));
    }
  }
  return best;
}

test("AND: the shortest w with every margin ≥ 1 is (2, 2, −3), so γ = 1/√17 and (√3/γ)² = 51", () => {
  expect(largestMargin(GATES.and)).toBeCloseTo(1 / Math.sqrt(17), 12);
  expect(mostCorrections(GATES.and)).toBe(51);
});

test("OR: the shortest is (2, 2, −1), γ = 1/3, (√3/γ)² = 27", () => {
  expect(largestMargin(GATES.or)).toBeCloseTo(1 / 3, 12);
  expect(mostCorrections(GATES.or)).toBe(27);
});

test("XOR has no margin, nor have points of both classes in one place, nor no points", () => {
  expect(largestMargin(GATES.xor)).toBeUndefined();
  const same: Example[] = [
    { x1: 0.3, x2: 0.4, target: 1 },
    { x1: 0.3, x2: 0.4, target: 0 },
  ];
  expect(mostCorrections(same)).toBeUndefined();
  expect(mostCorrections([])).toBeUndefined();
});

test("the margin of scattered points agrees with a search, and the rule never needs more corrections", () => {
  for (const seed of [1, 2, 3]) {
    const examples = separableExamples(seed);
    const margin = largestMargin(examples)!;
    const found = searched(examples, 240);
    expect(margin).toBeGreaterThanOrEqual(found - 1e-12);
    expect(margin - found).toBeLessThan(0.02);
  }
  for (let seed = 1; seed <= 40; seed++) {
    const examples = separableExamples(seed);
    let run = startLearning();
    while (run.outcome.kind === "learning") run = toNextCorrection(run, examples, 0.1);
    expect(run.outcome.kind).toBe("converged");
    expect(run.updates).toBeLessThanOrEqual(mostCorrections(examples)!);
  }
});

test("to the next correction: exactly one more, or the end", () => {
  const once = toNextCorrection(startLearning(), GATES.and, 1);
  expect([once.steps, once.updates]).toEqual([1, 1]);
  // The hand calculation of the rule: (0, 1) and (1, 0) are right, (1, 1) is wrong.
  const twice = toNextCorrection(once, GATES.and, 1);
  expect([twice.steps, twice.updates]).toEqual([4, 2]);
  expect(toNextCorrection(startLearning(), [], 1).steps).toBe(0);
});
