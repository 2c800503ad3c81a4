import { expect, test } from "vitest";
import { moved } from "../../../src/widgets/perceptron-lab/cursor.ts";

test("arrow keys move the cursor by a tenth, with Shift by two hundredths, and never out of the picture", () => {
  expect(moved({ x: 0.5, y: 0.5 }, "ArrowUp", false)).toEqual({ x: 0.5, y: 0.6 });
  expect(moved({ x: 0.5, y: 0.5 }, "ArrowLeft", true)).toEqual({ x: 0.48, y: 0.5 });
  expect(moved({ x: 1.55, y: -0.55 }, "ArrowRight", false)).toEqual({ x: 1.6, y: -0.55 });
  expect(moved({ x: 1.55, y: -0.55 }, "ArrowDown", false)).toEqual({ x: 1.55, y: -0.6 });
  expect(moved({ x: 0, y: 0 }, "a", false)).toBeUndefined();
});
