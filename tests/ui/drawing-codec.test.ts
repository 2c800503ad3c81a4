import { expect, test } from "vitest";
import { LONGEST_DRAWING_TEXT } from "../../src/data/stroke-text.ts";
import { drawing } from "../../src/ui/drawing-codec.ts";
import { defineState } from "../../src/ui/state-codec.ts";
import { DRAWN_DIGITS } from "../data/drawn-digits.ts";

const schema = defineState(1, { drawing: drawing() });

test("a drawing travels in a link, and drawing it again gives the same link", () => {
  for (const strokes of DRAWN_DIGITS) {
    const text = schema.encode({ drawing: strokes });
    expect(decodeURIComponent(encodeURIComponent(text))).toBe(text);
    const { state, problems } = schema.decode(text);
    expect(problems).toEqual([]);
    expect(state.drawing).toHaveLength(strokes.length);
    expect(schema.encode(state)).toBe(text);
  }
});

test("of a drawing too long for a link the last lines are left out", () => {
  const zigzag = (row: number) =>
    Array.from({ length: 40 }, (_, i) => ({ x: i / 40, y: (row + (i % 2)) / 40 }));
  const strokes = Array.from({ length: 38 }, (_, row) => zigzag(row));
  const { state, problems } = schema.decode(schema.encode({ drawing: strokes }));
  expect(problems).toEqual([]);
  expect(state.drawing.length).toBeGreaterThan(5);
  expect(schema.encode(state).length).toBeLessThan(LONGEST_DRAWING_TEXT + 20);
});

test("a damaged drawing is named, and the pad stays empty", () => {
  expect(schema.decode("1;drawing=A")).toEqual({ state: { drawing: [] }, problems: ["drawing"] });
});
