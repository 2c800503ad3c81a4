import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../src/learner/index.ts";
import MiniQuiz from "../../src/quiz/MiniQuiz.tsx";
import QuestionCard from "../../src/quiz/QuestionCard.tsx";
import type { ChoiceQuestion, NumericQuestion, ShortQuestion } from "../../src/quiz/question.ts";
import "../../src/site/styles/tokens.css";

const concept = (label: string, terms: readonly string[]) => ({
  label,
  terms,
  exact: [],
  patterns: [],
  predicate: false,
  denial: "clause" as const,
});

const short: ShortQuestion = {
  type: "short",
  id: "test-short",
  version: 1,
  prompt: "무엇을 조정하나요?",
  objective: "두 가지를 말합니다.",
  hints: ["곱해지는 값을 떠올려 보세요.", "더해지는 값도 있습니다."],
  explain: "가중치와 편향을 고쳐 손실을 줄입니다.",
  answer: "가중치와 편향",
  rubric: {
    concepts: { weight: concept("가중치", ["가중치"]), bias: concept("편향", ["편향"]) },
    accept: ["weight & bias"],
    partial: [{ when: "weight" }, { when: "bias" }],
    contradict: [],
    weaken: [],
    rivals: [],
    contrast: [],
    blockers: [],
    decoys: [],
    missing: { bias: "더해지는 값이 빠졌습니다." },
  },
};

const choice: ChoiceQuestion = {
  ...{ type: "choice", id: "test-choice", version: 1, prompt: "어느 것인가요?", objective: "고릅니다." },
  ...{ hints: [], explain: "둘째입니다.", multiple: false },
  options: [
    { id: "a", text: "첫째", correct: false, reason: "첫째가 아닌 까닭." },
    { id: "b", text: "둘째", correct: true, reason: "둘째인 까닭." },
  ],
};

const numeric: NumericQuestion = {
  ...{ type: "numeric", id: "test-numeric", version: 1, prompt: "세어 봅시다.", objective: "셉니다." },
  ...{ hints: [], explain: "곱합니다.", tolerance: 0, unit: "개" },
  variants: [
    { prompt: "2 곱하기 3은?", answer: 6, explain: "6입니다." },
    { prompt: "4 곱하기 5는?", answer: 20, explain: "20입니다." },
  ],
};

const root = document.createElement("div");
const status = () => root.querySelector('[role="status"]')?.textContent ?? "";
const shown = () => root.querySelector(".quiz-result")?.textContent ?? "";
const answer = async (text: string) => {
  await page.getByRole("textbox").fill(text);
  await page.getByRole("button", { name: /제출/ }).click();
};

beforeEach(() => {
  localStorage.clear();
  learner.load();
  learner.erase();
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a free answer: partly right, a hint, then right; focus stays in the input, one status line", async () => {
  render(<QuestionCard question={short} />, root);
  await page.getByRole("textbox").fill("가중치");
  await userEvent.keyboard("{Enter}");
  await expect.poll(shown).toContain("일부 맞음");
  expect(shown()).toContain("더해지는 값이 빠졌습니다.");
  expect(shown()).not.toContain("모범 답안");
  expect(document.activeElement).toBe(root.querySelector("input"));
  // It is announced after it is shown.
  await expect.poll(status).toContain("일부 맞음");
  await page.getByRole("button", { name: "힌트" }).click();
  await expect.poll(() => root.querySelector(".quiz-hints")?.textContent).toBe(short.hints[0]);
  await answer("가중치랑 펴향이요");
  // “맞음” alone would be found in the “일부 맞음” of the answer before.
  await expect.poll(shown).toMatch(/펴향.*편향/);
  expect(shown()).toContain(short.explain);
  expect(learner.answer("test-short")).toMatchObject({ verdict: "correct", attempts: 2, revealed: false });
});

test("revealed, judged by the learner, and found again after the page is opened anew", async () => {
  render(<QuestionCard question={short} />, root);
  await answer("곱하는 수와 더하는 수");
  await expect.poll(shown).toContain("아직 아님");
  const reveal = page.getByRole("button", { name: "답 보기" });
  if ((await reveal.elements()).length > 0) await reveal.click();
  await page.getByRole("button", { name: "내 답이 맞습니다" }).click();
  await expect.poll(shown).toContain("내 판단으로 맞음");
  expect(learner.answer("test-short")).toMatchObject({ verdict: "incorrect", overridden: true });
  render(null, root);
  render(<QuestionCard question={short} />, root);
  await expect.poll(() => root.querySelector("input")?.value).toBe("곱하는 수와 더하는 수");
  await expect.poll(shown).toContain("내 판단으로 맞음");
  // What was known before is not announced again.
  expect(status()).toBe("");
});

test("an empty answer is not graded and does not count", async () => {
  render(<QuestionCard question={short} />, root);
  await answer("   ");
  await expect.poll(() => root.querySelector(".quiz-complaint")?.textContent).toBeTruthy();
  expect(learner.answer("test-short")).toBeUndefined();
});

test("markup in an answer is shown as text", async () => {
  render(<QuestionCard question={short} />, root);
  await answer("<img src=x onerror=alert(1)> 가중치");
  await expect.poll(shown).toContain("일부 맞음");
  expect(root.querySelector("img")).toBeNull();
});

test("a choice explains the chosen option, and every option once it is settled", async () => {
  render(<QuestionCard question={choice} />, root);
  await page.getByRole("radio", { name: "첫째" }).click();
  await page.getByRole("button", { name: "제출" }).click();
  await expect.poll(() => root.textContent).toContain("첫째가 아닌 까닭.");
  expect(root.textContent).not.toContain("둘째인 까닭.");
  await page.getByRole("radio", { name: "둘째" }).click();
  await page.getByRole("button", { name: "다시 제출" }).click();
  await expect.poll(() => root.textContent).toContain("둘째인 까닭.");
  expect(root.textContent).toContain("첫째가 아닌 까닭.");
});

test("a number: another exercise after a wrong answer", async () => {
  render(<QuestionCard question={numeric} />, root);
  await answer("7");
  await expect.poll(shown).toContain("아직 아님");
  await page.getByRole("button", { name: "새 숫자로 다시 풀기" }).click();
  await expect.poll(() => root.textContent).toContain("4 곱하기 5는?");
  await answer("20");
  await expect.poll(shown).toContain("맞음");
});

test("a quiz has one status line, and a summary once everything is answered", async () => {
  const second = { ...short, id: "test-short-2" };
  render(<MiniQuiz questions={[short, second]} reviews={{}} />, root);
  expect(root.querySelectorAll('[role="status"]')).toHaveLength(1);
  const inputs = page.getByRole("textbox");
  await inputs.nth(0).fill("가중치와 편향");
  await page.getByRole("button", { name: "제출" }).first().click();
  await expect.poll(status).toContain("1번 맞음");
  await inputs.nth(1).fill("편향");
  await page.getByRole("button", { name: "제출", exact: true }).last().click();
  await expect.poll(() => root.querySelector(".quiz-summary")?.textContent).toContain("1문제를 맞혔습니다");
  expect(root.querySelector(".quiz-summary")?.textContent).toContain("1문제는 일부 맞았습니다");
});
