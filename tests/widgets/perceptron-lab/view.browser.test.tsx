import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import { toPicture } from "../../../src/widgets/perceptron-lab/geometry.ts";
import View from "../../../src/widgets/perceptron-lab/View.tsx";
import "../../../src/site/styles/tokens.css";

const root = document.createElement("div");
const choose = (label: string) => page.getByRole("radio", { name: label, exact: true }).click();
const plane = () => root.querySelector<SVGSVGElement>(".pl-plane")!;
const values = () =>
  [...root.querySelectorAll(".pl-sliders output")].map(({ textContent }) =>
    Number((textContent ?? "").replace("−", "-")),
  );
const reached = () => learner.record.value.goals["perceptron-lab"] ?? [];

/** Where a point of the picture is on the screen. */
function onScreen({ x, y }: { x: number; y: number }) {
  const box = plane().getBoundingClientRect();
  const share = box.width / 440;
  return { clientX: box.left + x * share, clientY: box.top + y * share };
}

function pointer(type: string, at: { clientX: number; clientY: number }) {
  plane().dispatchEvent(
    new PointerEvent(type, { ...at, pointerId: 1, bubbles: true, isPrimary: true, button: 0 }),
  );
}

/** The finger goes down, moves in a few steps and lifts; in the picture's units. */
function drag(from: { x: number; y: number }, to: { x: number; y: number }) {
  // A made-up pointer cannot be captured.
  plane().setPointerCapture = () => undefined;
  pointer("pointerdown", onScreen(from));
  for (const share of [0.25, 0.5, 0.75, 1]) {
    pointer(
      "pointermove",
      onScreen({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }),
    );
  }
  pointer("pointerup", onScreen(to));
}

const handle = () => {
  const circle = root.querySelector<SVGCircleElement>(".pl-handle")!;
  return { x: circle.cx.baseVal.value, y: circle.cy.baseVal.value };
};

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("the arrow's tip follows the finger: 0.3 of the plane is one unit of weight", async () => {
  render(<View preset="gates" />, root);
  expect(values()).toEqual([-0.8, 1, -0.4]);
  const tip = handle();
  // 0.3 to the right and 0.15 down, in the plane.
  const zero = toPicture({ x: 0, y: 0 });
  const by = toPicture({ x: 0.3, y: -0.15 });
  drag(tip, { x: tip.x + by.x - zero.x, y: tip.y + by.y - zero.y });
  await expect.poll(() => values()[0]).toBeCloseTo(0.2, 1);
  expect(values()[1]).toBeCloseTo(0.5, 1);
});

test("the line follows the finger by the bias alone, through the point under it", async () => {
  render(<View preset="gates" />, root);
  // On −0.8·x + 1·y − 0.4 = 0 and away from the arrow and the points.
  drag(toPicture({ x: -0.4, y: 0.08 }), toPicture({ x: -0.4, y: -0.32 }));
  // −0.8·(−0.4) + 1·(−0.32) + b = 0
  await expect.poll(() => values()[2]).toBeCloseTo(0, 1);
  expect(values().slice(0, 2)).toEqual([-0.8, 1]);
});

test("arrow keys turn and stretch w", async () => {
  render(<View preset="gates" />, root);
  root.querySelector<SVGCircleElement>(".pl-handle")!.focus();
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(values).toEqual([-0.88, 1.1, expect.any(Number)]);
  const before = Math.atan2(1.1, -0.88);
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await expect
    .poll(() => Math.atan2(values()[1]!, values()[0]!))
    .toBeCloseTo(before - (2 * 5 * Math.PI) / 180, 1);
});

test("OR by sliders: the table agrees row by row, the goal is recorded", async () => {
  render(<View preset="gates" />, root);
  for (const [name, value] of [
    ["가중치 w₁", "1"],
    ["가중치 w₂", "1"],
    ["편향 b", "-0.5"],
  ] as const) {
    await page.getByRole("slider", { name }).fill(value);
  }
  const rows = () => [...root.querySelectorAll(".pl-table tbody tr")].map((row) => row.textContent);
  await expect.poll(() => rows().every((row) => row?.includes("맞음"))).toBe(true);
  expect(rows()[0]).toContain("−0.50");
  await expect.poll(reached).toEqual(["or"]);
});

test("the rule on XOR: the update is written out, the cycle is told and its goal recorded", async () => {
  render(<View preset="rule" />, root);
  await choose("XOR");
  await page.getByRole("button", { name: "한 걸음" }).click();
  // From 0, (0, 0) is called 1: b ← 0 + 0.5·(−1) = −0.5.
  await expect.poll(() => root.querySelector(".pl-step")?.textContent).toContain("= (−0.50)");
  // Another row's numbers can be asked for in between.
  await page.getByRole("button", { name: /^1, 1/ }).click();
  await expect.poll(() => root.querySelector(".pl-formula")?.textContent).toContain("0.00·1 + 0.00·1");
  const next = page.getByRole("button", { name: "다음 틀린 점까지" });
  for (let i = 0; i < 12; i++) await next.click();
  await expect.poll(() => root.querySelector(".pl-outcome")?.getAttribute("data-kind")).toBe("cycle");
  expect(root.querySelector(".pl-bound")?.textContent).toContain("직선은 없습니다");
  await expect.poll(reached).toEqual(["cycle"]);
});

test("the rule on AND stops by itself, below the bound of 51", async () => {
  render(<View preset="rule" />, root);
  const next = page.getByRole("button", { name: "다음 틀린 점까지" });
  // Eleven corrections from weights 0, and a last pass without a mistake.
  for (let i = 0; i < 12; i++) await next.click();
  await expect.element(next).toBeDisabled();
  expect(root.querySelector(".pl-bound")?.textContent).toContain("많아야 51번");
  expect(root.querySelector(".pl-outcome")?.textContent).toContain("11번 고쳤고");
});

test("own points by tap, and rubbed out again", async () => {
  render(<View preset="gates" />, root);
  await choose("내 점");
  await choose("1로 찍기");
  pointer("pointerdown", onScreen(toPicture({ x: 0.5, y: 0.5 })));
  await choose("0으로 찍기");
  pointer("pointerdown", onScreen(toPicture({ x: 1.2, y: 0.2 })));
  await expect.poll(() => root.querySelectorAll(".pl-one, .pl-zero").length).toBe(2);
  await choose("지우개");
  pointer("pointerdown", onScreen(toPicture({ x: 1.2, y: 0.2 })));
  await expect.poll(() => root.querySelectorAll(".pl-zero").length).toBe(0);
  expect(root.querySelectorAll(".pl-one")).toHaveLength(1);
});

test("own points by keyboard: arrows move the cross, Enter puts a point down", async () => {
  render(<View preset="gates" />, root);
  await choose("내 점");
  await choose("1로 찍기");
  plane().focus();
  await expect.poll(() => document.activeElement).toBe(plane());
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowUp}{Enter}");
  await expect.poll(() => root.querySelectorAll(".pl-one").length).toBe(1);
  const { x, y } = toPicture({ x: 0.7, y: 0.6 });
  const disc = root.querySelector(".pl-one")!;
  expect(Number(disc.getAttribute("cx"))).toBeCloseTo(x, 3);
  expect(Number(disc.getAttribute("cy"))).toBeCloseTo(y, 3);
});
