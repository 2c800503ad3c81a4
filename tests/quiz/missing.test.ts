import { expect, test } from "vitest";
import { grade } from "./questions.ts";

test.each([
  // Question 1 wants the hidden layer, and that there are many of them or that they are deep.
  [1, "층을 겁나 쌓아서", ["은닉층"]],
  [1, "은닉층", ["여러 개라는 점"]],
  [2, "가중치", ["편향"]],
  [2, "파라미터를 조정", ["가중치", "편향"]],
  [5, "판별자", ["생성자"]],
  [5, "생성자와 판별자의 경쟁", []],
] as const)("question %d, “%s”: what is missing is what would be enough", (question, answer, missing) => {
  expect(grade(question, answer).missing).toEqual(missing);
});
