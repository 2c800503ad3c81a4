import { readFileSync } from "node:fs";
import { assemble, disassemble } from "es-hangul";
import { describe, expect, it } from "vitest";
import { givenNamesFile } from "../../scripts/names.ts";
import {
  countryNames,
  isHangul,
  LONGEST_WORD,
  letterOf,
  MOST_WORDS,
  namesToLearn,
  placeOf,
  readWords,
  symbolsOf,
  textOf,
} from "../../src/data/words.ts";

describe("symbols", () => {
  it("every syllable is taken apart as es-hangul does it, and put together again", () => {
    for (let code = 0xac00; code <= 0xd7a3; code++) {
      const syllable = String.fromCharCode(code);
      const jamo = symbolsOf(syllable, "jamo");
      expect(textOf(jamo)).toBe(syllable);
      expect(disassemble(jamo.map(letterOf).join(""))).toBe(disassemble(syllable));
    }
  });

  it("jamo that form no syllable stay alone, as letters", () => {
    const [initial, medial, final] = symbolsOf("강", "jamo") as [string, string, string];
    expect(textOf([initial, initial, medial])).toBe("ㄱ가");
    expect(textOf([final, medial])).toBe("ㅇㅏ");
    expect(isHangul(textOf([final, medial]))).toBe(false);
    expect([initial, medial, final, "강"].map(placeOf)).toEqual([
      "첫소리",
      "가운뎃소리",
      "끝소리",
      undefined,
    ]);
    expect(assemble([...letterOf(initial), ...letterOf(medial), ...letterOf(final)])).toBe("강");
  });

  it("a syllable is one symbol when asked for", () => {
    expect(symbolsOf("서연", "syllable")).toEqual(["서", "연"]);
    expect(symbolsOf("서연", "jamo")).toHaveLength(5);
  });
});

describe("lists", () => {
  it("the given names are those of the package", () => {
    const file = new URL("../../src/data/given-names.ts", import.meta.url);
    expect(readFileSync(file, "utf8")).toBe(givenNamesFile());
    expect(namesToLearn().length).toBeGreaterThan(500);
  });

  it("country names are whole Hangul words", () => {
    const names = countryNames();
    expect(names).toContain("대한민국");
    expect(names).toContain("브라질");
    expect(names.length).toBeGreaterThan(180);
    expect(names.every((name) => isHangul(name) && name.length <= LONGEST_WORD)).toBe(true);
  });

  it("of the learner: what cannot be learned is left out and counted", () => {
    expect(readWords("보리, 초코\n보리 😀 cat 아이스크림케이크가게 콩이")).toEqual({
      words: ["보리", "초코", "콩이"],
      foreign: 2,
      long: 1,
      repeated: 1,
      beyond: 0,
    });
    expect(readWords("   \n ")).toMatchObject({ words: [], foreign: 0 });
  });

  it("a hundred thousand lines are cut to what can be learned", () => {
    const syllable = (n: number) => String.fromCharCode(0xac00 + (n % 11172));
    const text = Array.from(
      { length: 100_000 },
      (_, i) => `${syllable(i)}${syllable(Math.floor(i / 11172))}`,
    ).join("\n");
    const { words, beyond } = readWords(text);
    expect(words).toHaveLength(MOST_WORDS);
    expect(beyond).toBe(100_000 - MOST_WORDS);
  });
});
