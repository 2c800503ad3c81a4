import { describe, expect, test } from "vitest";
import { drawStories } from "../../src/data/stories.ts";
import { isClosed, isConsistent, readSentence, splitSentences } from "../../src/data/story-checker.ts";

describe("stories", () => {
  test("a seed gives the same stories, another seed others", () => {
    expect(drawStories(3, 7)).toEqual(drawStories(3, 7));
    expect(drawStories(3, 7)).not.toEqual(drawStories(3, 8));
  });

  test("the checker reads every sentence of what the grammar draws, and finds each story consistent", () => {
    for (const { text } of drawStories(300, 11)) {
      const sentences = splitSentences(text);
      expect(sentences.join(" ")).toBe(text);
      expect(sentences.filter((sentence) => !(isClosed(sentence) && readSentence(sentence)))).toEqual([]);
      expect(isConsistent(text)).toBe(true);
    }
  });
});

describe("the checker refuses", () => {
  test.each([
    ["a wrong particle", "지우은 선물을 예쁜 종이에 쌌습니다."],
    ["a particle that does not fit the final sound", "보리는 공를 정성껏 만들었습니다."],
    ["a word out of its place", "지우는 선물을 예쁜 공원에 쌌습니다."],
    ["one name for two", "지우와 지우는 가장 친한 친구였습니다."],
    ["a sentence broken off", "둘은 크게 다투었"],
    ["words in another order", "크게 둘은 다투었습니다."],
    ["good Korean that the grammar does not know", "오늘은 비가 온다."],
  ])("%s", (_, sentence) => {
    expect(readSentence(sentence)).toBeUndefined();
  });

  test("a third name, or another thing than before", () => {
    const start = "지우와 보리는 힘을 합쳐 일했습니다. ";
    expect(isConsistent(`${start}지우는 보리가 자꾸 생각났습니다.`)).toBe(true);
    expect(isConsistent(`${start}지우는 하나가 자꾸 생각났습니다.`)).toBe(false);
    const lost = "“내 모자가 어디 갔지?” 지우가 말했습니다. ";
    expect(isConsistent(`${lost}둘은 함께 모자를 찾기 시작했습니다.`)).toBe(true);
    expect(isConsistent(`${lost}둘은 함께 공을 찾기 시작했습니다.`)).toBe(false);
  });
});

test("what a speaker says ends no sentence", () => {
  expect(splitSentences("“왜 울어? 괜찮아.” 하루가 물었습니다. 비가 왔습니다")).toEqual([
    "“왜 울어? 괜찮아.” 하루가 물었습니다.",
    "비가 왔습니다",
  ]);
});
