import { describe, expect, it, test } from "vitest";
import {
  drawNumber,
  LARGEST_NUMBER,
  parseReading,
  READING_SYLLABLES,
  readNumber,
  readNumberFreely,
  spaced,
} from "../../src/data/number-reading.ts";
import { Random } from "../../src/engine/random.ts";

/** Written by hand: number, as it is spoken, as it is written on a cheque. */
const EXAMPLES: readonly (readonly [number, string, string])[] = [
  [0, "영", "영"],
  [1, "일", "일"],
  [7, "칠", "칠"],
  [10, "십", "일십"],
  [11, "십일", "일십일"],
  [16, "십육", "일십육"],
  [20, "이십", "이십"],
  [99, "구십구", "구십구"],
  [100, "백", "일백"],
  [101, "백일", "일백일"],
  [110, "백십", "일백일십"],
  [111, "백십일", "일백일십일"],
  [1000, "천", "일천"],
  [1004, "천사", "일천사"],
  [2026, "이천이십육", "이천이십육"],
  [1111, "천백십일", "일천일백일십일"],
  [10_000, "만", "일만"],
  [10_001, "만일", "일만일"],
  [12_345, "만이천삼백사십오", "일만이천삼백사십오"],
  [20_000, "이만", "이만"],
  [110_000, "십일만", "일십일만"],
  [100_000, "십만", "일십만"],
  [160_006, "십육만육", "일십육만육"],
  [1_000_000, "백만", "일백만"],
  [2_010_300, "이백일만삼백", "이백일만삼백"],
  [10_000_000, "천만", "일천만"],
  [11_110_000, "천백십일만", "일천일백일십일만"],
  [LARGEST_NUMBER, "구천구백구십구만구천구백구십구", "구천구백구십구만구천구백구십구"],
];

test.each(EXAMPLES)("%i", (value, spoken, written) => {
  expect(readNumber(value)).toBe(spoken);
  expect(readNumber(value, "written")).toBe(written);
  expect(parseReading(spoken)).toBe(value);
  expect(parseReading(written)).toBe(value);
});

describe("a reading", () => {
  it("comes back as its number, with every 일 said or left out by chance", () => {
    const random = new Random(1);
    for (let i = 0; i < 2000; i++) {
      const value = drawNumber(1 + random.below(8), random);
      expect(parseReading(readNumberFreely(value, random))).toBe(value);
      expect(parseReading(spaced(readNumber(value)))).toBe(value);
      for (const syllable of readNumber(value)) expect(READING_SYLLABLES).toContain(syllable);
    }
  });

  it("is parted after 만", () => {
    expect(spaced("만이천삼백")).toBe("만 이천삼백");
    expect(spaced("십이만")).toBe("십이만");
  });

  it.each(["", "영일", "십백", "이이", "만만", "천천", "백천", "일이만", "스물", "만영", "12"])(
    "“%s” is none",
    (text) => {
      expect(parseReading(text)).toBeUndefined();
    },
  );

  it("has a number of up to eight digits", () => {
    for (const value of [-1, 1.5, LARGEST_NUMBER + 1, Number.NaN]) {
      expect(() => readNumber(value)).toThrow(RangeError);
    }
  });
});

test("numbers are drawn with exactly so many digits", () => {
  const random = new Random(2);
  for (let digits = 1; digits <= 8; digits++) {
    for (let i = 0; i < 50; i++) expect(String(drawNumber(digits, random))).toHaveLength(digits);
  }
});
