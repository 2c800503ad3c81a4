import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/descent-race/View.tsx";
import "../../../src/site/styles/tokens.css";

const root = document.createElement("div");
const reached = () => learner.record.value.goals["descent-race"] ?? [];
const cells = (racer: string) =>
  [...root.querySelectorAll(".dr-scores tbody tr")]
    .filter((row) => row.querySelector("th")?.textContent?.trim() === racer)
    .flatMap((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? ""));
const button = (name: string) => page.getByRole("button", { name, exact: true });
const isReady = () => expect.element(button("출발"), { timeout: 10_000 }).toBeEnabled();

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a foretold race: the table fills, the verdict names the first, the goal is recorded", async () => {
  render(<View />, root);
  await isReady();
  await page.getByRole("radio", { name: "네스테로프" }).click();
  await page.getByRole("radio", { name: "빠르게" }).click();
  await button("출발").click();
  await expect
    .poll(() => root.querySelector(".dr-verdict")?.textContent, { timeout: 15_000 })
    .toContain("예측이 맞았습니다");
  expect(cells("네스테로프")[1]).toContain("34");
  await expect.poll(reached).toEqual(["foretell"]);
});

test("one step by the button is one step of gradient descent, and back again", async () => {
  render(<View preset="cliff" />, root);
  await isReady();
  await expect.poll(() => cells("경사하강법")[2]).toBe("14.8");
  await button("한 걸음").click();
  // x: −3.2·(1 − 0.1) = −2.88, y: 2.2·(1 − 0.4) = 1.32; ½(8.2944 + 4·1.7424) = 7.632.
  await expect.poll(() => cells("경사하강법")[2]).toBe("7.63");
  await button("한 걸음 뒤로").click();
  await expect.poll(() => cells("경사하강법")[2]).toBe("14.8");
});

test("the start follows tap and arrow keys", async () => {
  render(<View preset="cliff" />, root);
  await isReady();
  const handle = () => root.querySelector<HTMLButtonElement>(".dr-start")!;
  expect(handle().getAttribute("aria-label")).toContain("x −3.20, y 2.20");
  handle().focus();
  await userEvent.keyboard("{ArrowRight}{ArrowDown}");
  await expect.poll(() => handle().getAttribute("aria-label")).toContain("x −3.00, y 2.00");
  const canvas = root.querySelector<HTMLCanvasElement>(".dr-canvas")!;
  const box = canvas.getBoundingClientRect();
  // Three quarters to the right, a quarter down: (2, 2) of a picture from −4 to 4.
  canvas.dispatchEvent(
    new MouseEvent("click", {
      ...{ bubbles: true, clientX: box.left + box.width * 0.75, clientY: box.top + box.height * 0.25 },
    }),
  );
  await expect.poll(() => handle().getAttribute("aria-label")).toContain("x 2.00, y 2.00");
});

test("the sweep draws the cliff and offers each racer's best rate; the relief turns by keys", async () => {
  render(<View />, root);
  await isReady();
  await button("학습률 훑어보기").click();
  await expect
    .poll(() => root.querySelector(".dr-cliff svg")?.getAttribute("aria-label"), { timeout: 10_000 })
    .toContain("부터 발산");
  const shared = cells("경사하강법")[0];
  await button("각자 가장 빠른 학습률로").click();
  await expect.poll(() => cells("경사하강법")[0]).not.toBe(shared);
  await page.getByRole("radio", { name: "입체" }).click();
  const picture = () => root.querySelector<HTMLCanvasElement>(".dr-relief")!.toDataURL();
  await expect.poll(() => picture().length).toBeGreaterThan(5000);
  const before = picture();
  root.querySelector<HTMLButtonElement>(".dr-turns button")!.focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(picture).not.toBe(before);
});
