import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawStories } from "../../src/data/stories.ts";
import { learnTokens, STORY_END } from "../../src/data/story-tokens.ts";

const texts = drawStories(60, 5).map(({ text }) => text);
const tokens = learnTokens(texts, { leastSyllable: 4, merges: 120 });

describe("tokens of the stories", () => {
  test("every Hangul syllable comes back, by itself and in a row", () => {
    const all = Array.from({ length: 11_172 }, (_, i) => String.fromCodePoint(0xac00 + i));
    for (const syllable of all) expect(tokens.decode(tokens.encode(syllable))).toBe(syllable);
    expect(tokens.decode(tokens.encode(all.join("")))).toBe(all.join(""));
  });

  test("any text comes back in composed form", () => {
    const property = (text: string) => {
      const whole = text.normalize("NFC");
      expect(tokens.decode(tokens.encode(text))).toBe(whole);
    };
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), property), { numRuns: 300 });
    fc.assert(fc.property(fc.string({ unit: "binary-ascii", maxLength: 30 }), property), { numRuns: 200 });
  });

  test("spaces, line breaks, emoji, jamo and the marks used within come back", () => {
    for (const text of [
      "",
      " ",
      "  끝 ",
      "첫 줄\n둘째 줄",
      "ㅋㅋㅋ ㅠ",
      "좋아요 👍🏽 👨‍👩‍👧",
      "▁ U+1 ⟨끝⟩",
      "\t가",
      "뷁쀍 GPT-2, 100%",
    ]) {
      expect(tokens.decode(tokens.encode(text))).toBe(text);
    }
  });

  test("a rare syllable is its jamo, an emoji its code point", () => {
    const pieces = (text: string) => tokens.encode(text).map((token) => tokens.pieces[token]);
    expect(pieces("뷁").slice(1).join("").normalize("NFC")).toBe("뷁");
    expect(pieces("뷁")).toHaveLength(4);
    expect(pieces("😀")).toEqual(["▁", "⟨글자⟩", "U+1", "U+F", "U+6", "U+0", "U+0"]);
  });

  test("half a surrogate pair is left out, and no row of tokens makes a replacement character", () => {
    expect(tokens.decode(tokens.encode("가\ud83d나"))).toBe("가나");
    const row = fc.array(fc.integer({ min: 0, max: tokens.pieces.length - 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(row, (any) => {
        expect(tokens.decode(any)).not.toContain("\ufffd");
        expect(tokens.decode([...any, STORY_END])).toBe(tokens.decode(any));
      }),
    );
  });

  test("stories take far fewer tokens than characters", () => {
    const count = texts.reduce((sum, text) => sum + tokens.encode(text).length, 0);
    expect(count).toBeLessThan(0.75 * texts.join("").length);
  });
});
