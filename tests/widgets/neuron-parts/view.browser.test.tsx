import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/neuron-parts/View.tsx";

const root = document.createElement("div");
const button = (name: string) => page.getByRole("button", { name, exact: true });
const textOf = (selector: string) => root.querySelector(selector)?.textContent ?? "";
/** The output worked out here from the numbers on the page. */
function truth(): boolean {
  const rows = [...root.querySelectorAll(".np-facts tbody tr")].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => Number((cell.textContent ?? "").replace("−", "-"))),
  );
  return rows.reduce((sum, [x, w], i) => sum + (i === rows.length - 1 ? 1 : x!) * w!, 0) >= 0;
}
const counted = () =>
  [...root.querySelectorAll(".np-score .ui-readout-value")].map(({ textContent }) => textContent);
const reached = () => learner.record.value.goals["neuron-parts"] ?? [];

beforeEach(() => {
  document.body.append(root);
  learner.erase();
  render(<View />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("the output is nowhere before the guess, and the sum is shown after it", async () => {
  // −4·0.7 + 1·0.5 − 1·0.2 + 1 = −1.5
  expect(root.textContent).not.toMatch(/1\.50/);
  await button("탄다").click();
  await expect.poll(() => textOf(".np-verdict")).toContain("짐작과 달랐습니다");
  expect(textOf(".np-total")).toContain("−1.50");
  expect(textOf(".np-output")).toContain("y = f(z) = 0");
  expect(counted()).toEqual(["0 / 1", "0"]);
});

test("four guesses in a row, worked out from the table by keyboard, reach the goal", async () => {
  let rides = 0;
  for (let day = 0; day < 30 && (day < 4 || rides === 0 || rides === day); day++) {
    const takes = truth();
    rides += takes ? 1 : 0;
    (button(takes ? "탄다" : "타지 않는다").element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    await expect.poll(counted).toEqual([`${day + 1} / ${day + 1}`, String(day + 1)]);
    // The focus is led to the answer, from where Tab reaches “다음 날”.
    await expect.poll(() => document.activeElement?.className).toContain("np-card");
    (button("다음 날").element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
  }
  await expect.poll(reached).toEqual(["guess"]);
});

test("what was shown once does not count: neither after a reset nor by way of the free mode", async () => {
  await button("타지 않는다").click();
  expect(counted()).toEqual(["1 / 1", "1"]);
  await button("처음으로").click();
  await button("타지 않는다").click();
  expect(counted()).toEqual(["0 / 0", "0"]);
  expect(root.textContent).toContain("이미 결과를 본 날이라");
  await page.getByRole("radio", { name: "마음대로 바꾸기" }).click();
  await page.getByRole("radio", { name: "짐작하고 확인하기" }).click();
  // Another day than the one that stood open.
  await expect.element(button("탄다")).toBeVisible();
  await button(truth() ? "탄다" : "타지 않는다").click();
  expect(counted()).toEqual(["1 / 1", "1"]);
});

test("in the free mode sliders answer at once", async () => {
  await page.getByRole("radio", { name: "마음대로 바꾸기" }).click();
  const rain = page.getByRole("slider", { name: "입력 x₁" });
  await rain.fill("0");
  // 1·0.5 − 1·0.2 + 1
  await expect.poll(() => textOf(".np-total")).toContain("1.30");
  await page.getByRole("combobox", { name: "활성화 함수 f" }).selectOptions("sigmoid");
  // 1 / (1 + e^−1.3)
  await expect.poll(() => textOf(".np-output")).toContain("0.79");
});
