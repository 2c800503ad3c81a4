import { describe, expect, test } from "vitest";
import {
  activate,
  dayOf,
  goes,
  PEOPLE,
  strongest,
  weightedSum,
} from "../../../src/widgets/neuron-parts/model.ts";
import {
  caseOf,
  type NeuronState,
  NO_GUESSES,
  neuronGoals,
  neuronState,
  personOf,
  scored,
  standingOf,
  sumOf,
  withPerson,
  withUnseenDay,
} from "../../../src/widgets/neuron-parts/state.ts";

const state = (patch: Partial<NeuronState>): NeuronState => ({ ...neuronState.defaults, ...patch });
const done = (of: NeuronState, score = NO_GUESSES) =>
  neuronGoals(of, score)
    .filter((goal) => goal.done)
    .map(({ id }) => id);

describe("the neuron", () => {
  test("z by hand: −4·0.7 + 1·0.5 − 1·0.2 + 1 = −1.5", () => {
    expect(sumOf(neuronState.defaults)).toBeCloseTo(-1.5, 12);
  });

  test("activations", () => {
    expect(activate("step", 0)).toBe(1);
    expect(activate("step", -0.1)).toBe(0);
    expect(activate("sigmoid", 0)).toBe(0.5);
    // 1 / (1 + e^−2)
    expect(activate("sigmoid", 2)).toBeCloseTo(0.880797, 6);
    expect(activate("relu", -3)).toBe(0);
    expect(activate("relu", 2.5)).toBe(2.5);
  });

  test("tenths that add up to 0 count as 0", () => {
    expect(goes(0.1 + 0.2 - 0.3)).toBe(true);
    expect(goes(0.3 - 0.1 - 0.2)).toBe(true);
  });

  test("the strongest term", () => {
    const neuron = { weights: [-4, 1, -1], bias: 1 } as const;
    expect(strongest(neuron, [0.7, 0.5, 0.2])).toBe(0);
    expect(strongest(neuron, [0.1, 0.2, 0.2])).toBe(3);
    expect(strongest({ weights: [0, 0, 0], bias: 0 }, [1, 1, 1])).toBeUndefined();
  });

  test("days are repeatable, clear, and go both ways for everybody", () => {
    for (const person of PEOPLE) {
      const days = Array.from({ length: 60 }, (_, i) => dayOf(person, i + 1));
      expect(days).toEqual(days.map((_, i) => dayOf(person, i + 1)));
      const sums = days.map((day) => weightedSum(person, day));
      expect(Math.min(...sums.map(Math.abs))).toBeGreaterThanOrEqual(0.3 - 1e-9);
      const rides = sums.filter(goes).length;
      expect(rides, person.name).toBeGreaterThan(12);
      expect(rides, person.name).toBeLessThan(48);
    }
  });
});

describe("goals", () => {
  test("four right guesses in a row, of both kinds, and a miss starts anew", () => {
    let score = NO_GUESSES;
    // [guess, truth]
    for (const [guess, truth] of [
      [true, true],
      [false, true],
      [false, false],
      [false, false],
      [false, false],
      [false, false],
    ] as const) {
      score = scored(score, guess, truth);
    }
    expect(score).toEqual({ right: 5, total: 6, streak: 4, rides: 0 });
    // “Never” every day is no guess.
    expect(done(neuronState.defaults, score)).toEqual([]);
    expect(done(neuronState.defaults, scored(score, true, true))).toEqual(["guess"]);
    expect(done(neuronState.defaults, scored(score, true, false))).toEqual([]);
  });

  test("a case that was shown does not count, nor does an own neuron", () => {
    const first = neuronState.defaults;
    expect(standingOf(first, new Set())).toBe("counts");
    expect(standingOf(first, new Set([caseOf(first)]))).toBe("seen");
    expect(standingOf(state({ w1: 0 }), new Set())).toBe("own");
  });

  test("the next day is one whose output was never shown", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const next = state(withUnseenDay(neuronState.defaults, 1, seen));
      expect(seen.has(caseOf(next))).toBe(false);
      expect(standingOf(next, seen)).toBe("counts");
      seen.add(caseOf(next));
    }
  });

  test("the others need the free mode", () => {
    const rainy = { rain: 1, w1: 3, w2: 0, w3: 0, b: 0 };
    expect(done(state(rainy))).toEqual([]);
    expect(done(state({ ...rainy, mode: "free" }))).toEqual(["rain"]);
  });

  test("the bias alone turns the decision", () => {
    expect(done(state({ mode: "free" }))).toEqual([]);
    expect(done(state({ mode: "free", b: 3 }))).toEqual(["bias"]);
    expect(done(state({ mode: "free", b: 2 }))).toEqual([]);
  });

  test("a wavering sigmoid", () => {
    expect(done(state({ mode: "free", activation: "sigmoid", w1: 0, w2: 0, w3: 0, b: 0.1 }))).toContain(
      "waver",
    );
    expect(done(state({ mode: "free", activation: "sigmoid", w1: 0, w2: 0, w3: 0, b: 1 }))).not.toContain(
      "waver",
    );
  });
});

test("the address keeps a neuron, and names what it cannot read", () => {
  const own = state({ mode: "free", activation: "sigmoid", w1: -2.5, b: 0.3, rain: 0.4, day: 12 });
  expect(neuronState.decode(neuronState.encode(own))).toEqual({ state: own, problems: [] });
  const damaged = neuronState.decode("1;w1=9;rain=2;activation=sine;b=-1");
  expect(damaged.problems.toSorted()).toEqual(["activation", "rain", "w1"]);
  expect(damaged.state).toEqual(state({ b: -1 }));
});

test("a person is known by the weights", () => {
  expect(personOf(neuronState.defaults)).toBe("jiwoo");
  expect(personOf(state(withPerson("minho", 4)))).toBe("minho");
  expect(personOf(state({ w1: 0 }))).toBeUndefined();
});
