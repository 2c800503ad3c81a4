import { expect, test } from "vitest";
import { matchesTerm } from "../../src/site/glossary-search.ts";

const entry = { term: "은닉층", english: "hidden layer", aliases: ["히든 레이어"] };

test.each(["", "은닉", "은ㄴ", "ㅇㄴㅊ", "ㄴㅊ", "Hidden L", "히든레이", "은 닉 층"])(
  "%j finds it",
  (query) => {
    expect(matchesTerm(entry, query)).toBe(true);
  },
);

test.each(["출력", "ㅊㄹㅊ", "weight", "은닉층이", "가".repeat(10_000)])("%j does not", (query) => {
  expect(matchesTerm(entry, query)).toBe(false);
});
