/** What the first lesson says its widgets show, tried over seeds in the very networks they train. */
import { describe, expect, test } from "vitest";
import {
  configOf,
  createPlaygroundTrainer,
  type PlaygroundFrame,
} from "../../src/widgets/depth-playground/network.ts";
import {
  type PlaygroundState,
  playgroundState,
  presetState,
} from "../../src/widgets/depth-playground/state.ts";
import { contestConfig, createContest } from "../../src/widgets/wide-deep/experiment.ts";
import { STEPS, wideDeepState } from "../../src/widgets/wide-deep/state.ts";
import { outcomeOf, spreadOf } from "../../src/widgets/wide-deep/verdict.ts";

const SEEDS = [1, 2, 3, 4, 5];
const SIX = [4, 4, 4, 4, 4, 4];

/** A preset's network as the page opens it, with these changes. */
function trainerOf(preset: string, patch: Partial<PlaygroundState>) {
  const state = { ...playgroundState.defaults, ...presetState(preset), ...patch };
  const trainer = createPlaygroundTrainer(configOf(state));
  trainer.setLive({ learningRate: Number(state.rate), regularizationRate: 0, gradients: true });
  return trainer;
}

function train(preset: string, patch: Partial<PlaygroundState>, steps: number): PlaygroundFrame {
  const trainer = trainerOf(preset, patch);
  trainer.advance(steps);
  const { frame } = trainer.frame();
  trainer.dispose();
  return frame;
}

const accuracies = (preset: string, patch: Partial<PlaygroundState>, steps: number) =>
  SEEDS.map((seed) => train(preset, { ...patch, seed }, steps).testAccuracy ?? 0);

/** Gradient of the first hidden layer over that of the output layer, on every hundredth of 2000 steps. */
function gradientRatios(patch: Partial<PlaygroundState>): number[] {
  const trainer = trainerOf("first", patch);
  const ratios = Array.from({ length: 20 }, () => {
    trainer.advance(100);
    const norms = trainer.frame().frame.gradientNorms ?? [];
    return norms[0]!.norm / norms.at(-1)!.norm;
  });
  trainer.dispose();
  return ratios;
}

const medianOf = (values: readonly number[]) => spreadOf(values).median;

describe("the playground", () => {
  test("opens with a network that learns the circle within seconds, whatever the start", () => {
    for (const share of accuracies("first", {}, 3000)) expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("without a hidden layer the circle stays a little above one half", () => {
    for (const share of accuracies("first", { hidden: [] }, 3000)) {
      expect(share).toBeGreaterThan(0.45);
      expect(share).toBeLessThan(0.7);
    }
  });

  test("one or two neurons never close the circle, three do from some starts only, four do", () => {
    const solved = (neurons: number) =>
      accuracies("first", { hidden: [neurons] }, 10_000).filter((share) => share >= 0.95).length;
    expect(solved(1)).toBe(0);
    expect(solved(2)).toBe(0);
    expect(solved(3)).toBeGreaterThan(0);
    expect(solved(3)).toBeLessThan(SEEDS.length);
    expect(solved(4)).toBe(SEEDS.length);
  });

  test("six linear layers see XOR as one line does", () => {
    for (const share of accuracies("xor", { hidden: SIX, activation: "linear" }, 3000)) {
      expect(share).toBeLessThan(0.8);
    }
  });

  test("XOR yields at once to the product of the inputs", () => {
    const features: PlaygroundState["features"] = ["x1", "x2", "x1x2"];
    for (const share of accuracies("xor", { features }, 500)) expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("six sigmoid layers hardly learn, six of tanh do", () => {
    const sigmoid = accuracies("first", { hidden: SIX, activation: "sigmoid" }, 3000);
    for (const share of sigmoid) expect(share).toBeLessThan(0.7);
    for (const share of accuracies("first", { hidden: SIX }, 3000))
      expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("through sigmoids mostly less than a hundredth of the gradient reaches the first layer", () => {
    for (const seed of SEEDS) {
      expect(medianOf(gradientRatios({ hidden: SIX, activation: "sigmoid", seed }))).toBeLessThan(0.01);
      expect(medianOf(gradientRatios({ hidden: SIX, activation: "tanh", seed }))).toBeGreaterThan(0.1);
    }
  });
});

describe("wide against deep", () => {
  const contest = (patch: Partial<typeof wideDeepState.defaults>) => {
    const trainer = createContest(contestConfig({ ...wideDeepState.defaults, ...patch }));
    trainer.advance(STEPS);
    const { frame } = trainer.frame();
    trainer.dispose();
    return frame.accuracies;
  };

  test.each(["100", "200"] as const)("depth is clearly ahead on the spiral with %s parameters", (budget) => {
    const { outcome, lead } = outcomeOf(contest({ budget }));
    expect(outcome).toBe("deep");
    expect(lead).toBeGreaterThan(0.1);
  });

  test("with 25 parameters it is ahead no more", () => {
    expect(outcomeOf(contest({ budget: "25" })).outcome).not.toBe("deep");
  });

  test.each(["gauss", "circle"] as const)("with room enough every depth does alike on %s", (data) => {
    const medians = contest({ data }).map((row) => spreadOf(row).median);
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(0.03);
    expect(Math.min(...medians)).toBeGreaterThan(0.95);
  });
});
