import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/site/styles/tokens.css";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/layer-builder/View.tsx";

const root = document.createElement("div");
root.className = "widget-place";
root.id = "layer-builder";

const names = () => [...root.querySelectorAll(".lb-what")].map((element) => element.textContent?.trim());
const handles = () => [...root.querySelectorAll<HTMLButtonElement>(".lb-handle")];
const reached = () => learner.record.value.goals["layer-builder"] ?? [];
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

beforeEach(() => {
  history.replaceState(null, "", location.pathname);
  document.body.append(root);
  learner.erase();
  render(<View />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a convolution behind flattened values is refused; the suggestion puts it before, and the goal is recorded", async () => {
  const before = names().length;
  await press("합성곱");
  expect(names()).toHaveLength(before);
  await expect.poll(() => root.querySelector(".lb-refused")?.textContent).toContain("이웃이 없습니다");
  await press("펼치기 앞으로 옮기기");
  await expect.poll(() => names().length).toBe(before + 1);
  expect(names().indexOf("합성곱 3칸 커널 8개")).toBe(names().indexOf("펼치기") - 1);
  await expect.poll(reached).toContain("repair");
});

test("arrow keys on the handle move a layer and keep the focus on it; a broken join is told", async () => {
  handles()[7]!.focus();
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(() => names()[6]).toContain("완전 연결층");
  expect(document.activeElement).toBe(handles()[6]);
  await expect
    .poll(() => root.querySelector(".lb-row .lb-refusal")?.textContent)
    .toContain("한 줄로 놓인 값");
  await expect.element(page.getByRole("button", { name: "만들어 훈련하기" })).toBeDisabled();
  await userEvent.keyboard("{ArrowDown}");
  await expect.poll(() => root.querySelector(".lb-refusal")).toBeNull();
});

test("a dragged layer comes to lie where it is dropped", async () => {
  const handle = handles()[2]!;
  handle.setPointerCapture = () => undefined;
  const at = (row: number, share: number) => {
    const box = root.querySelectorAll(".lb-row")[row]!.getBoundingClientRect();
    return { clientX: box.left + 10, clientY: box.top + share * box.height };
  };
  const send = (type: string, place: { clientX: number; clientY: number }) =>
    handle.dispatchEvent(new PointerEvent(type, { ...place, pointerId: 1, bubbles: true, button: 0 }));
  send("pointerdown", at(2, 0.5));
  await expect.poll(() => handle.hasAttribute("data-dragging")).toBe(true);
  send("pointermove", at(0, 0.2));
  await expect.poll(() => root.querySelectorAll(".lb-row")[0]!.getAttribute("data-mark")).toBe("before");
  send("pointerup", at(0, 0.2));
  await expect.poll(() => names()[0]).toContain("최대 풀링");
});

test("the formula of a layer follows its slider", async () => {
  root.querySelectorAll<HTMLButtonElement>(".lb-name")[0]!.click();
  await expect
    .poll(() => root.querySelector(".lb-formulas")?.textContent)
    .toContain("5 × 5 × 1 × 8 + 8 = 208");
  await page.getByRole("slider", { name: "커널의 크기" }).fill("2");
  await expect
    .poll(() => root.querySelector(".lb-formulas")?.textContent)
    .toContain("3 × 3 × 1 × 8 + 8 = 80");
});

test("LeNet-5 is loaded, built in the worker and answers once, with its time", async () => {
  await page.getByRole("combobox", { name: "신경망 불러오기" }).selectOptions("lenet-5");
  await expect.poll(() => root.querySelector(".lb-published")?.textContent).toContain("60,000");
  await press("한 번 돌려 시간 재기");
  await expect
    .poll(() => root.querySelector(".lb-trial")?.textContent, { timeout: 20_000 })
    .toContain("6만 1,706개");
  expect(root.querySelectorAll(".lb-shares li")).toHaveLength(4);
});
