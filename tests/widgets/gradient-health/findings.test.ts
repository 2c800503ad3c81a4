import { describe, expect, test } from "vitest";
import {
  gradientFinding,
  isNearSmallest,
  outcomeFinding,
  sizeText,
  smallestLayer,
  timesText,
  troubleFinding,
} from "../../../src/widgets/gradient-health/findings.ts";
import { comparison } from "../../../src/widgets/gradient-health/pinned.ts";
import {
  barsPath,
  decadesFor,
  heightOf,
  outlinePath,
  ticksOf,
} from "../../../src/widgets/gradient-health/scale.ts";
import type { HealthFrame } from "../../../src/widgets/gradient-health/trainer.ts";
import { divergenceText, guessText } from "../../../src/widgets/gradient-health/words.ts";

const list = (...values: number[]) => Float64Array.from(values);
const ones = list(1, 1, 1, 1);
const frame = (patch: Partial<HealthFrame> = {}): HealthFrame => ({
  ...{ key: "", steps: 0, loss: 0.7, trainAccuracy: 0.5, testAccuracy: 0.5, trainedAt: undefined, rates: [] },
  ...{ gradients: ones, firstGradients: ones, activations: ones, spreads: ones, changes: ones },
  picture: new Float32Array(),
  ...patch,
});

describe("sizes as text", () => {
  test.each([
    [0, "0"],
    [0.0523, "0.052"],
    [3.14e-7, "3.1×10⁻⁷"],
    [2.5e12, "2.5×10¹²"],
    [Number.POSITIVE_INFINITY, "범위 밖"],
    [Number.NaN, "범위 밖"],
  ])("%s", (value, text) => expect(sizeText(value)).toBe(text));

  test.each([
    [1 / 3000, "1/3,000"],
    [1 / 2.5, "1/2.5"],
    [4.26, "4.3배"],
    [12_345, "12,000배"],
    [3e-20, "약 10²⁰분의 1"],
    [1e9, "약 10⁹배"],
  ])("%s times", (value, text) => expect(timesText(value)).toBe(text));
});

describe("findings say what the numbers are", () => {
  test("vanished, exploded, even, zero, beyond", () => {
    const gradients = (...values: number[]) => gradientFinding(frame({ gradients: list(...values) }));
    expect(gradients(1e-6, 1e-4, 3e-3, 1)).toBe("첫 층의 기울기는 마지막 은닉층의 1/3,000입니다.");
    expect(gradients(50, 5, 0.01, 1)).toBe("첫 층의 기울기는 마지막 은닉층의 5,000배입니다.");
    expect(gradients(0.02, 0.03, 0.01, 1)).toContain("2.0배로 비슷하고, 크기는 0.02입니다");
    expect(gradients(0, 0, 0, 1)).toBe("은닉층의 기울기가 모두 정확히 0입니다.");
    expect(gradients(0, 0, 1e-40, 1)).toContain("1층부터 2층까지");
    const beyond = frame({ activations: list(1, Number.NaN, Number.NaN, Number.NaN) });
    expect(gradientFinding(beyond)).toContain("2층부터");
  });

  test("layers that did not move, and layers that say the same to everything", () => {
    const still = frame({ steps: 500, changes: list(0, 0, 1e-9, 0.1) });
    expect(troubleFinding(still)).toContain("500걸음 동안 1층부터 2층까지");
    expect(troubleFinding(frame({ steps: 0, changes: list(0, 0, 0, 0) }))).toBe("");
    expect(troubleFinding(frame({ spreads: list(1, 1, 1e-6, 1) }))).toContain("거의 같은 값");
  });

  test("trained, not trained after a whole trial, too early to say", () => {
    expect(outcomeFinding(frame({ steps: 900, trainedAt: 275 }))).toContain("275걸음 만에");
    expect(outcomeFinding(frame({ steps: 1500, testAccuracy: 0.475 }))).toContain("47.5%");
    expect(outcomeFinding(frame({ steps: 1499 }))).toBe("");
  });

  test("where it diverged", () => {
    expect(divergenceText({ step: 2, node: "forward 4" }, 30)).toMatch(/2번째 걸음에서 순전파.*4층의 값이/);
    expect(divergenceText({ step: 9, node: "backward 31" }, 30)).toContain(
      "역전파를 하던 중 출력층의 기울기가",
    );
    expect(divergenceText({ step: 9, node: "layer 7 weights" }, 30)).toContain("7층의 가중치가");
    expect(divergenceText({ step: 9, node: "loss" }, 30)).toContain("손실이");
  });

  test("the guess, also where several layers share the smallest", () => {
    const gradients = list(0, 0, 1e-3, 0.5);
    expect(smallestLayer(gradients)).toBe(1);
    expect(isNearSmallest(gradients, 4)).toBe(true);
    expect(isNearSmallest(list(1e-9, 1e-6, 1e-3, 0.5), 4)).toBe(false);
    expect(isNearSmallest(gradients, 0)).toBe(false);
    expect(guessText(4, frame({ firstGradients: gradients }))).toMatch(
      /1층 등 2개 층\(0\).*출력층의 기울기는 0\.5/,
    );
  });

  test("before and after", () => {
    const before = { summary: "", frame: frame({ gradients: list(1e-4, 1, 1, 1), testAccuracy: 0.48 }) };
    const after = frame({ gradients: list(0.1, 1, 1, 1), testAccuracy: 0.99 });
    expect(comparison(before, after)).toContain("1,000배, 시험 정확도는 48.0%에서 99.0%");
    const zero = { summary: "", frame: frame({ gradients: list(0, 1, 1, 1) }) };
    expect(comparison(zero, after)).toContain("0에서 0.1");
  });
});

describe("logarithmic bars", () => {
  test("decades grow in large steps and never shrink", () => {
    expect(decadesFor([list(1e-3, 2)])).toEqual({ low: -6, high: 1 });
    expect(decadesFor([list(1e-20, 0, Number.POSITIVE_INFINITY)])).toEqual({ low: -24, high: 1 });
    expect(decadesFor([list(1)], { low: -24, high: 20 })).toEqual({ low: -24, high: 20 });
  });

  test("heights: one decade of seven, nothing for 0, everything beyond numbers", () => {
    const decades = { low: -6, high: 1 };
    expect(heightOf(1e-5, decades)).toBeCloseTo(1 / 7, 12);
    expect(heightOf(0, decades)).toBe(0);
    expect(heightOf(Number.NaN, decades)).toBe(1);
    expect(heightOf(1e-30, decades)).toBeGreaterThan(0);
  });

  test("ticks are whole powers within the chart, few enough to read", () => {
    for (const low of [-6, -12, -24, -46]) {
      for (const high of [1, 6, 20, 39]) {
        const ticks = ticksOf({ low, high });
        expect(ticks.length).toBeGreaterThan(2);
        expect(ticks.length).toBeLessThan(8);
        expect(ticks.every((power) => power >= low && power <= high)).toBe(true);
      }
    }
  });

  test("one bar for each kept value above 0; the outline follows every value", () => {
    const decades = { low: -6, high: 1 };
    const bars = (values: Float64Array, keep?: (i: number) => boolean) =>
      barsPath(values, decades, 100, keep).split("M").length - 1;
    expect(bars(list(1, 0, 1))).toBe(2);
    expect(bars(list(1, 1, 1), (i) => i > 0)).toBe(2);
    expect(outlinePath(list(10, 1e-6), decades, 100)).toBe("M0 0.00H50.00L50.00 98.50H100.00");
  });
});
