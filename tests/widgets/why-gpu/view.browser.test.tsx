import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import View from "../../../src/widgets/why-gpu/View.tsx";
import "../../../src/site/styles/tokens.css";

const root = document.createElement("div");

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("16 × 16: three ways are measured and agree, two workers gain nothing, the GPU's state is told", async () => {
  render(<View />, root);
  await page.getByRole("radio", { name: "16", exact: true }).click();
  await page.getByRole("button", { name: "이 기기에서 재기" }).click();
  await expect
    .poll(() => root.querySelector(".wg-state")?.textContent, { timeout: 25_000 })
    .toBe("다 쟀습니다.");
  const rows = [...root.querySelectorAll(".wg-speeds tbody tr")].map((row) => row.textContent ?? "");
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(rows.map((row) => row.startsWith("WebAssembly SIMD, 작업자 둘"))).toContain(true);
  expect(root.querySelector(".wg-speeds p")?.textContent).toContain("결과를 견주니");
  expect(root.textContent).toMatch(/GPU는 재지 못합니다|브라우저가 알려 준 GPU|흉내/);
  await expect.poll(() => learner.record.value.goals["why-gpu"] ?? []).toContain("small");
  expect(root.querySelector(".wg-training tbody")?.textContent).toContain("NVIDIA V100");
});

test("measuring can be stopped", async () => {
  render(<View />, root);
  await page.getByRole("button", { name: "모든 크기 재기" }).click();
  await page.getByRole("button", { name: "그만 재기" }).click();
  await expect.poll(() => root.querySelector(".wg-state")?.textContent).toBe("측정을 멈추었습니다.");
  await expect.element(page.getByRole("button", { name: "이 기기에서 재기" })).toBeEnabled();
});
