import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { learner } from "../../../src/learner/index.ts";
import "../../../src/site/styles/tokens.css";
import { answersState } from "../../../src/widgets/probability-answers/state.ts";
import View from "../../../src/widgets/probability-answers/View.tsx";

const root = document.createElement("div");
root.className = "widget-place";
root.id = "probability-answers";
const text = (selector: string) => root.querySelector(selector)?.textContent ?? "";
const reached = () => learner.record.value.goals["probability-answers"] ?? [];
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const open = (state: Parameters<typeof answersState.encode>[0] | undefined = undefined) => {
  if (state)
    history.replaceState(null, "", `?probability-answers=${encodeURIComponent(answersState.encode(state))}`);
  render(<View />, root);
};

beforeEach(() => {
  history.replaceState(null, "", location.pathname);
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("the formula follows the sliders by keyboard; adding 2 to every logit changes nothing", async () => {
  open();
  const shares = () => [...root.querySelectorAll(".pa-bar strong")].map((each) => each.textContent);
  const before = shares();
  expect(text(".pa-formula")).toContain("e3.0 = 20.09 → 20.09 ÷ 26.58 = 0.756");
  await button("그대로다").click();
  await expect.poll(() => text(".pa-verdict")).toContain("맞았습니다");
  expect(shares()).toEqual(before);
  await button("다음 예측").click();
  await button("그대로다").click();
  await expect.poll(() => text(".pa-verdict")).toContain("달랐습니다");
  expect(shares()).not.toEqual(before);
  await page.getByRole("button", { name: "처음으로" }).click();
  root.querySelectorAll<HTMLInputElement>("input[type=range]")[4]!.focus();
  await userEvent.keyboard("{End}");
  await expect.poll(reached).toContain("temperature");
});

test("trained in the page until it is too sure, mended by a temperature", async () => {
  open({ ...answersState.defaults, part: "calibration" });
  await button("정확도가 더 크다").click();
  await expect.poll(reached, { timeout: 20_000 }).toContain("too-sure");
  // To its end: where it is stopped by hand depends on how fast the machine is.
  await expect.poll(() => text(".pa-buttons"), { timeout: 20_000 }).toContain("처음부터 다시");
  await button("온도 맞추기").click();
  await expect.poll(reached).toContain("calibrate");
  // The readout and the sentence speak of different temperatures, and say so.
  expect(text(".pa-facts")).toMatch(/평균 확신 \(온도 [2-8]/);
  expect(text(".pa-verdict")).toContain("온도 1에서");
});

test("a link with a letter counts: the network of ten answers is sure all the same, and its card is shown", async () => {
  const { decodeStrokes, encodeStrokes } = await import("../../../src/data/stroke-text.ts");
  const { ODDITIES } = await import("../../../src/widgets/probability-answers/nonsense.ts");
  const strokes = decodeStrokes(encodeStrokes(ODDITIES[0].strokes))!;
  open({ ...answersState.defaults, part: "nonsense", strokes });
  await expect.poll(() => text(".fetch-network button")).toBe("신경망 받기 (221 kB)");
  expect(root.querySelector(".model-card")).toBeNull();
  root.querySelector<HTMLElement>(".fetch-network button")?.click();
  await expect.poll(() => text(".pa-headline"), { timeout: 10_000 }).toMatch(/2, /);
  await expect.poll(reached).toContain("fooled");
  expect(text(".model-card")).toContain("MNIST");
  await button(/절반 넘게/).click();
  await expect.poll(() => text(".pa-predict .pa-verdict"), { timeout: 10_000 }).toMatch(/300장 가운데 \d+장/);
});
