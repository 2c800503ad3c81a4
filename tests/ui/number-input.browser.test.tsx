import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { NumberInput } from "../../src/ui/NumberInput.tsx";

const root = document.createElement("div");
const got: number[] = [];
const draw = (value: number) =>
  render(
    <NumberInput value={value} step={0.1} digits={2} label="가중치" onChange={(n) => got.push(n)} />,
    root,
  );
const field = () => root.querySelector("input")!;

beforeEach(() => {
  document.body.append(root);
  got.length = 0;
});
afterEach(() => {
  render(null, root);
  root.remove();
});

test("what is half written stays while a training goes on around it, and counts with Enter", async () => {
  draw(0.123);
  await page.getByLabelText("가중치").click();
  await userEvent.keyboard("{Control>}a{/Control}");
  for (const [i, key] of ["-", "2", ".", "5"].entries()) {
    await userEvent.keyboard(key);
    draw(0.2 + i);
  }
  expect(field().valueAsNumber).toBe(-2.5);
  expect(got).toEqual([]);
  await userEvent.keyboard("{Enter}");
  expect(got).toEqual([-2.5]);
});

test("what is no number is given up, and the present value is there again", async () => {
  draw(1);
  await page.getByLabelText("가중치").click();
  await userEvent.keyboard("{Control>}a{/Control}-");
  draw(1.75);
  await userEvent.tab();
  await expect.poll(() => field().valueAsNumber).toBe(1.75);
  expect(got).toEqual([]);
});

test("a value that comes from elsewhere is shown, rounded", async () => {
  draw(0.5);
  draw(0.6789);
  expect(field().value).toBe("0.68");
});
