import { describe, expect, test } from "vitest";
import { createSeries, linePath } from "../../src/draw/series.ts";

describe("a line", () => {
  const range = { step: [0, 2], value: [0, 10] } as const;
  const box = { width: 100, height: 50 };

  test("by hand: the lowest value at the bottom, the highest at the top", () => {
    expect(linePath([0, 1, 2], [0, 5, 10], range, box)).toBe("M0.0 50.0L50.0 25.0L100.0 0.0");
  });

  test("what is beyond the scale is cut off, what is no number interrupts the line", () => {
    expect(linePath([0, 1, 2], [Number.POSITIVE_INFINITY, -3, 10], range, box)).toBe(
      "M0.0 0.0L50.0 50.0L100.0 0.0",
    );
    expect(linePath([0, 1, 2], [10, Number.NaN, 0], range, box)).toBe("M0.0 0.0M100.0 50.0");
  });
});

test("a series keeps its ends and its shape, never more than its limit", () => {
  const series = createSeries(1, 100);
  for (let step = 0; step <= 10_000; step++) series.push(step, [step * step]);
  expect(series.length).toBeLessThan(100);
  expect(series.length).toBeGreaterThan(40);
  expect(series.steps[0]).toBe(0);
  expect(series.steps.at(-1)!).toBeGreaterThan(9700);
  expect(series.values[0]).toEqual(series.steps.map((step) => step * step));
});
