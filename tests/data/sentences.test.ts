import { describe, expect, test } from "vitest";
import { drawSentences, SENTENCE_KINDS } from "../../src/data/sentences.ts";
import { learnSubwords, UNKNOWN } from "../../src/data/subwords.ts";

describe("sentences", () => {
  test("are repeatable, and of every kind as often", () => {
    const sentences = drawSentences(40, "train", 3);
    expect(sentences).toEqual(drawSentences(40, "train", 3));
    SENTENCE_KINDS.forEach((_, label) => {
      expect(sentences.filter((sentence) => sentence.label === label)).toHaveLength(10);
    });
  });

  test("the test's actions do not occur in the training", () => {
    const train = drawSentences(1600, "train", 1).map(({ text }) => text);
    expect(train.some((text) => text.includes("책"))).toBe(true);
    for (const word of ["편지", "사진", "청소", "영화", "이름", "전화"]) {
      expect(
        train.some((text) => text.includes(word)),
        word,
      ).toBe(false);
      expect(
        drawSentences(600, "test", 1).some(({ text }) => text.includes(word)),
        word,
      ).toBe(true);
    }
  });
});

describe("subwords", () => {
  test("joins by hand: 나나 twice, then the whole word", () => {
    const subwords = learnSubwords(["바나나", "바나나", "바지"], 2);
    // 나·나 and ▁바·나 both occur twice; 나 comes before ▁바 in the order of letters.
    expect(subwords.encode("바나나").map(({ text }) => text)).toEqual(["바나나"]);
    expect(subwords.encode("바지").map(({ text }) => text)).toEqual(["바", "지"]);
  });

  test("marks stand alone, and the text can be put together again", () => {
    const subwords = learnSubwords(["밥 먹었어?", "밥 먹었니?", "물 마셨어!"], 4);
    const tokens = subwords.encode("밥 먹었어?!");
    expect(tokens.map(({ text }) => text).join("")).toBe("밥먹었어?!");
    expect(tokens.slice(-2).map(({ text }) => text)).toEqual(["?", "!"]);
    expect(tokens.every(({ id, text }) => subwords.pieces[id]!.endsWith(text))).toBe(true);
  });

  test("what never occurred is the unknown piece", () => {
    const subwords = learnSubwords(["가 나"], 4);
    expect(subwords.encode("가 쀍").map(({ id }) => id === UNKNOWN)).toEqual([false, true]);
    expect(subwords.encode("   ")).toEqual([]);
  });
});
