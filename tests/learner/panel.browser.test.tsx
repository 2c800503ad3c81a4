import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../src/learner/index.ts";
import { LessonProgress } from "../../src/learner/LessonProgress.tsx";
import { ProblemBanner } from "../../src/learner/ProblemBanner.tsx";
import { RecordPanel } from "../../src/learner/RecordPanel.tsx";

const root = document.createElement("div");

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

const answer = {
  version: 1,
  response: "은닉층이 여러 개라서",
  verdict: "correct",
  attempts: 1,
  overridden: false,
  revealed: false,
  at: "2026-01-01T00:00:00.000Z",
} as const;

/** Waits for the button as the learner would, then presses it. */
const press = (name: string) => page.getByRole("button", { name }).click();

test("erasing asks first, can be given up, and can be taken back", async () => {
  learner.saveAnswer("dl-q1", answer);
  render(<RecordPanel />, root);
  await press("기록 지우기");
  await expect.element(page.getByRole("button", { name: "그만두기" })).toHaveFocus();
  await press("그만두기");
  expect(learner.answer("dl-q1")).toBeDefined();

  await press("기록 지우기");
  await press("모두 지우기");
  await expect.element(page.getByRole("status")).toMatchTextContent(/기록을 모두 지웠습니다/);
  expect(learner.answer("dl-q1")).toBeUndefined();
  await press("되돌리기");
  expect(learner.answer("dl-q1")?.response).toBe(answer.response);
  expect(localStorage.getItem("gipi.record")).toContain(answer.response);
});

test("a file brings its record in; a damaged one is explained and changes nothing", async () => {
  learner.saveAnswer("dl-q1", answer);
  const text = learner.exportText();
  learner.erase();
  render(<RecordPanel />, root);
  const input = root.querySelector("input[type=file]")!;
  await userEvent.upload(input, new File([text.slice(0, -9)], "a.json"));
  await expect.element(page.getByRole("status")).toMatchTextContent(/손상되었거나/);
  expect(learner.answer("dl-q1")).toBeUndefined();
  await userEvent.upload(input, new File([text], "a.json"));
  await expect.element(page.getByRole("status")).toMatchTextContent(/기록을 합쳤습니다\. 답 1개/);
  await expect.element(page.getByText("답한 문제")).toBeVisible();
  expect(learner.answer("dl-q1")?.response).toBe(answer.response);
});

test("progress follows the record", async () => {
  render(<LessonProgress lesson={{ id: "01-deep", widgets: ["a"], questions: ["dl-q1", "dl-q2"] }} />, root);
  await expect.element(page.getByText("아직 시작하지 않았습니다")).toBeVisible();
  learner.markRead("01-deep", 0.5);
  learner.saveAnswer("dl-q1", answer);
  learner.reachGoal("a", "xor");
  await expect.element(page.getByText("읽음 50% · 문제 1/2 · 이룬 목표 1개")).toBeVisible();
});

test("the banner speaks only when the record is not safe, and goes when it is again", async () => {
  render(<ProblemBanner />, root);
  expect(root.textContent).toBe("");
  const original = Storage.prototype.setItem;
  try {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    learner.saveAnswer("dl-q1", answer);
    await expect.element(page.getByRole("alert")).toMatchTextContent(/저장 공간이 가득 찼습니다/);
  } finally {
    Storage.prototype.setItem = original;
  }
  await press("다시 저장하기");
  await expect.poll(() => root.textContent).toBe("");
  expect(localStorage.getItem("gipi.record")).toContain(answer.response);
});
