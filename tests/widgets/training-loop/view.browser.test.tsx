import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/training-loop/View.tsx";

const root = document.createElement("div");
const button = (name: string) => page.getByRole("button", { name, exact: true });
const texts = (selector: string) =>
  [...root.querySelectorAll(selector)].map((element) => element.textContent);
const reached = () => learner.record.value.goals["training-loop"] ?? [];
const numbers = () => texts(".tl-parameter strong").map((text) => Number((text ?? "").replace("−", "-")));
const steps = () => Number(texts(".ui-readout-value")[0]?.replace(",", ""));

/** Answers each of the rows that are asked for. */
async function answer(
  rows: number,
  choose: (name: string) => "▲ 커진다" | "▼ 작아진다" | "＝ 그대로",
): Promise<void> {
  await expect.poll(() => texts(".tl-ask")).toHaveLength(rows);
  for (const row of root.querySelectorAll<HTMLElement>(".tl-ask")) {
    const name = row.querySelector(".tl-ask-name")?.textContent ?? "";
    const wanted = choose(name.split(" ")[0]!);
    const label = [...row.querySelectorAll("label")].find((each) => each.textContent === wanted);
    label?.querySelector("input")?.click();
  }
}

beforeEach(() => {
  document.body.append(root);
  learner.erase();
  render(<View />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a step: nothing is shown before it is computed, guesses before gradients, then the update", async () => {
  expect(texts(".tl-node strong")).toEqual(["1", "0", "?", "?", "?"]);
  await button("앞으로 계산하기").click();
  // tanh(−0.2) and tanh(0.6); 0.9·(−0.197) − 0.5·0.537
  await expect.poll(() => texts(".tl-node strong")).toEqual(["1", "0", "−0.20", "0.54", "−0.45"]);
  await button("얼마나 틀렸나").click();
  await button("책임 되돌리기").click();
  await expect.element(button("3개 더 짐작하기")).toBeDisabled();
  expect(texts(".tl-gradient")).toEqual([]);
  // y must grow: h₁ is negative, h₂ is positive.
  await answer(3, (name) => (name === "w₅" ? "▼ 작아진다" : "▲ 커진다"));
  await button("확인하기").click();
  await expect.poll(() => texts(".tl-verdict")[0]).toContain("3개를 모두 맞혔습니다");
  expect(texts(".tl-gradient")).toHaveLength(3);
  await button("은닉층으로").click();
  // x₂ is 0; w₅ is positive, so h₁ must grow; w₆ is negative, so h₂ must shrink.
  await answer(6, (name) =>
    name === "w₂" || name === "w₄" ? "＝ 그대로" : name === "w₁" || name === "b₁" ? "▲ 커진다" : "▼ 작아진다",
  );
  await button("확인하기").click();
  await expect.poll(reached).toEqual(["guess", "same"]);
  await button("아홉 개 고치기").click();
  await expect.poll(() => texts(".tl-panel > p")[0]).toContain("줄었습니다");
  // w₁ − 0.1·∂L/∂w₁ = −0.2 + 0.25
  expect(numbers()[0]).toBeCloseTo(0.05, 2);
  await button("다음 예로").click();
  await expect.poll(steps).toBe(1);
});

test("running goes on from the numbers on the page, and stepping from where it stopped", async () => {
  await button("달리기").click();
  await expect.poll(reached, { timeout: 20_000 }).toContain("xor");
  await button("멈추기").click();
  const before = steps();
  const [w1] = numbers();
  await button("앞으로 계산하기").click();
  expect(steps()).toBeGreaterThanOrEqual(before);
  expect(numbers()[0]).toBeCloseTo(w1!, 1);
});

test("a parameter is set by keyboard, and the network answers with it", async () => {
  root.querySelectorAll<HTMLElement>(".tl-parameter")[8]!.focus();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.tagName).toBe("INPUT");
  await userEvent.keyboard("{Control>}a{/Control}2.5{Enter}");
  await expect.poll(() => numbers()[8], { timeout: 5000 }).toBe(2.5);
  await button("앞으로 계산하기").click();
  // −0.45 + 2.5
  await expect.poll(() => texts(".tl-node strong").at(-1)).toBe("2.05");
});

test("what was shown once no longer counts", async () => {
  await page.getByLabelText("그냥 보기").click({ force: true });
  for (const name of ["앞으로 계산하기", "얼마나 틀렸나", "책임 되돌리기", "은닉층으로"])
    await button(name).click();
  await button("예 1").click();
  await button("예 3").click();
  await page.getByLabelText("짐작하며").click({ force: true });
  for (const name of ["앞으로 계산하기", "얼마나 틀렸나", "책임 되돌리기"]) await button(name).click();
  await answer(3, () => "▲ 커진다");
  await button("확인하기").click();
  await expect.poll(() => texts(".tl-verdict")[0]).toContain("횟수에 넣지 않습니다");
  expect(texts(".ui-readout-value")[1]).toBe("0 / 0");
});

test("from nine zeros nothing is learned but the bias of the output", async () => {
  await page.getByText("더 보기").click();
  await button("아홉 개를 모두 0으로").click();
  await expect.poll(numbers).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  await page.getByLabelText("달리는 빠르기").selectOptions("full");
  await button("달리기").click();
  await expect.poll(reached, { timeout: 20_000 }).toContain("zero");
  await button("멈추기").click();
  // Only the output's bias has moved.
  expect(numbers().slice(0, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test("a shared link keeps its numbers, and numbers that solve XOR are not taken for learned ones", async () => {
  render(null, root);
  root.className = "widget-place";
  root.id = "training-loop";
  const numbersInLink = [3, 3, -1, 3, 3, -5, 1.2, -1.3, 0];
  const link = `1;steps=120;parameters=${numbersInLink.join(",")}`;
  history.replaceState(null, "", `?training-loop=${encodeURIComponent(link)}`);
  render(<View />, root);
  // The worker has started by then, and has nothing to say.
  await new Promise((resolve) => setTimeout(resolve, 800));
  await expect.poll(numbers).toEqual(numbersInLink);
  expect(steps()).toBe(120);
  expect(reached()).toEqual([]);
  history.replaceState(null, "", location.pathname);
});
