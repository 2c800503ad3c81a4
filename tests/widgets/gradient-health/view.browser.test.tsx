import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/site/styles/tokens.css";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/gradient-health/View.tsx";

const root = document.createElement("div");
const WAIT = { timeout: 20_000 };
const reached = () => learner.record.value.goals["gradient-health"] ?? [];
const text = (selector: string) => root.querySelector(selector)?.textContent ?? "";

beforeEach(() => {
  history.replaceState(null, "", location.pathname);
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("bars stay covered until the guess; by keyboard the first layer is guessed, and that is right", async () => {
  render(<View />, root);
  expect(text(".gh-cover")).not.toBe("");
  await expect.element(page.getByRole("slider", { name: /내 예측/ })).toBeVisible();
  root.querySelector<HTMLInputElement>(".gh-gradients input")!.focus();
  await userEvent.keyboard("{Home}");
  await page.getByRole("button", { name: "이 층으로 예측하고 진찰하기" }).click();
  await expect.poll(() => text(".gh-findings"), WAIT).toContain("예측이 맞았습니다");
  expect(root.querySelector(".gh-bars")?.getAttribute("d")).toContain("M");
  await expect.poll(reached).toEqual(["guess"]);
});

test("divergence is told with its layer, and one change cures the patient", async () => {
  render(<View preset="exploding" />, root);
  await page.getByRole("button", { name: "예측하지 않고 보기" }).click();
  await page.getByRole("button", { name: "훈련 시작" }).click();
  await expect.poll(() => text(".gh-diverged"), WAIT).toMatch(/2번째 걸음에서 순전파.*\d+층의 값이/);
  await expect.poll(reached).toContain("divergence");
  await page.getByLabelText("초기화").selectOptions("he");
  await expect.poll(() => text(".gh-count")).toContain("바꾼 설정 1/1");
  await page.getByRole("button", { name: "훈련 시작" }).click();
  await expect.poll(reached, WAIT).toContain("exploding");
  // The untreated patient stays beside the treated one.
  expect(root.querySelector(".gh-chart .gh-pinned")).not.toBeNull();
});
