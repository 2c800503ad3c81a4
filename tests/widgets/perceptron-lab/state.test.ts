import { describe, expect, test } from "vitest";
import { startLearning, stepLearning } from "../../../src/widgets/perceptron-lab/learning.ts";
import {
  examplesOf,
  type PerceptronState,
  perceptronGoals,
  perceptronState,
  presetState,
} from "../../../src/widgets/perceptron-lab/state.ts";

const state = (patch: Partial<PerceptronState>): PerceptronState => ({
  ...perceptronState.defaults,
  ...patch,
});
const done = (of: PerceptronState, run = startLearning()) =>
  perceptronGoals(of, run)
    .filter((goal) => goal.done)
    .map(({ id }) => id);

describe("goals", () => {
  test.each([
    ["and", { w1: 1, w2: 1, b: -1.5 }],
    ["or", { w1: 1, w2: 1, b: -0.5 }],
    ["nand", { w1: -1, w2: -1, b: 1.5 }],
  ] as const)("%s by hand", (task, weights) => {
    expect(done(state({ task, ...weights }))).toEqual([task]);
    expect(done(state({ task, ...weights, mode: "rule" }))).toEqual([]);
    expect(done(state({ task, w1: 0, w2: 0, b: task === "nand" ? -1 : 1 }))).toEqual([]);
  });

  test("XOR: three rows, and the cycle of the rule", () => {
    expect(done(state({ task: "xor", w1: 1, w2: 1, b: -0.5 }))).toEqual(["xor-three"]);
    const ruled = state({ task: "xor", mode: "rule" });
    let run = startLearning();
    expect(done(ruled, run)).toEqual([]);
    for (let i = 0; i < 200 && run.outcome.kind === "learning"; i++) {
      run = stepLearning(run, examplesOf(ruled), 0.5);
    }
    expect(done(ruled, run)).toEqual(["cycle"]);
  });

  test("own points count only when there are both kinds", () => {
    const points = [0, 0.2, 0.4, 0.6].map((x1) => ({ x1, x2: 0, target: 1 as const }));
    const own = state({ task: "own", mode: "rule", points });
    let run = startLearning();
    for (let i = 0; i < 20; i++) run = stepLearning(run, points, 1);
    expect(run.outcome.kind).toBe("converged");
    expect(done(own, run)).toEqual([]);
  });

  test("no preset opens with a goal reached", () => {
    for (const preset of ["line", "gates", "rule"]) expect(done(state(presetState(preset)))).toEqual([]);
  });
});

test("own points survive the address; points outside the picture do not", () => {
  const own = state({ task: "own", points: [{ x1: -0.25, x2: 1.5, target: 0 }] });
  expect(perceptronState.decode(perceptronState.encode(own))).toEqual({ state: own, problems: [] });
  expect(perceptronState.decode("1;points=999.0.1").problems).toEqual(["points"]);
  expect(perceptronState.decode("1;w1=9").problems).toEqual(["w1"]);
});
