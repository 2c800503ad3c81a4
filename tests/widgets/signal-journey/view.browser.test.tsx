import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import "../../../src/site/styles/tokens.css";
import View from "../../../src/widgets/signal-journey/View.tsx";

const root = document.createElement("div");
const button = (name: string | RegExp) => page.getByRole("button", { name });
const textOf = (selector: string) => root.querySelector(selector)?.textContent ?? "";
const reached = () => learner.record.value.goals["signal-journey"] ?? [];
const trained = () => expect.poll(() => textOf(".sj-facts"), { timeout: 15_000 }).toMatch(/1500 \/ 1500/);

beforeEach(() => {
  document.body.append(root);
  learner.erase();
  render(<View />, root);
});
afterEach(() => {
  vi.restoreAllMocks();
  render(null, root);
  root.remove();
});

test("a sentence is trained on in the page; a mark alone turns the answer and every layer", async () => {
  await trained();
  expect(textOf(".sj-result")).toContain("질문");
  await page.getByRole("textbox", { name: "문장을 고쳐 보세요" }).fill("밥 먹었어!");
  await expect.poll(() => textOf(".sj-result")).toContain("감탄");
  await expect.poll(reached).toContain("marks");
  await page.getByRole("radio", { name: "바뀐 만큼" }).click();
  await expect.poll(() => textOf(".sj-stages")).toContain("개가 달라짐");
});

test("from a probability back to a token, by keyboard, reaches the goal", async () => {
  await trained();
  const first = root.querySelector<HTMLElement>(".sj-answers button");
  first?.focus();
  await userEvent.keyboard("{Enter}");
  for (const title of ["로짓", "은닉층", "평균의", "번째 수", "토큰"]) {
    await expect.poll(() => root.querySelector(".sj-follow button")?.textContent ?? "").toContain(title);
    root.querySelector<HTMLElement>(".sj-follow button")?.focus();
    await userEvent.keyboard("{Enter}");
    // The focus is led to the panel, from where Tab goes on.
    await expect.poll(() => document.activeElement?.className).toContain("sj-reason");
  }
  await expect.poll(reached).toContain("trace");
});

test("a prediction is judged by what is then computed", async () => {
  await trained();
  expect(textOf(".sj-predict")).toContain("순서를 거꾸로");
  await button("그대로다").click();
  await expect.poll(() => textOf(".sj-verdict")).toContain("예측이 맞았습니다");
  expect(textOf(".sj-score")).toContain("1/1");
  await button("다음 예측").click();
  await button("그대로다").click();
  await expect.poll(() => textOf(".sj-verdict")).toMatch(/예측과 달랐습니다.*감탄/);
});

test("the microphone listens only when asked, and a refusal is told", async () => {
  const ask = vi
    .spyOn(navigator.mediaDevices, "getUserMedia")
    .mockRejectedValue(new DOMException("no", "NotAllowedError"));
  await page.getByRole("radio", { name: "소리", exact: true }).click();
  await expect.poll(() => textOf(".sj-result"), { timeout: 15_000 }).toContain("아");
  expect(ask).not.toHaveBeenCalled();
  await button("마이크로 말하기").click();
  await expect.poll(() => textOf(".sj-input")).toContain("허락받지 못했습니다");
  await page.getByRole("radio", { name: "우", exact: true }).click();
  await expect.poll(() => textOf(".sj-result")).toContain("우");
});

test("the digit network is fetched only on request; when that fails it is told and can be tried again", async () => {
  const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("offline"));
  await page.getByRole("radio", { name: "그림", exact: true }).click();
  await expect.element(button(/신경망 받기/)).toBeVisible();
  // The card may come at once: it says how large the network is.
  expect(fetched.mock.calls.filter(([url]) => String(url).includes("digits.onnx"))).toEqual([]);
  await button(/신경망 받기/).click();
  await expect.poll(() => textOf(".fetch-network")).toContain("인터넷 연결");
  await expect.element(button(/신경망 받기/)).toBeVisible();
});
