import { describe, expect, test } from "vitest";
import {
  forwardLines,
  hiddenLines,
  outputLines,
  updateLines,
} from "../../../src/widgets/training-loop/formulas.ts";
import { type LoopFacts, loopGoals } from "../../../src/widgets/training-loop/goals.ts";
import { directionOf, NO_SCORE, scored } from "../../../src/widgets/training-loop/guess.ts";
import { firstParameters, readStep } from "../../../src/widgets/training-loop/network.ts";
import {
  examplesOf,
  HIDDEN_LAYER,
  type LoopState,
  loopState,
  nextStage,
  OUTPUT_LAYER,
  ownFrom,
  type Stage,
  soundState,
  withinLimits,
} from "../../../src/widgets/training-loop/state.ts";

const state = (patch: Partial<LoopState> = {}): LoopState => ({ ...loopState.defaults, ...patch });
const facts: LoopFacts = {
  ...{ errors: [1, 1, 1, 1], score: NO_SCORE, change: undefined },
  ...{ sinceChoice: 0, sinceZero: undefined },
};
const done = (of: LoopState, patch: Partial<LoopFacts>) =>
  loopGoals(of, { ...facts, ...patch })
    .filter((goal) => goal.done)
    .map(({ id }) => id);

test("the address keeps the network, and names what it cannot read", () => {
  const own = state({
    data: "own",
    own: [0.5, -1, 2, 0, 1, 1, 1, 0, 1, 1, 1, 0],
    parameters: firstParameters(3),
    stage: "hidden",
    example: 1,
    steps: 120,
    rate: "0.3",
  });
  expect(loopState.decode(loopState.encode(own))).toEqual({ state: own, problems: [] });
  const damaged = loopState.decode("1;parameters=1,2,x;stage=middle;rate=0.3");
  expect(damaged.problems.toSorted()).toEqual(["parameters", "stage"]);
  expect(damaged.state).toEqual(state({ rate: "0.3" }));
});

test("a link with too few numbers opens the first network", () => {
  expect(soundState(state({ parameters: [1, 2] })).parameters).toEqual(loopState.defaults.parameters);
  expect(soundState(state({ own: [1] })).own).toEqual(loopState.defaults.own);
  expect(withinLimits([1, -999])).toBe(true);
  expect(withinLimits([1, -1001])).toBe(false);
});

test("the stages in order, with and without questions", () => {
  const way = (mode: LoopState["mode"]) => {
    const stages: Stage[] = ["start"];
    while (stages.length === 1 || stages.at(-1) !== "start") stages.push(nextStage(stages.at(-1)!, mode));
    return stages.join(" ");
  };
  expect(way("guess")).toBe("start forward loss ask-output output ask-hidden hidden update start");
  expect(way("watch")).toBe("start forward loss output hidden update start");
});

test("own examples begin as those that were there", () => {
  const xor = examplesOf(state());
  expect(xor.map(({ target }) => target)).toEqual([0, 1, 1, 0]);
  expect(examplesOf(state({ data: "own", own: ownFrom(xor) }))).toEqual(xor);
});

describe("guesses", () => {
  test("against the gradient", () => {
    expect([0.2, -0.2, 0, 1e-15].map(directionOf)).toEqual(["down", "up", "same", "same"]);
  });

  test("eight of nine in one step reach the goal, seven do not", () => {
    const gradients = [0, -1, -1, 0, 1, 1, 1, -1, -1];
    const right = Object.fromEntries(gradients.map((gradient, i) => [i, directionOf(gradient)]));
    const score = (guesses: typeof right) =>
      scored(
        scored(NO_SCORE, guesses, OUTPUT_LAYER, gradients, true),
        guesses,
        HIDDEN_LAYER,
        gradients,
        false,
      );
    expect(score(right)).toEqual({ right: 9, total: 9, stepRight: 9, stepTotal: 9, best: 9, zeros: 2 });
    expect(done(state(), { score: score(right) })).toEqual(["guess", "same"]);
    expect(done(state(), { score: score({ ...right, 0: "up" }) })).toEqual(["guess", "same"]);
    expect(done(state(), { score: score({ ...right, 0: "up", 3: "up" }) })).toEqual([]);
  });
});

describe("goals", () => {
  test("XOR is solved when all four predictions are near, after training", () => {
    const errors = [0.05, 0.02, 0.09, 0.01];
    expect(done(state({ steps: 300 }), { errors, sinceChoice: 300 })).toEqual(["xor"]);
    // Numbers set by hand, or that came with a link, were not learned here.
    expect(done(state({ steps: 300 }), { errors, sinceChoice: 1 })).toEqual([]);
    expect(done(state(), { errors })).toEqual([]);
    expect(done(state({ steps: 300, data: "or" }), { errors })).toEqual([]);
    expect(done(state({ steps: 300 }), { errors: [0.05, 0.02, 0.11, 0.01] })).toEqual([]);
  });

  test("a step that made the loss grow, and a start from 0 that has not learned", () => {
    expect(done(state(), { change: { before: 0.5, after: 0.6 } })).toEqual(["overshoot"]);
    expect(done(state(), { change: { before: 0.5, after: 0.4 } })).toEqual([]);
    expect(done(state({ steps: 500 }), { sinceZero: 500 })).toEqual(["zero"]);
    expect(done(state({ steps: 400 }), { sinceZero: 400 })).toEqual([]);
  });
});

test("the formulas' numbers are those of the step", () => {
  const parameters = [0.5, 3, 0, -1, 3, 0, 2, 4, 0.25];
  const example = { x: [1, 0], target: 1 } as const;
  const reading = readStep("relu", parameters, example, 0.1);
  expect(forwardLines("relu", parameters, example, reading).map(({ numbers }) => numbers)).toEqual([
    "0.50×1 + 3.00×0 + 0.00",
    "ReLU(0.50)",
    "(−1.00)×1 + 3.00×0 + 0.00",
    "ReLU(−1.00)",
    "2.00×0.50 + 4.00×0.00 + 0.25",
  ]);
  expect(outputLines(example, reading).map(({ result }) => result)).toEqual([0.5, 0.25, 0, 0.5]);
  expect(hiddenLines("relu", parameters, example, reading)[0]).toMatchObject({
    letters: "∂L/∂y × w₅ × ReLU′(z₁)",
    numbers: "0.50×2.00×1",
    result: 1,
  });
  expect(hiddenLines("tanh", parameters, example, reading)[4]!.letters).toBe("∂L/∂y × w₆ × (1 − h₂²)");
  expect(updateLines(parameters, "0.1", reading)[0]).toMatchObject({
    numbers: "0.50 − 0.1×1.000",
    result: 0.4,
  });
});
