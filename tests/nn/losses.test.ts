import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { binaryCrossEntropy, meanSquaredError, penalty, softmaxCrossEntropy } from "../../src/nn/losses.ts";

function value(tensor: Tensor, leaves: ReadonlyMap<Tensor, readonly number[]> = new Map()): number {
  return interpret([tensor], leaves).get(tensor)![0]!;
}

describe("losses", () => {
  it("mean squared error of a hand calculation", () => {
    const graph = new Graph();
    const predictions = graph.constant([1, 2, 3, 5], [4, 1]);
    const targets = graph.constant([1, 0, 4, 2], [4, 1]);
    // (0 + 4 + 1 + 9) / 4
    expect(value(meanSquaredError(predictions, targets))).toBe(3.5);
  });

  it("binary cross-entropy is −t ln σ(z) − (1 − t) ln(1 − σ(z))", () => {
    const logits = [-3, -0.5, 0, 0.25, 4];
    const targets = [0, 1, 1, 0, 1];
    const sigma = (z: number) => 1 / (1 + Math.exp(-z));
    const expected =
      logits
        .map((z, i) => -targets[i]! * Math.log(sigma(z)) - (1 - targets[i]!) * Math.log(1 - sigma(z)))
        .reduce((sum, term) => sum + term) / logits.length;
    const graph = new Graph();
    const loss = binaryCrossEntropy(graph.constant(logits, [5, 1]), graph.constant(targets, [5, 1]));
    expect(value(loss)).toBeCloseTo(expected, 12);
  });

  it("binary cross-entropy of a sure and wrong answer is its logit, not infinity", () => {
    const graph = new Graph();
    const loss = binaryCrossEntropy(graph.constant([200, -300], [2, 1]), graph.constant([0, 1], [2, 1]));
    expect(value(loss)).toBeCloseTo(250, 10);
  });

  it("softmax cross-entropy is the mean of −ln p of the right class", () => {
    const graph = new Graph();
    const logits = graph.constant([1, 2, 3, 1000, 1000, -1000], [2, 3]);
    const labels = graph.input("labels", [2], "i32");
    const first = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(3)));
    // Of two equal logits far above the third, each has probability one half.
    const expected = (first + Math.LN2) / 2;
    expect(value(softmaxCrossEntropy(logits, labels), new Map([[labels, [1, 0]]]))).toBeCloseTo(expected, 12);
  });

  it("penalties: Σ|w| and ½Σw² times the rate, none without", () => {
    const graph = new Graph();
    const weights = [graph.constant([1, -2], [2]), graph.constant([3], [1, 1])];
    const rate = graph.constant(0.5);
    expect(value(penalty("l1", weights, rate)!)).toBe(3);
    expect(value(penalty("l2", weights, rate)!)).toBe(3.5);
    expect(penalty("none", weights, rate)).toBeUndefined();
  });
});
