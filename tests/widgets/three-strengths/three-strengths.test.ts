import { describe, expect, test } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import type { Cell, Job, LearnerId } from "../../../src/widgets/three-strengths/experiment.ts";
import { strengthsGoals } from "../../../src/widgets/three-strengths/goals.ts";
import {
  HAND_MADE,
  handMadeOf,
  holesOf,
  PIXELS,
  SIDE,
} from "../../../src/widgets/three-strengths/hand-made.ts";
import { layerOn, nearest, trained } from "../../../src/widgets/three-strengths/learners.ts";
import { drawnPictures, halved, onPaper } from "../../../src/widgets/three-strengths/pictures.ts";
import {
  bestHandMade,
  curveOf,
  dataText,
  dimensionsText,
  featuresText,
} from "../../../src/widgets/three-strengths/results.ts";
import { SIDES, SIZES, strengthsState } from "../../../src/widgets/three-strengths/state.ts";

/** A picture out of lines of text, `#` for ink, in the upper left corner after one empty row and column. */
function drawn(...rows: readonly string[]): Float32Array {
  const picture = new Float32Array(PIXELS);
  rows.forEach((row, y) => {
    [...row].forEach((letter, x) => {
      if (letter === "#") picture[(y + 1) * SIDE + x + 1] = 1;
    });
  });
  return picture;
}

function resultOf<T>(work: Generator<number, T, undefined>): T {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

describe("hand-made features, by hand", () => {
  const measured = (id: (typeof HAND_MADE)[number]["id"], picture: Float32Array) =>
    HAND_MADE.find((feature) => feature.id === id)!.measure(picture);

  test("holes", () => {
    expect(holesOf(drawn("###", "# #", "###"))).toBe(1);
    expect(holesOf(drawn("###", "# #", "# #"))).toBe(0);
    expect(holesOf(drawn("#####", "# # #", "#####"))).toBe(2);
    expect(holesOf(drawn())).toBe(0);
  });

  test("ink, rows, columns, place", () => {
    const dash = drawn("####");
    expect(measured("ink", dash)[0]).toBeCloseTo((4 * 4) / PIXELS, 6);
    expect(measured("rows", dash)[1]).toBeCloseTo((2 * 4) / SIDE, 6);
    expect(measured("rows", dash)[2]).toBe(0);
    expect(measured("columns", dash).filter((value) => value > 0)).toHaveLength(4);
    const [x, y] = measured("moments", drawn("#"));
    expect(x).toBeCloseTo((3 * (1.5 - 7)) / 7, 4);
    expect(y).toBeCloseTo((3 * (1.5 - 7)) / 7, 4);
  });

  test("edges of an upright line run sideways, of a lying one up and down", () => {
    const sums = (picture: Float32Array) => {
      const bins = measured("edges", picture);
      return [0, 1, 2, 3].map((k) => bins.filter((_, i) => i % 4 === k).reduce((sum, bin) => sum + bin, 0));
    };
    const upright = sums(drawn(..."#".repeat(12).split("")));
    const lying = sums(drawn("############"));
    expect(upright[0]).toBeGreaterThan(5 * upright[2]!);
    expect(lying[2]).toBeGreaterThan(5 * lying[0]!);
    expect(upright[0]).toBeCloseTo(lying[2]!, 6);
  });

  test("features stand one behind the other, in the order of the list", () => {
    const { values, width } = handMadeOf(drawn("#"), ["holes", "ink"]);
    expect(width).toBe(2);
    expect([...values]).toEqual([Math.fround(4 / PIXELS), 0]);
    for (const feature of HAND_MADE) expect(feature.measure(drawn("##"))).toHaveLength(feature.width);
  });
});

describe("pictures", () => {
  const pixels = new Uint8Array(6 * 784);
  pixels.set([255, 0], 0);
  pixels.set([0, 255], 28);
  const six = { rows: 28, columns: 28, pixels, labels: Uint8Array.from([0, 1, 0, 1, 0, 1]) };

  test("halves, draws as many of each class, and lays letters on larger paper whole", () => {
    expect(halved(six).values[0]).toBeCloseTo(0.5, 6);
    const four = drawnPictures(six, 4, 5);
    expect([...four.labels].sort()).toEqual([0, 0, 1, 1]);
    const letters = Float32Array.from({ length: 2 * PIXELS }, (_, i) => (i % 7) / 7);
    const paper = onPaper(letters, 20, 3);
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    expect(paper).toHaveLength(2 * 400);
    expect(sum(paper.subarray(0, 400))).toBeCloseTo(sum(letters.subarray(0, PIXELS)), 3);
    expect(onPaper(letters, SIDE, 3)).toEqual(letters);
  });

  test("the nearest picture's answer is that of plain loops; one layer learns what one layer can", () => {
    const random = new Random(2);
    const set = (count: number) => {
      const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
      const values = Float32Array.from({ length: 4 * count }, (_, i) =>
        random.normal(i % 4 === labels[Math.floor(i / 4)] ? 2 : 0, 0.7),
      );
      return { inputs: [values], labels };
    };
    const [train, asked] = [set(60), set(40)];
    const distance = (i: number, j: number) =>
      [0, 1, 2, 3].reduce(
        (sum, k) => sum + (train.inputs[0]![4 * j + k]! - asked.inputs[0]![4 * i + k]!) ** 2,
        0,
      );
    const right = [...asked.labels].filter((label, i) => {
      const distances = Array.from({ length: 60 }, (_, j) => distance(i, j));
      return train.labels[distances.indexOf(Math.min(...distances))] === label;
    });
    expect(resultOf(nearest(train, asked, 4))).toBeCloseTo(right.length / 40, 9);
    const { accuracy, parameters } = resultOf(trained(layerOn(4), "layer", train, asked, 1));
    expect(accuracy).toBeGreaterThan(0.85);
    expect(parameters).toBe(5 * 24);
  });
});

const cell = (job: Job["kind"], learner: LearnerId, patch: Partial<Cell>): Cell => ({
  ...{ job, learner, inputs: 196, count: 2400, accuracy: 0.9, parameters: 1, features: [] },
  ...patch,
});
const papers = (learner: LearnerId, accuracies: readonly number[]) =>
  SIDES.map((side, i) => cell("dimensions", learner, { inputs: side * side, accuracy: accuracies[i]! }));
const sizes = (learner: LearnerId, accuracies: readonly number[]) =>
  SIZES.map((count, i) => cell("data", learner, { count, accuracy: accuracies[i]! }));
const FULL: readonly Cell[] = [
  cell("hand-made", "hand-made", { accuracy: 0.7 }),
  cell("hand-made", "hand-made", { accuracy: 0.95 }),
  cell("learned", "network", { accuracy: 0.98 }),
  ...papers("nearest", [0.95, 0.5, 0.3]),
  ...papers("pixels", [0.96, 0.24, 0.1]),
  ...papers("network", [0.87, 0.85, 0.86]),
  ...sizes("hand-made", [0.89, 0.93, 0.953, 0.95]),
  ...sizes("network", [0.89, 0.94, 0.957, 0.982]),
];

test("sentences say what the numbers say", () => {
  expect(bestHandMade(FULL)!.accuracy).toBe(0.95);
  expect(featuresText(FULL)).toMatch(/신경망이 3\.0%p 앞섭니다/);
  expect(featuresText([])).toMatch(/아직/);
  expect(
    featuresText([cell("hand-made", "hand-made", {}), cell("learned", "network", { accuracy: 0.8 })]),
  ).toMatch(/사람이 정한 특징이 10\.0%p 앞섭니다/);
  expect(dimensionsText(FULL)).toMatch(
    /196개에서 676개.*95\.0%에서 30\.0%.*96\.0%에서 10\.0%.*87\.0%에서 86\.0%/,
  );
  expect(dimensionsText(FULL.slice(0, 8))).toMatch(/끝까지 재면/);
  expect(dataText(FULL)).toMatch(/1,200장에서 2,400장.*−0\.3%p.*\+2\.5%p/);
  expect(dataText([])).toMatch(/끝까지 재면/);
  expect(curveOf(FULL.slice(0, 4), "dimensions", "nearest")).toEqual([0.95, undefined, undefined]);
});

test("goals: each is reached by what it says and by nothing less", () => {
  const done = (cells: readonly Cell[]) =>
    strengthsGoals(cells)
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  expect(done(FULL)).toEqual(["designer", "beaten", "dimensions", "data"]);
  expect(done(FULL.filter(({ accuracy }) => accuracy !== 0.95))).not.toContain("designer");
  expect(done(FULL.filter(({ job }) => job !== "learned"))).not.toContain("beaten");
  expect(done(FULL.filter(({ inputs }) => inputs !== 676))).not.toContain("dimensions");
  expect(done(FULL.slice(0, -1))).not.toContain("data");
});

test("the chosen features travel in the address; unknown ones are refused", () => {
  const state = {
    ...strengthsState.defaults,
    features: ["holes", "edges"] as const,
    strength: "data" as const,
  };
  expect(strengthsState.decode(strengthsState.encode(state)).state).toEqual(state);
  expect(strengthsState.decode("1;features=holes.magic").problems).toEqual(["features"]);
});
