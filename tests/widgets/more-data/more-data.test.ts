import { describe, expect, test } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import {
  type Cell,
  HIDDEN,
  halved,
  LEARNERS,
  PIXELS,
  parametersOf,
} from "../../../src/widgets/more-data/experiment.ts";
import { moreDataGoals } from "../../../src/widgets/more-data/goals.ts";
import { NearestNeighbour } from "../../../src/widgets/more-data/nearest.ts";
import {
  curveOf,
  findings,
  guessError,
  isComplete,
  overtakingSize,
} from "../../../src/widgets/more-data/results.ts";
import { percentAt, xOf, yOf } from "../../../src/widgets/more-data/scale.ts";
import { moreDataState, REPETITIONS, SIZES, soundState } from "../../../src/widgets/more-data/state.ts";

test("pictures are halved by means of four pixels", () => {
  const pixels = new Uint8Array(2 * 28 * 28);
  // The second picture's pixels 2 and 3 of its rows 0 and 1.
  pixels.set([255, 255], 784 + 2);
  pixels.set([0, 255], 784 + 28 + 2);
  const { inputs, labels } = halved({ rows: 28, columns: 28, pixels, labels: Uint8Array.from([3, 7]) });
  expect(Array.from(labels)).toEqual([3, 7]);
  expect(inputs[0]).toHaveLength(2 * PIXELS);
  expect(inputs[0]![PIXELS + 1]).toBeCloseTo(0.75, 6);
  expect(Array.from(inputs[0]!).filter((value) => value !== 0)).toHaveLength(1);
});

test("parameters by hand: 196·4 + 4 + 4·10 + 10 = 838", () => {
  expect(parametersOf(HIDDEN.small)).toBe(838);
  expect(parametersOf(HIDDEN.large)).toBe(196 * 128 + 128 + 128 * 10 + 10);
});

test("the nearest neighbour is that of plain loops, also across blocks and in several portions", () => {
  const random = new Random(4);
  const [pixels, trainCount, testCount] = [6, 620, 40];
  const samples = (count: number) => ({
    inputs: [Float32Array.from({ length: count * pixels }, () => random.uniform())],
    labels: Int32Array.from({ length: count }, () => random.below(10)),
  });
  const [train, tests] = [samples(trainCount), samples(testCount)];
  const distance = (j: number, i: number) =>
    Array.from(
      { length: pixels },
      (_, k) => train.inputs[0]![j * pixels + k]! - tests.inputs[0]![i * pixels + k]!,
    ).reduce((sum, value) => sum + value ** 2, 0);
  const rightOf = (count: number) => {
    const right = Array.from(tests.labels).filter((label, i) => {
      const distances = Array.from({ length: count }, (_, j) => distance(j, i));
      return train.labels[distances.indexOf(Math.min(...distances))] === label;
    });
    return right.length / testCount;
  };
  const nearest = new NearestNeighbour(tests, pixels);
  nearest.learn(train, 0, 7);
  expect(nearest.accuracy()).toBe(rightOf(7));
  nearest.learn(train, 7, 300);
  nearest.learn(train, 300, trainCount);
  expect(nearest.count).toBe(trainCount);
  expect(nearest.accuracy()).toBe(rightOf(trainCount));
  nearest.forget();
  nearest.learn(train, 0, 7);
  expect(nearest.accuracy()).toBe(rightOf(7));
});

const CURVES = {
  small: [0.4, 0.6, 0.7, 0.75, 0.8, 0.8],
  large: [0.5, 0.7, 0.82, 0.9, 0.93, 0.95],
  nearest: [0.5, 0.7, 0.8, 0.9, 0.93, 0.96],
} as const;
const cellsOf = (repetitions: number): Cell[] =>
  Array.from({ length: repetitions }, (_, repetition) =>
    SIZES.flatMap((_size, size) =>
      LEARNERS.map((learner) => ({ learner, size, repetition, accuracy: CURVES[learner][size]! })),
    ),
  ).flat();

describe("what the numbers say", () => {
  test("curves are means; what is missing stays missing", () => {
    const cells: Cell[] = [0.5, 0.7].map((accuracy, repetition) => ({
      ...{ learner: "large", size: 1 },
      ...{ repetition, accuracy },
    }));
    expect(curveOf(cells, "large")[1]).toBeCloseTo(0.6, 12);
    expect(curveOf(cells, "large")[0]).toBeUndefined();
    expect(findings(cells)).toEqual([]);
    expect(isComplete(cellsOf(1), 1)).toBe(true);
    expect(isComplete(cellsOf(1).slice(1), 1)).toBe(false);
  });

  test("gains, saturation and the comparison with the neighbour", () => {
    const [first, second, third] = findings(cellsOf(1));
    expect(first).toMatch(/20\.0%p 올랐습니다.*2\.0%p 올랐습니다/);
    expect(second).toMatch(/0\.0%p 올랐습니다.*차이는 15\.0%p/);
    expect(third).toMatch(/50\.0%에서 5\.0%.*96\.0%로, 큰 신경망보다 1\.0%p 높습니다/);
  });

  test("the overtaking size and the guess", () => {
    expect(overtakingSize(cellsOf(1))).toBe(2);
    const error = guessError(cellsOf(1), [50, 70, 82, 90, 93, 85]);
    expect(error?.largest).toBeCloseTo(10, 9);
    expect(error?.mean).toBeCloseTo(10 / 6, 9);
  });
});

test("goals: each is reached by what it says and by nothing less", () => {
  const state = moreDataState.defaults;
  const done = (cells: readonly Cell[], guess?: readonly number[], size = 0) =>
    moreDataGoals({ ...state, size }, cells, guess)
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  expect(done([], [50, 60, 70, 80, 90, 95])).toEqual([]);
  expect(done(cellsOf(1), state.guess)).toEqual([]);
  expect(done(cellsOf(1), [10, 10, 10, 10, 10, 10])).toEqual(["measure"]);
  expect(done(cellsOf(1), [50, 70, 80, 90, 93, 95])).toEqual(["measure", "close"]);
  expect(done(cellsOf(1), undefined, 2)).toEqual(["overtake"]);
  expect(done(cellsOf(REPETITIONS), undefined)).toEqual(["spread"]);
});

describe("places in the chart", () => {
  test.each([false, true])("a dragged point has the percent of its place (logarithmic: %s)", (logError) => {
    for (const percent of [0, 20, 55, 90, 97]) {
      expect(percentAt(yOf(percent / 100, logError), logError)).toBe(percent);
    }
    expect(percentAt(-100, logError)).toBe(logError ? 98 : 100);
  });

  test("across, equal ratios are equal distances", () => {
    expect(xOf(2) - xOf(0)).toBeCloseTo(xOf(4) - xOf(2), 6);
  });
});

test("a link with too few points opens with the default curve", () => {
  const { state } = moreDataState.decode("1;guess=10,20");
  expect(soundState(state).guess).toEqual(moreDataState.defaults.guess);
});
