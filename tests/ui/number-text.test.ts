import { expect, test } from "vitest";
import { numberText, scientificText, shortText } from "../../src/ui/number-text.ts";

test.each([
  [0.384, "0.38"],
  [-0.384, "−0.38"],
  [-0.001, "0.00"],
  [9999, "9999.00"],
  [-123_456, "−1.2×10⁵"],
  [1e-300, "0.00"],
  [Number.POSITIVE_INFINITY, "무한대"],
  [Number.NEGATIVE_INFINITY, "−무한대"],
  [Number.NaN, "정의되지 않음"],
])("%f is written %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

test("a sign for positive numbers when it is asked for, and none for 0", () => {
  expect([0.5, 0, -0.5].map((value) => numberText(value, 1, true))).toEqual(["+0.5", "0.0", "−0.5"]);
});

test("small numbers show their power of ten", () => {
  expect(scientificText(-0.000_012_3)).toBe("−1.2×10⁻⁵");
  expect(scientificText(0)).toBe("0.000");
  expect(scientificText(0.25)).toBe("0.250");
});

test("whole numbers have no decimals", () => {
  expect([1, -2, 0.5].map((value) => shortText(value))).toEqual(["1", "−2", "0.50"]);
});
