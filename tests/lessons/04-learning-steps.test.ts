/** What the fourth lesson says of its training loop and its computation graphs, tried in the very same. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/widgets/backprop-graph/evaluate.ts";
import { PRESETS } from "../../src/widgets/backprop-graph/presets.ts";
import { configOf, createPlaygroundTrainer } from "../../src/widgets/depth-playground/network.ts";
import { playgroundState, presetState } from "../../src/widgets/depth-playground/state.ts";
import { NEAR } from "../../src/widgets/training-loop/goals.ts";
import {
  type Activation,
  firstParameters,
  type Parameters,
  predict,
  readStep,
} from "../../src/widgets/training-loop/network.ts";
import { examplesOf, loopState, RATES, withinLimits } from "../../src/widgets/training-loop/state.ts";
import { createLoop } from "../../src/widgets/training-loop/trainer.ts";

const { activation, parameters: FIRST, example: AT_HAND, rate } = loopState.defaults;
const XOR = examplesOf(loopState.defaults);
const ZEROS = FIRST.map(() => 0);

/** Runs XOR as the widget does; the network after so many steps, or fewer where a number has run away. */
function run(parameters: Parameters, learningRate: number, steps: number, kind: Activation = activation) {
  const loop = createLoop({
    ...{ activation: kind, examples: XOR, parameters },
    ...{ next: AT_HAND, steps: 0, revision: 0 },
  });
  loop.setLive({ learningRate });
  loop.advance(steps);
  return loop.frame().frame.parameters;
}

const solves = (parameters: Parameters) =>
  XOR.every((example) => Math.abs(predict(activation, parameters, example).output - example.target) < NEAR);

describe("the training loop", () => {
  test("opens with an answer far from the target, and one step brings it near", () => {
    const { output, loss, next } = readStep(activation, FIRST, XOR[AT_HAND]!, Number(rate));
    expect(XOR[AT_HAND]).toEqual({ x: [1, 0], target: 1 });
    expect(output).toBeCloseTo(-0.45, 2);
    expect(loss).toBeCloseTo(2.09, 2);
    expect(predict(activation, next, XOR[AT_HAND]!).loss).toBeCloseTo(0.35, 2);
    XOR.forEach((example, i) => {
      if (i === AT_HAND) return;
      expect(predict(activation, next, example).loss).toBeGreaterThan(
        predict(activation, FIRST, example).loss,
      );
    });
  });

  test("solves XOR within 500 steps from there", () => {
    expect(solves(run(FIRST, Number(rate), 500))).toBe(true);
  });

  test("with a learning rate of 3 the first step makes the loss grow, and the numbers run away within twenty", () => {
    expect(RATES).toContain("3");
    const { loss, next } = readStep(activation, FIRST, XOR[AT_HAND]!, 3);
    expect(predict(activation, next, XOR[AT_HAND]!).loss).toBeGreaterThan(loss);
    expect(withinLimits(run(FIRST, 3, 20))).toBe(false);
  });

  test("from 23 or so of 30 starts XOR is solved within 5000 steps", () => {
    const solved = Array.from({ length: 30 }, (_, i) => run(firstParameters(i + 1), Number(rate), 5000));
    const count = solved.filter(solves).length;
    expect(count).toBeGreaterThanOrEqual(21);
    expect(count).toBeLessThanOrEqual(25);
  });

  test.each(["tanh", "sigmoid", "relu"] as const)(
    "from nine zeros the hidden neurons stay twins (%s)",
    (kind) => {
      const [w1, w2, b1, w3, w4, b2, w5, w6] = run(ZEROS, Number(rate), 2000, kind);
      expect([w1, w2, b1, w5]).toEqual([w3, w4, b2, w6]);
      expect(solves(run(ZEROS, Number(rate), 2000, kind))).toBe(false);
    },
  );

  test("weights of an input that is 0 do not move in that step", () => {
    const { gradients } = readStep(activation, FIRST, XOR[AT_HAND]!, Number(rate));
    expect(gradients.map((gradient) => gradient === 0)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test("eight hidden neurons find XOR from more starts than two", () => {
    const found = (neurons: number) =>
      Array.from({ length: 8 }, (_, i) => {
        const state = { ...playgroundState.defaults, ...presetState("xor"), hidden: [neurons], seed: i + 1 };
        const trainer = createPlaygroundTrainer(configOf(state));
        trainer.setLive({ learningRate: Number(state.rate), regularizationRate: 0, gradients: false });
        trainer.advance(3000);
        const { frame } = trainer.frame();
        trainer.dispose();
        return frame.testAccuracy ?? 0;
      }).filter((accuracy) => accuracy >= 0.95).length;
    expect(found(8)).toBeGreaterThan(found(2) + 1);
  });
});

describe("the computation graphs", () => {
  const readings = (name: keyof typeof PRESETS) =>
    evaluate(PRESETS[name].nodes, PRESETS[name].nodes.length - 1).nodes;

  test("the shares of the value used twice have different signs", () => {
    const [first, second] = readings("fork")[PRESETS.fork.selected]!.uses;
    expect(Math.sign(first!.share)).toBe(-Math.sign(second!.share));
  });

  test("five sigmoids let some 0.0006 of the gradient through, each at most a quarter", () => {
    const nodes = readings("chain");
    expect(nodes[2]!.gradient).toBeGreaterThan(0.0006);
    expect(nodes[2]!.gradient).toBeLessThan(0.00065);
    for (const { uses } of nodes.slice(2, -1)) expect(uses[0]!.local).toBeLessThanOrEqual(0.25);
    expect(nodes.slice(2, -1)).toHaveLength(5);
    expect(0.25 ** 10).toBeLessThan(1e-6);
    expect(2 ** 30).toBeGreaterThan(1e9);
  });
});
