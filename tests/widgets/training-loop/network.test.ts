import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Activation,
  firstParameters,
  fromTensors,
  predict,
  readStep,
  toTensors,
} from "../../../src/widgets/training-loop/network.ts";
import { examplesOf, loopState, withinLimits } from "../../../src/widgets/training-loop/state.ts";
import { createLoop, type LoopConfig } from "../../../src/widgets/training-loop/trainer.ts";

const ACTIVATIONS: readonly Activation[] = ["tanh", "sigmoid", "relu"];
const XOR = examplesOf(loopState.defaults);
const number = fc.double({ min: -2, max: 2, noNaN: true });
const step = fc.record({
  activation: fc.constantFrom(...ACTIVATIONS),
  parameters: fc.array(number, { minLength: 9, maxLength: 9 }),
  example: fc.record({ x: fc.tuple(number, number), target: number }),
});

describe("one step", () => {
  test("by hand: z = (0.5, −1), h = ReLU(z) = (0.5, 0), y = 2·0.5 + 0.25, L = (1.25 − 1)²", () => {
    const reading = readStep("relu", [0.5, 3, 0, -1, 3, 0, 2, 4, 0.25], { x: [1, 0], target: 1 }, 0.1);
    expect(reading.sums).toEqual([0.5, -1]);
    expect(reading.hidden).toEqual([0.5, 0]);
    expect(reading.output).toBe(1.25);
    expect(reading.loss).toBeCloseTo(0.0625, 12);
    // ∂L/∂y = 2·0.25; the second neuron is off and gets nothing.
    expect(reading.outputGradient).toBe(0.5);
    expect(reading.sumGradients).toEqual([1, 0]);
    expect(reading.gradients).toEqual([1, 0, 1, 0, 0, 0, 0.25, 0, 0.5]);
    [0.4, 3, -0.1, -1, 3, 0, 1.975, 4, 0.2].forEach((value, i) => {
      expect(reading.next[i]).toBeCloseTo(value, 12);
    });
  });

  test("every gradient is the slope of the loss, by central differences", () => {
    fc.assert(
      fc.property(step, ({ activation, parameters, example }) => {
        const { gradients, sums } = readStep(activation, parameters, example, 0.1);
        // At its corner ReLU has no slope to compare with.
        fc.pre(activation !== "relu" || sums.every((sum) => Math.abs(sum) > 1e-3));
        const h = 1e-5;
        gradients.forEach((gradient, i) => {
          const at = (shift: number) =>
            predict(
              activation,
              parameters.map((value, k) => (k === i ? value + shift : value)),
              example,
            ).loss;
          const slope = (at(h) - at(-h)) / (2 * h);
          expect(Math.abs(gradient - slope)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
        });
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test("the nine numbers keep their places", () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(fromTensors(toTensors(numbers))).toEqual(numbers);
    // Only the weight from x₂ to h₁ is not 0.
    const reading = readStep("tanh", [0, 1, 0, 0, 0, 0, 0, 0, 0], { x: [5, 0.5], target: 0 }, 0.1);
    expect(reading.sums).toEqual([0.5, 0]);
  });
});

describe("running", () => {
  const config = (patch: Partial<LoopConfig> = {}): LoopConfig => ({
    activation: "tanh",
    examples: XOR,
    parameters: firstParameters(7),
    next: 2,
    steps: 10,
    revision: 3,
    ...patch,
  });

  test.each(ACTIVATIONS)("is the same steps as those by hand (%s)", (activation) => {
    const loop = createLoop(config({ activation }));
    loop.setLive({ learningRate: 0.1 });
    let parameters: readonly number[] = firstParameters(7);
    for (let i = 0; i < 25; i++) parameters = readStep(activation, parameters, XOR[(2 + i) % 4]!, 0.1).next;
    expect(loop.advance(25)).toBe(25);
    const { frame } = loop.frame();
    expect(frame.steps).toBe(35);
    expect(frame.next).toBe((2 + 25) % 4);
    expect(frame.revision).toBe(3);
    frame.parameters.forEach((value, i) => {
      expect(value).toBeCloseTo(parameters[i]!, 5);
    });
  });

  test("goes on from where it was stopped", () => {
    const whole = createLoop(config());
    whole.setLive({ learningRate: 0.1 });
    whole.advance(60);
    const first = createLoop(config());
    first.setLive({ learningRate: 0.1 });
    first.advance(25);
    const { parameters, next } = first.frame().frame;
    const second = createLoop(config({ parameters, next }));
    second.setLive({ learningRate: 0.1 });
    second.advance(35);
    expect(second.frame().frame.parameters).toEqual(whole.frame().frame.parameters);
  });

  test("a step that overflows is named, and its numbers are not taken over", () => {
    const loop = createLoop(config());
    loop.setLive({ learningRate: 10 });
    expect(loop.advance(1000)).toBeLessThan(1000);
    expect(loop.divergence()?.step).toBeGreaterThan(1);
    expect(withinLimits(loop.frame().frame.parameters)).toBe(false);
  });
});
