import { describe, expect, it } from "vitest";
import {
  divideText,
  frequencyBits,
  LONGEST_TEXT,
  longestCopy,
  MOST_SYMBOLS,
  RARE,
  readOwnText,
  unitFor,
  Vocabulary,
} from "../../src/data/own-text.ts";
import { PROVERBS } from "../../src/data/proverbs.ts";

describe("an own text", () => {
  it("is composed and cleaned; joined emoji come apart and nothing unreadable is left", () => {
    const raw = "가\u0000나\r\n\t다 \u1100\u1161👨‍👩‍👧❤️\uD83D\n\n\n\n끝  ";
    expect(readOwnText(raw).text).toBe("가나\n다 가👨👩👧❤\n\n끝");
    expect(readOwnText("")).toEqual({ text: "", beyond: 0 });
    expect(readOwnText(" \n\t ").text).toBe("");
  });

  it("of a hundred thousand lines is cut, and says how much was left out", () => {
    const { text, beyond } = readOwnText("안녕하세요 여러분\n".repeat(100_000));
    expect([...text]).toHaveLength(LONGEST_TEXT);
    expect(beyond + LONGEST_TEXT).toBeGreaterThan(999_000);
  });

  it("is divided: a list by lines, running text at its end, and nothing is in both", () => {
    const { train, test } = divideText(PROVERBS, 1);
    const lines = test.trim().split("\n");
    expect(lines).toHaveLength(Math.round(PROVERBS.split("\n").length / 10));
    for (const line of lines) expect(train.split("\n")).not.toContain(line);
    expect(divideText("가나다라마바사아자차", 1)).toEqual({ train: "가나다라마바사아자", test: "차" });
  });

  it("is cut into syllables where they come back often enough, else into jamo", () => {
    expect(unitFor(PROVERBS)).toBe("syllable");
    expect(unitFor("동해물과 백두산이 마르고 닳도록")).toBe("jamo");
  });

  it("is the same again after numbers, in either unit", () => {
    for (const unit of ["syllable", "jamo"] as const) {
      const vocabulary = new Vocabulary(PROVERBS, unit);
      expect(vocabulary.decode(vocabulary.encode(PROVERBS))).toBe(PROVERBS);
      expect(vocabulary.encode("😀")).toEqual([]);
    }
  });

  it("of too many different symbols keeps the frequent ones, and the rest is one", () => {
    const many = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("");
    const vocabulary = new Vocabulary(`${many}${many.slice(1000)}`, "syllable");
    expect(vocabulary.symbols).toHaveLength(MOST_SYMBOLS + 1);
    expect(vocabulary.rare).toBe(2000 - MOST_SYMBOLS);
    expect(vocabulary.decode(vocabulary.encode(many[1500]! + many[999]!))).toBe(many[1500]! + RARE);
  });
});

it("the longest copied part is found, like by trying every part", () => {
  const text = "가는 말이 고와야 오는 말이 곱다";
  for (const sample of ["오는 말이 고와야 한다", "산 말이 곱다고", "", "없", text, "다 곱이 말이 고"]) {
    let best = "";
    for (let start = 0; start < sample.length; start++) {
      for (let end = start + 1; end <= sample.length; end++) {
        const part = sample.slice(start, end);
        if (text.includes(part) && part.length > best.length) best = part;
      }
    }
    const { start, end } = longestCopy(sample, text);
    expect(sample.slice(start, end)).toBe(best);
  }
});

it("frequencies alone: bits by hand", () => {
  // 3 + 1 of 6 for 가, 1 + 1 of 6 for 나.
  expect(frequencyBits({ train: "가가가나", test: "가나" })).toBeCloseTo(
    (-Math.log2(4 / 6) - Math.log2(2 / 6)) / 2,
    10,
  );
});
