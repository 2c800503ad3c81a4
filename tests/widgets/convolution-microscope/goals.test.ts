import { describe, expect, test } from "vitest";
import { brightness } from "../../../src/ui/read-photo.ts";
import {
  microscopeGoals,
  movesRight,
  seesOnlyHorizontalEdges,
} from "../../../src/widgets/convolution-microscope/goals.ts";
import { parseWeight } from "../../../src/widgets/convolution-microscope/Kernel.tsx";
import { KERNELS, type Kernel, resized } from "../../../src/widgets/convolution-microscope/kernels.ts";
import { createSlide, placeAt, settingOf } from "../../../src/widgets/convolution-microscope/slide.ts";
import { kernelOf, microscopeState } from "../../../src/widgets/convolution-microscope/state.ts";
import { sumText } from "../../../src/widgets/convolution-microscope/text.ts";

const own = (...weights: number[]): Kernel => ({ side: 3, weights, divisor: 1 });
const defaults = microscopeState.defaults;

function done(kernel: Kernel, patch = {}, output = 94, visit = { repaired: false, computed: false }) {
  const setting = settingOf({ ...defaults, ...patch }, kernel);
  return microscopeGoals(setting, { input: 96, output }, visit)
    .filter((goal) => goal.done)
    .map(({ id }) => id);
}

describe("goals", () => {
  test("at the start none is reached", () => {
    expect(done(kernelOf(defaults))).toEqual([]);
  });

  test("a kernel for horizontal edges is deaf to stripes that stand", () => {
    const mine = own(-1, -1, -1, 0, 0, 0, 1, 1, 1);
    expect(done(mine)).toEqual(["horizontal"]);
    expect(done(KERNELS.find(({ id }) => id === "horizontal")!)).toEqual([]);
    expect(seesOnlyHorizontalEdges(own(-1, 0, 1, -1, 0, 1, -1, 0, 1))).toBe(false);
    expect(seesOnlyHorizontalEdges(own(0, 1, 0, 1, -4, 1, 0, 1, 0))).toBe(false);
    const columns = [0, 200, 30, 90, 10];
    const picture = { rows: 5, columns: 5, values: Array.from({ length: 25 }, (_, i) => columns[i % 5]!) };
    const { kernel, ...moves } = settingOf(defaults, mine);
    const slide = createSlide({ ...moves, rows: 5, columns: 5, side: 3 })!;
    expect(Array.from(slide(picture.values, kernel).map.values)).toEqual(new Array(9).fill(0));
  });

  test("one step to the right", () => {
    const mine = own(0, 0, 0, 1, 0, 0, 0, 0, 0);
    expect(done(mine)).toEqual(["move"]);
    expect(done(mine, { stride: 2 })).toEqual([]);
    expect(movesRight(resized(mine, 5))).toBe(true);
    expect(movesRight({ ...mine, divisor: 2 })).toBe(false);
    const picture = { rows: 3, columns: 4, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] };
    // The middle of the window at place 0, 0 is pixel 1, 1 with the value 6; the result is its left neighbour.
    expect(placeAt(picture, settingOf(defaults, mine), 0, 0).result).toBe(5);
  });

  test("half the size, computed, repaired", () => {
    const five = resized(own(0, 0, 0, 0, 1, 0, 0, 0, 0), 5);
    expect(done(five, { stride: 2, padding: 2 }, 48)).toEqual(["half"]);
    expect(done(five, { stride: 2, pool: "max" }, 48)).toEqual([]);
    expect(done(kernelOf(defaults), {}, 94, { repaired: true, computed: true })).toEqual([
      "compute",
      "repair",
    ]);
  });
});

test("what is typed as a weight", () => {
  expect(["-1", "−0.5", ".25", "+3", "1,5", " 7 "].map(parseWeight)).toEqual([-1, -0.5, 0.25, 3, 1.5, 7]);
  expect(["", "-", "1/9", "하나", "1e9"].map(parseWeight)).toEqual(new Array(5).fill(undefined));
});

test("the sum is written with its signs, the divisor and ReLU", () => {
  const picture = { rows: 3, columns: 3, values: [20, 220, 220, 20, 220, 220, 20, 220, 100] };
  const setting = { ...settingOf(defaults, own(-1, 0, 1, 0, 0, 0, 0, 0, -9)), relu: true };
  const place = placeAt(picture, setting, 0, 0);
  expect(sumText(place, 1, true)).toBe("합: −20 + 220 − 900 = −700, ReLU를 지나면 0");
});

test("brightness of red, green, blue", () => {
  expect(Array.from(brightness([255, 255, 255, 255, 255, 0, 0, 255]))).toEqual([255, 54]);
});

test("a shared state comes back, a damaged one is told", () => {
  const state = {
    ...defaults,
    weights: new Array<number>(25).fill(-0.25),
    divisor: 4,
    stride: 3,
    picture: "grid" as const,
  };
  expect(microscopeState.decode(microscopeState.encode(state)).state).toEqual(state);
  expect(microscopeState.decode("1;weights=1,2;stride=9").problems).toEqual(["weights", "stride"]);
});
