import { describe, expect, it } from "vitest";
import {
  configOf,
  createGanTrainer,
  type GanFrame,
  liveOf,
  ownPlaces,
  realPoints,
} from "../../../src/widgets/gan-lab/experiment.ts";
import { ALONE_ROUNDS, follow, ganGoals, NO_PAST } from "../../../src/widgets/gan-lab/goals.ts";
import { certaintyOf, discriminatorAccuracy } from "../../../src/widgets/gan-lab/scores.ts";
import { type GanState, ganState, OBJECTIVES } from "../../../src/widgets/gan-lab/state.ts";
import { divergenceText, verdictText } from "../../../src/widgets/gan-lab/text.ts";

const stateWith = (patch: Partial<GanState>): GanState => ({ ...ganState.defaults, ...patch });

function trainerOf(state: GanState, from?: GanFrame) {
  const trainer = createGanTrainer({ ...configOf(state), memory: from?.memory, rounds: from?.rounds ?? 0 });
  trainer.setLive(liveOf(state));
  return trainer;
}

describe("the laboratory's networks", () => {
  it.each(OBJECTIVES)("%s: go on from a frame exactly as if they had not stopped", (objective) => {
    const state = stateWith({ objective, data: "heaps" });
    const through = trainerOf(state);
    through.advance(60);
    const first = trainerOf(state);
    first.advance(25);
    const second = trainerOf(state, first.frame().frame);
    second.advance(35);
    const [expected, actual] = [through.frame().frame, second.frame().frame];
    expect(actual.rounds).toBe(60);
    expect(actual.samples).toEqual(expected.samples);
    expect(actual.map).toEqual(expected.map);
  });

  it("train only the side that is asked for", () => {
    const state = stateWith({ who: "discriminator" });
    const trainer = trainerOf(state);
    const before = trainer.frame().frame;
    trainer.advance(10);
    const after = trainer.frame().frame;
    expect(after.samples).toEqual(before.samples);
    expect(after.map).not.toEqual(before.map);
    trainer.setLive(liveOf({ ...state, who: "generator" }));
    trainer.advance(10);
    const last = trainer.frame().frame;
    expect(last.map).toEqual(after.map);
    expect(last.samples).not.toEqual(after.samples);
  });

  it.each(OBJECTIVES)("%s: the arrows point where the generator's loss falls", (objective) => {
    const trainer = trainerOf(stateWith({ objective }));
    trainer.advance(50);
    const { samples, arrows, map, fakeScores } = trainer.frame().frame;
    expect(map.every(Number.isFinite)).toBe(true);
    // A short way along its arrow a point is taken for more real: the slope of the score itself, from the map.
    const nearest = (x: number, y: number) => {
      const cell = (value: number) => Math.max(0, Math.min(39, Math.round(((value + 1.3) / 2.6) * 39)));
      return map[cell(-y) * 40 + cell(x)]!;
    };
    let [better, compared] = [0, 0];
    for (let i = 0; i < fakeScores.length; i++) {
      const [x, y] = [samples[2 * i]!, samples[2 * i + 1]!];
      const length = Math.hypot(arrows[2 * i]!, arrows[2 * i + 1]!);
      if (Math.max(Math.abs(x), Math.abs(y)) > 0.9 || length === 0) continue;
      compared++;
      const [dx, dy] = [(0.1 * arrows[2 * i]!) / length, (0.1 * arrows[2 * i + 1]!) / length];
      const certainty =
        objective === "least-squares" ? (score: number) => -((score - 1) ** 2) : (score: number) => score;
      if (certainty(nearest(x + dx, y + dy)) > certainty(nearest(x - dx, y - dy))) better++;
    }
    expect(compared).toBeGreaterThan(50);
    expect(better / compared).toBeGreaterThan(0.85);
  });

  it("stop with the side that was not finite", () => {
    const state = stateWith({
      optimizer: "sgd",
      generatorRate: 0.3,
      discriminatorRate: 0.3,
      objective: "least-squares",
    });
    const trainer = trainerOf(state);
    expect(trainer.advance(5000)).toBeLessThan(5000);
    const divergence = trainer.divergence()!;
    expect(divergence.step).toBeGreaterThan(0);
    expect(divergenceText(divergence)).toMatch(/번째 판에서 (생성자|판별자)의 값이/);
  });

  it("take own points, and stand one point in for none", () => {
    expect(ownPlaces([50, -25, 100])).toEqual([[0.5, -0.25]]);
    const points = realPoints({ data: "own", own: [[0.5, -0.25]] }, 200, 1);
    const mean = (axis: number) => points.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b, 0) / 200;
    expect(mean(0)).toBeCloseTo(0.5, 1);
    expect(mean(1)).toBeCloseTo(-0.25, 1);
    expect(realPoints({ data: "own", own: [] }, 10, 1).every(Number.isFinite)).toBe(true);
  });
});

describe("scores", () => {
  const scores = { realScores: new Float32Array([2, 4]), fakeScores: new Float32Array([-1, 1]) };

  it("of a logit are 2σ(z) − 1", () => {
    const certainty = certaintyOf("standard", scores);
    expect(certainty(0)).toBe(0);
    expect(certainty(Math.log(3))).toBeCloseTo(2 * 0.75 - 1, 9);
    expect(discriminatorAccuracy("standard", scores)).toBe(3 / 4);
  });

  it("of a least-squares discriminator run from 0 to 1", () => {
    const certainty = certaintyOf("least-squares", scores);
    expect([certainty(0), certainty(0.5), certainty(1)]).toEqual([-1, 0, 1]);
  });

  it("of a critic count from the middle between the sides, whatever is added to all", () => {
    const shifted = {
      realScores: scores.realScores.map((s) => s + 9),
      fakeScores: scores.fakeScores.map((s) => s + 9),
    };
    expect(certaintyOf("wasserstein-penalty", scores)(1.5)).toBe(0);
    expect(certaintyOf("wasserstein-penalty", shifted)(12)).toBeCloseTo(
      certaintyOf("wasserstein-penalty", scores)(3),
      9,
    );
  });
});

describe("goals and verdicts", () => {
  const frame = trainerOf(stateWith({ data: "heaps" })).frame().frame;
  const done = (state: Partial<GanState>, patch: Partial<GanFrame>, collapsed = false) =>
    ganGoals(stateWith(state), { ...frame, ...patch }, { ...NO_PAST, collapsed })
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  it("none is reached by a fresh network, however near", () => {
    expect(done({}, { distance: 0 })).toEqual([]);
    expect(ganGoals(ganState.defaults, undefined, NO_PAST).every((goal) => !goal.done)).toBe(true);
  });

  it("a collapse needs time, few heaps and points that sit together", () => {
    const coverage = { reached: 1, heaps: 8, inside: 0.9 };
    expect(done({}, { rounds: 600, coverage, spread: 0.1 })).toEqual(["collapse"]);
    expect(done({}, { rounds: 100, coverage, spread: 0.1 })).toEqual([]);
    expect(done({}, { rounds: 600, coverage, spread: 0.9 })).toEqual([]);
    expect(verdictText(stateWith({}), { ...frame, rounds: 600, coverage, spread: 0.1 })).toContain(
      "모드 붕괴",
    );
  });

  it("the cure counts only for a network that had collapsed", () => {
    const well = { rounds: 3000, coverage: { reached: 8, heaps: 8, inside: 0.9 }, spread: 1, distance: 0.02 };
    expect(done({}, well)).toEqual([]);
    expect(done({}, well, true)).toEqual(["cure"]);
  });

  /** Goals that are done at the end of what happened, one frame after the other. */
  const doneAfter = (happened: readonly (readonly [Partial<GanState>, Partial<GanFrame>])[]) => {
    let past = NO_PAST;
    for (const [state, patch] of happened) past = follow(past, stateWith(state), { ...frame, ...patch });
    const [state, patch] = happened.at(-1)!;
    return ganGoals(stateWith(state), { ...frame, ...patch }, past).flatMap(({ id, done }) =>
      done ? [id] : [],
    );
  };
  const told = { realScores: new Float32Array(4).fill(3), fakeScores: new Float32Array(4).fill(-3) };
  const fooled = { ...told, fakeScores: told.realScores };
  const D = { who: "discriminator" } as const;
  const G = { who: "generator" } as const;

  it("judging takes rounds of the discriminator alone, and probabilities", () => {
    const later = { ...told, rounds: 100 + ALONE_ROUNDS };
    expect(doneAfter([[D, { ...told, rounds: 100 }]])).toEqual([]);
    expect(
      doneAfter([
        [{}, { ...told, rounds: 99 }],
        [D, { ...told, rounds: 100 }],
        [D, later],
      ]),
    ).toEqual(["judge"]);
    const critic = { ...D, objective: "wasserstein-penalty" } as const;
    expect(
      doneAfter([
        [critic, { ...told, rounds: 100 }],
        [critic, later],
      ]),
    ).toEqual([]);
  });

  it("fooling takes a discriminator that had judged well, and the generator alone after it", () => {
    const judged = [
      [D, { ...told, rounds: 0 }],
      [D, { ...told, rounds: ALONE_ROUNDS }],
    ] as const;
    const fooling = [
      [G, { ...fooled, rounds: ALONE_ROUNDS }],
      [G, { ...fooled, rounds: 2 * ALONE_ROUNDS }],
    ] as const;
    expect(doneAfter([...judged, fooling[0]])).toEqual([]);
    expect(doneAfter([...judged, ...fooling])).toEqual(["fool"]);
    expect(doneAfter(fooling)).toEqual([]);
    expect(doneAfter([...judged, [{}, { ...told, rounds: ALONE_ROUNDS }], ...fooling])).toEqual([]);
  });
});

describe("the address", () => {
  it("holds a drawn cloud and comes back from it", () => {
    const state = stateWith({ data: "own", own: [10, -20, 30, 40], objective: "least-squares" });
    expect(ganState.decode(ganState.encode(state))).toEqual({ state, problems: [] });
    expect(ganState.decode("1;own=10,x;latent=3").problems).toEqual(["own", "latent"]);
  });
});
