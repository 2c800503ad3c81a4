import { describe, expect, test } from "vitest";
import { contestConfig, createContest } from "../../../src/widgets/wide-deep/experiment.ts";
import { countParameters, shapeOf, shapesWithin } from "../../../src/widgets/wide-deep/shapes.ts";
import { SEEDS, STEPS, wideDeepState } from "../../../src/widgets/wide-deep/state.ts";
import { contestGoals, outcomeOf, spreadOf, verdictText } from "../../../src/widgets/wide-deep/verdict.ts";

describe("shapes of one budget", () => {
  test("by hand: 49 neurons in one layer are 2·49 + 49 + 49 + 1 = 197 parameters", () => {
    expect(countParameters([49])).toBe(197);
    expect(countParameters([12, 11])).toBe(12 * 3 + 11 * 13 + 12);
  });

  test("each shape keeps within the budget, and one neuron more would break it", () => {
    for (const budget of [25, 50, 100, 200]) {
      for (const { hidden, parameters } of shapesWithin(budget)) {
        expect(parameters).toBe(countParameters(hidden));
        expect(parameters).toBeLessThanOrEqual(budget);
        expect(Math.max(...hidden) - Math.min(...hidden)).toBeLessThanOrEqual(1);
        const narrow = hidden.indexOf(Math.min(...hidden));
        const wider = hidden.map((width, layer) => (layer === narrow ? width + 1 : width));
        expect(countParameters(wider)).toBeGreaterThan(budget);
      }
    }
    expect(shapeOf(4, 10)).toBeUndefined();
  });
});

describe("the verdict says what the medians say", () => {
  const shapes = shapesWithin(200);
  const text = (accuracies: number[][]) =>
    verdictText(shapes.slice(0, accuracies.length), { steps: 4000, accuracies, pictures: [] });

  test("spread by hand", () => {
    expect(spreadOf([0.9, 0.5, 0.7])).toEqual({ low: 0.5, median: 0.7, high: 0.9 });
    expect(spreadOf([0.6, 0.8]).median).toBeCloseTo(0.7);
  });

  test("deep ahead, apart and overlapping", () => {
    expect(
      outcomeOf([
        [0.7, 0.7, 0.7],
        [0.9, 0.9, 0.9],
      ]),
    ).toMatchObject({ outcome: "deep", best: 1, overlap: false });
    const overlapping = [
      [0.5, 0.7, 0.95],
      [0.6, 0.9, 0.9],
    ];
    expect(outcomeOf(overlapping)).toMatchObject({ outcome: "deep", overlap: true });
    expect(text(overlapping)).toMatch(/20\.0%p 높습니다.*반대로/);
  });

  test("a difference of two test points is none", () => {
    expect(outcomeOf([[0.98], [0.985]]).outcome).toBe("draw");
    expect(text([[0.98], [0.985]])).toContain("도움이 되지 않았습니다");
  });

  test("a deeper network that is harmed is named, though another one leads", () => {
    expect(text([[0.9], [0.99], [0.6]])).toMatch(
      /은닉층 2개짜리.*9\.0%p 높습니다.*은닉층 3개짜리.*30\.0%p 낮습니다/,
    );
    expect(text([[0.9], [0.905], [0.6]])).toMatch(/도움이 되지 않았습니다.*은닉층 3개짜리.*30\.0%p 낮습니다/);
    expect(text([[0.9], [0.99], [0.86]])).not.toContain("낮습니다");
  });

  test("wide ahead", () => {
    expect(outcomeOf([[0.9], [0.7], [0.8]])).toMatchObject({ outcome: "wide", best: 2 });
  });
});

test("a contest really trained: depth pays on the spiral and not on two clouds", () => {
  const run = (patch: Partial<typeof wideDeepState.defaults>) => {
    const contest = createContest(contestConfig({ ...wideDeepState.defaults, ...patch }));
    contest.setLive({ shown: 0 });
    expect(contestGoals(contest.frame().frame).some(({ done }) => done)).toBe(false);
    contest.advance(STEPS);
    const { frame } = contest.frame();
    expect(frame.accuracies.every((row) => row.length === SEEDS)).toBe(true);
    return contestGoals(frame)
      .filter(({ done }) => done)
      .map(({ id }) => id);
  };
  expect(run({})).toEqual(["finish", "deep-wins"]);
  expect(run({ data: "gauss", budget: "25" })).toEqual(["finish", "no-gain"]);
});
