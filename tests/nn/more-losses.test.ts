import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { leakyRelu, tanh } from "../../src/engine/ops/activations.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { layerNorm } from "../../src/engine/ops/normalize.ts";
import {
  gradientPenalty,
  hinge,
  maskedCrossEntropy,
  realGradientPenalty,
  softmaxCrossEntropy,
  wassersteinCritic,
} from "../../src/nn/losses.ts";
import { evaluate, expectSlopes, fill } from "./slopes.ts";

describe("the penalty on slopes at real examples", () => {
  it("is the squared length of a linear discriminator's weights", () => {
    const graph = new Graph();
    const weights = graph.constant([3, -4], [2, 1]);
    const real = graph.constant([1, 2, 0.5, -1, 7, 3], [3, 2]);
    expect(
      evaluate(
        realGradientPenalty((x) => matmul(x, weights), real),
        new Map(),
      )[0],
    ).toBe(25);
  });

  it("a curved one: a hand calculation, and slopes towards the weights", () => {
    const graph = new Graph();
    const weights = graph.input("weights", [2, 1]);
    const real = graph.constant([0.5, 0.25], [1, 2]);
    const penalty = realGradientPenalty((x) => tanh(matmul(x, weights)), real);
    // tanh′(0.5·1 + 0.25·2)·(1, 2) has the squared length 5·(1 − tanh² 1)².
    const expected = 5 * (1 - Math.tanh(1) ** 2) ** 2;
    expect(evaluate(penalty, new Map([[weights, [1, 2]]]))[0]).toBeCloseTo(expected, 6);
    expectSlopes(penalty, [weights], fill([weights], 4));
  });
});

describe("losses of classification", () => {
  it("hinge: a hand calculation", () => {
    const graph = new Graph();
    const scores = graph.constant([2, 0.5, -1, 0], [4]);
    const targets = graph.constant([1, 1, 1, -1], [4]);
    // (0 + 0.5 + 2 + 1)/4
    expect(evaluate(hinge(scores, targets), new Map())[0]).toBe(0.875);
  });

  it("ignored labels count neither above nor below the line", () => {
    const graph = new Graph();
    const logits = graph.input("logits", [5, 4]);
    const labels = graph.input("labels", [5], "i32");
    const kept = graph.input("kept", [3, 4]);
    const keptLabels = graph.input("kept labels", [3], "i32");
    const all = fill([logits], 2).get(logits)!;
    const rows = [0, 2, 3].flatMap((row) => Array.from(all.subarray(row * 4, row * 4 + 4)));
    const expected = evaluate(
      softmaxCrossEntropy(kept, keptLabels),
      new Map<Tensor, ArrayLike<number>>([
        [kept, rows],
        [keptLabels, [1, 0, 3]],
      ]),
    )[0]!;
    for (const ignore of [-100, 2]) {
      const loss = maskedCrossEntropy(logits, labels, ignore);
      const values = new Map([
        [logits, all],
        [labels, Float64Array.from([1, ignore, 0, 3, ignore])],
      ]);
      expect(evaluate(loss, values)[0]).toBeCloseTo(expected, 12);
      const [slope] = gradients(loss, [logits]);
      const slopes = evaluate(slope!, values);
      expect([...slopes.subarray(4, 8), ...slopes.subarray(16)].every((value) => value === 0)).toBe(true);
      expectSlopes(loss, [logits], values);
    }
    const nothing = maskedCrossEntropy(logits, labels, 0);
    expect(
      evaluate(
        nothing,
        new Map([
          [logits, all],
          [labels, new Float64Array(5)],
        ]),
      )[0],
    ).toBeCloseTo(0, 12);
  });
});

describe("Wasserstein losses", () => {
  it("the critic's loss is the difference of the means", () => {
    const graph = new Graph();
    const loss = wassersteinCritic(graph.constant([1, 3], [2]), graph.constant([0, 8], [2]));
    expect(evaluate(loss, new Map())[0]).toBe(2);
  });

  it("penalty of a linear critic: (‖w‖ − 1)², whatever the points", () => {
    const graph = new Graph();
    const [real, fake] = [graph.input("real", [5, 3]), graph.input("fake", [5, 3])];
    const share = graph.input("share", [5, 1]);
    const weights = graph.constant([2, -3, 6], [3, 1]);
    const penalty = gradientPenalty((x) => matmul(x, weights), real, fake, share);
    // ‖(2, −3, 6)‖ = 7
    expect(evaluate(penalty, fill([real, fake, share], 1))[0]).toBeCloseTo(36, 9);
  });

  it.each([
    ["tanh", tanh],
    ["leaky ReLU", (x: Tensor) => leakyRelu(x, 0.2)],
    ["layer normalisation and tanh", (x: Tensor) => tanh(layerNorm(x, 0.1))],
  ])(
    "its derivative, a second derivative of the critic, against central differences: %s",
    (_, activation) => {
      const graph = new Graph();
      const [real, fake] = [graph.input("real", [4, 3]), graph.input("fake", [4, 3])];
      const share = graph.input("share", [4, 1]);
      const parameters = [
        graph.parameter("w1", [3, 5]),
        graph.parameter("b1", [5]),
        graph.parameter("w2", [5, 4]),
        graph.parameter("w3", [4, 1]),
      ] as const;
      const [w1, b1, w2, w3] = parameters;
      const critic = (x: Tensor) => matmul(activation(matmul(activation(add(matmul(x, w1), b1)), w2)), w3);
      const loss = gradientPenalty(critic, real, fake, share);
      expectSlopes(loss, [...parameters, real], fill([...parameters, real, fake, share], 6, 0.8));
    },
  );
});
