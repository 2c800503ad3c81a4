import { render } from "preact";
import { useState } from "preact/hooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { DIGITS } from "../../src/data/datasets.ts";
import { centreOfMass, type Stroke } from "../../src/data/strokes.ts";
import { type Drawing, DrawingPad } from "../../src/ui/DrawingPad.tsx";
import "../../src/site/styles/tokens.css";

const root = document.createElement("div");
const { preparation } = DIGITS;
if (preparation.kind === "none") throw new Error("digits are drawn");
let drawings: Drawing[] = [];

function Probe() {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const onChange = (drawing: Drawing) => {
    drawings.push(drawing);
    setStrokes(drawing.strokes);
  };
  return <DrawingPad what="숫자" strokes={strokes} preparation={preparation as never} onChange={onChange} />;
}

const sheet = () => root.querySelector<SVGSVGElement>(".drawing-pad-sheet")!;
const last = () => drawings.at(-1)!;
const said = () => root.querySelector("[role=status]")?.textContent ?? "";

function pointer(type: string, x: number, y: number, id = 1) {
  const { left, top, width, height } = sheet().getBoundingClientRect();
  const place = { clientX: left + x * width, clientY: top + y * height };
  sheet().dispatchEvent(new PointerEvent(type, { ...place, pointerId: id, bubbles: true, button: 0 }));
}

/** One stroke from top to bottom, in a few steps. */
async function drawLine(x: number) {
  pointer("pointerdown", x, 0.2);
  for (const y of [0.3, 0.4, 0.5, 0.6, 0.7]) pointer("pointermove", x, y);
  pointer("pointerup", x, 0.7);
  await expect.poll(() => last()?.isFinished).toBe(true);
}

beforeEach(() => {
  document.body.append(root);
  drawings = [];
  render(<Probe />, root);
  // A made-up pointer cannot be captured.
  sheet().setPointerCapture = () => undefined;
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("a finger draws a stroke; its picture is the training pictures' kind", async () => {
  await drawLine(0.3);
  const { strokes, picture } = last();
  expect(strokes).toHaveLength(1);
  expect(strokes[0]![0]!.x).toBeCloseTo(0.3, 2);
  expect(strokes[0]!.at(-1)!.y).toBeCloseTo(0.7, 2);
  expect(centreOfMass(picture!, 28, 28).x).toBeCloseTo(14, 1);
  await expect.poll(said).toBe("획 1개");
});

test("the second finger and a second button draw nothing", async () => {
  pointer("pointerdown", 0.2, 0.2);
  pointer("pointerdown", 0.8, 0.8, 2);
  pointer("pointermove", 0.8, 0.2, 2);
  pointer("pointermove", 0.2, 0.6);
  pointer("pointerup", 0.8, 0.8, 2);
  pointer("pointerup", 0.2, 0.6);
  await expect.poll(() => last()?.isFinished).toBe(true);
  expect(last().strokes).toHaveLength(1);
  expect(last().strokes[0]!.every(({ x }) => x < 0.3)).toBe(true);
});

test("undo takes the last stroke off, and brings back what was wiped", async () => {
  await drawLine(0.3);
  await drawLine(0.6);
  expect(last().strokes).toHaveLength(2);
  await page.getByRole("button", { name: "되돌리기" }).click();
  expect(last().strokes).toHaveLength(1);
  await page.getByRole("button", { name: "지우기" }).click();
  expect(last()).toMatchObject({ strokes: [], picture: undefined });
  await page.getByRole("button", { name: "되돌리기" }).click();
  expect(last().strokes).toHaveLength(1);
  await expect.poll(said).toContain("획 1개");
});

test("the keyboard draws: space lowers the pen, arrows move it, space lifts it", async () => {
  sheet().focus();
  await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowUp} ");
  await expect.poll(said).toContain("펜을 내렸습니다");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}");
  expect(last().isFinished).toBe(false);
  await userEvent.keyboard(" ");
  await expect.poll(said).toBe("펜을 들었습니다. 획 1개");
  expect(last().isFinished).toBe(true);
  const [stroke] = last().strokes;
  expect(stroke).toEqual([
    { x: 0.5, y: 0.35 },
    { x: 0.5, y: 0.4 },
    { x: 0.5, y: 0.45 },
    { x: 0.5, y: 0.5 },
    { x: 0.55, y: 0.5 },
  ]);
  await userEvent.keyboard("{Backspace}");
  expect(last().strokes).toEqual([]);
});

test("buttons and sheet are large enough for a finger", () => {
  for (const button of root.querySelectorAll("button")) {
    expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  }
  expect(sheet().getBoundingClientRect().width).toBeGreaterThanOrEqual(240);
});
