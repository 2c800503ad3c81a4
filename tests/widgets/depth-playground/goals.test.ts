import { describe, expect, test } from "vitest";
import { playgroundGoals } from "../../../src/widgets/depth-playground/goals.ts";
import {
  configOf,
  createPlaygroundTrainer,
  type PlaygroundFrame,
  parameterCount,
  parameterPlaces,
  widthsOf,
} from "../../../src/widgets/depth-playground/network.ts";
import {
  type PlaygroundState,
  playgroundState,
  soundState,
} from "../../../src/widgets/depth-playground/state.ts";

const state = (patch: Partial<PlaygroundState>): PlaygroundState => ({
  ...playgroundState.defaults,
  ...patch,
});

function trained(of: PlaygroundState, steps: number): PlaygroundFrame {
  const trainer = createPlaygroundTrainer(configOf(of));
  trainer.setLive({ learningRate: Number(of.rate), regularizationRate: 0, gradients: false });
  trainer.advance(steps);
  return trainer.frame().frame;
}

const reached = (of: PlaygroundState, steps: number) =>
  playgroundGoals(of, trained(of, steps))
    .filter(({ done }) => done)
    .map(({ id }) => id);

describe("goals are reached by training and by nothing else", () => {
  test("the circle", () => {
    expect(reached(state({ data: "circle", hidden: [4] }), 0)).toEqual([]);
    expect(reached(state({ data: "circle", hidden: [4] }), 2000)).toContain("circle");
  });

  test("XOR: not by a line, whatever the seed; by a feature; by a hidden layer", () => {
    for (let seed = 1; seed <= 5; seed++) {
      expect(reached(state({ data: "xor", hidden: [], seed }), 3000)).toEqual(["xor-line"]);
    }
    expect(reached(state({ data: "xor", hidden: [], features: ["x1", "x2", "x1x2"] }), 1000)).toEqual([
      "xor-feature",
    ]);
    expect(reached(state({ data: "xor", hidden: [4], seed: 3 }), 8000)).toContain("xor-hidden");
  });

  test("the spiral with 25 parameters: sines, one hidden layer, and a lucky start", () => {
    const small = state({
      data: "spiral",
      features: ["x1", "x2", "sinx1", "sinx2"],
      hidden: [4],
      optimizer: "adam",
      rate: "0.03",
      seed: 3,
    });
    expect(parameterCount(widthsOf(small))).toBe(25);
    expect(reached(small, 12_000)).toContain("spiral-small");
  });
});

test("parameters by hand: 2–4–2–1 has 12 + 10 + 3 = 25, laid out layer after layer", () => {
  expect(parameterCount([2, 4, 2, 1])).toBe(25);
  expect(parameterPlaces([2, 4, 2, 1])).toEqual([
    { weights: 0, bias: 8 },
    { weights: 12, bias: 20 },
    { weights: 22, bias: 24 },
  ]);
});

test("training goes on from given parameters", () => {
  const of = state({ data: "circle", hidden: [3] });
  const first = trained(of, 500);
  const next = createPlaygroundTrainer(configOf(of, first.parameters, first.steps)).frame().frame;
  expect(next.steps).toBe(500);
  expect(next.trainLoss).toBeCloseTo(first.trainLoss, 6);
});

test("own points and settings survive the address; a link cannot take all features away", () => {
  const own = state({ data: "empty", points: [{ x: -1.5, y: 2, target: -1 }], hidden: [], view: "warp" });
  expect(playgroundState.decode(playgroundState.encode(own))).toEqual({ state: own, problems: [] });
  expect(soundState(state({ features: [] })).features).toEqual(["x1"]);
  expect(soundState(state({ features: ["x1", "x1", "x2"] })).features).toEqual(["x1", "x2"]);
});
