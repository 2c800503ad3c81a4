import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/backprop-graph/View.tsx";

const root = document.createElement("div");
const button = (name: string | RegExp) =>
  page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
const node = (name: string) =>
  [...root.querySelectorAll<HTMLElement>(".bg-node")].find(
    (each) => each.querySelector("b")?.textContent === name,
  );
const partOf = (name: string, part: string) =>
  node(name)?.querySelector(`.bg-${part}`)?.textContent?.trim() ?? "";
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((each) => each.textContent);
const loss = () => Number(texts(".ui-readout-value")[0]);
const reached = () => learner.record.value.goals["backprop-graph"] ?? [];

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a gradient is shown after the guess, with its formula and the slope found by pushing", async () => {
  render(<View preset="neuron" />, root);
  expect(partOf("d", "gradient")).toContain("?");
  (button("▼ 작아진다").element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  // d = tanh(0.6) − 1 = −0.46295, ∂L/∂d = 2d
  await expect.poll(() => partOf("d", "gradient")).toContain("−0.926");
  expect(texts(".bg-verdict")[0]).toContain("맞았습니다");
  // The focus is led to the answer.
  await expect.poll(() => document.activeElement?.className).toBe("bg-panel");
  expect(texts(".bg-check").join()).toContain("−0.92590");
  expect(partOf("w₁", "gradient")).toContain("?");
  // t: the other way round.
  node("t")?.click();
  await expect.element(button("▲ 커진다")).toBeVisible();
  await button("▲ 커진다").click();
  await expect.poll(() => partOf("t", "gradient")).toContain("0.926");
  expect(texts(".ui-readout-value")[2]).toBe("2 / 2");
});

test("steps of gradient descent bring L down, and editing by keyboard starts anew", async () => {
  render(<View preset="neuron" />, root);
  for (let i = 0; i < 40; i++) (button("가중치 한 걸음 고치기").element() as HTMLElement).click();
  await expect.poll(() => texts(".ui-readout-value")[1]).not.toBe("0");
  for (let i = 0; i < 60 && loss() >= 0.01; i++) await button("가중치 한 걸음 고치기").click();
  await expect.poll(reached).toContain("descend");
  node("x")?.focus();
  await userEvent.keyboard("{Enter}");
  const field = page.getByLabelText("x의 값");
  await expect.element(field).toBeVisible();
  (field.element() as HTMLElement).focus();
  await userEvent.keyboard("{Control>}a{/Control}-1{Enter}");
  await expect.poll(() => partOf("x", "value")).toBe("−1");
  expect(texts(".ui-readout-value")[1]).toBe("0");
});

test("a graph built by tapping; a circle is refused, and the graph stays", async () => {
  render(<View preset="empty" />, root);
  node("x")?.click();
  await button(/곱하기 마디 더하기/).click();
  // The second input waits to be tapped.
  await expect.poll(() => texts(".bg-message")[0]).toContain("이을 마디를 누르세요");
  node("w")?.click();
  await expect.poll(() => partOf("L", "value")).toBe("0.50");
  for (const name of [/tanh: tanh 마디/, /제곱 마디/, /지수 함수 마디/]) await button(name).click();
  // exp(tanh(0.5)²)
  await expect.poll(() => partOf("L", "value")).toBe("1.24");
  await expect.poll(reached).toContain("build");
  node("a")?.click();
  await button("그림에서 고르기: 첫째 입력").click();
  node("L")?.click();
  await expect.poll(() => texts(".bg-message")[0]).toContain("고리");
  expect(partOf("L", "value")).toBe("1.24");
});

test("an overflow is said, and its gradients are not shown", async () => {
  render(<View preset="empty" />, root);
  node("x")?.click();
  const field = page.getByLabelText("x의 값");
  await expect.element(field).toBeVisible();
  (field.element() as HTMLElement).focus();
  await userEvent.keyboard("{Control>}a{/Control}900{Enter}");
  await button(/지수 함수 마디/).click();
  await expect.poll(() => texts(".bg-message")[0]).toContain("범위를 넘었습니다");
  expect(root.querySelector(".bg-question")).toBeNull();
  expect(partOf("L", "value")).toBe("무한대");
});
