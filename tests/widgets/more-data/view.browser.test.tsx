import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/site/styles/tokens.css";
import View from "../../../src/widgets/more-data/View.tsx";

const root = document.createElement("div");
const handles = () => [...root.querySelectorAll<SVGGElement>(".md-handle")];
const values = () => handles().map((handle) => Number(handle.getAttribute("aria-valuenow")));

async function focus(size: number) {
  handles()[size]!.focus();
  await expect.poll(() => document.activeElement).toBe(handles()[size]);
}

beforeEach(() => {
  history.replaceState(null, "", location.pathname);
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("nothing is loaded before it is asked for; the size is told", () => {
  render(<View />, root);
  expect(root.querySelector(".md-progress")?.textContent).toContain("2.0 MB");
});

test("the guess moves by keyboard and stays within 0 and 100", async () => {
  render(<View />, root);
  expect(values()).toEqual([50, 50, 50, 50, 50, 50]);
  await focus(5);
  await userEvent.keyboard("{PageUp}{PageUp}{PageUp}{PageUp}{PageUp}{PageUp}{ArrowDown}");
  await expect.poll(() => values()[5]).toBe(99);
  await focus(0);
  await userEvent.keyboard("{PageDown}{ArrowUp}");
  await expect.poll(values).toEqual([41, 50, 50, 50, 50, 99]);
});

test("measures from the smallest set on, and can be stopped with what there is", async () => {
  render(<View />, root);
  await page.getByRole("button", { name: "이 예측으로 재어 보기" }).click();
  await expect
    .poll(() => root.querySelectorAll(".md-curve .md-mark").length, { timeout: 20_000 })
    .toBeGreaterThan(2);
  await page.getByRole("button", { name: "멈춤" }).click();
  await expect.poll(() => root.querySelector(".md-progress")?.textContent).toContain("멈췄습니다");
  // What was measured is no place for a new guess.
  expect(handles().every((handle) => handle.getAttribute("aria-disabled") === "true")).toBe(true);
});

test("out of sight nothing is computed; in sight it goes on", async () => {
  render(<View />, root);
  const marks = () => root.querySelectorAll(".md-curve .md-mark").length;
  await page.getByRole("button", { name: "이 예측으로 재어 보기" }).click();
  await expect.poll(marks, { timeout: 20_000 }).toBeGreaterThan(0);
  root.style.display = "none";
  // What was on its way arrives; then it stands still.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const before = marks();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(marks()).toBe(before);
  root.style.display = "";
  await expect.poll(marks, { timeout: 20_000 }).toBeGreaterThan(before);
  root.querySelector<HTMLElement>(".md-tools button")?.click();
});
