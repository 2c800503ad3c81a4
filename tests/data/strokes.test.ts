import { describe, expect, test } from "vitest";
import { DIGITS } from "../../src/data/datasets.ts";
import { decodeStrokes, encodeStrokes } from "../../src/data/stroke-text.ts";
import { centreOfMass, drawStrokes, prepareStrokes, type Stroke } from "../../src/data/strokes.ts";
import { DRAWN_DIGITS } from "./drawn-digits.ts";

const { preparation } = DIGITS;
if (preparation.kind === "none") throw new Error("digits are drawn");

/** Rows and columns with ink, from first to last. */
function extent(picture: Float32Array, size = 28) {
  const cells = Array.from(picture, (ink, i) => ({ ink, row: Math.floor(i / size), column: i % size }));
  const inked = cells.filter(({ ink }) => ink > 0);
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { rows: span(inked.map(({ row }) => row)), columns: span(inked.map(({ column }) => column)) };
}

const moved = (strokes: readonly Stroke[], scale: number, x: number, y: number): Stroke[] =>
  strokes.map((stroke) => stroke.map((point) => ({ x: point.x * scale + x, y: point.y * scale + y })));

describe("a drawing as a training picture", () => {
  test("fills the box of 20 pixels by its longer side, with its centre of mass on pixel 14, as MNIST does", () => {
    for (const [digit, strokes] of DRAWN_DIGITS.entries()) {
      const picture = prepareStrokes(strokes, preparation);
      const { rows, columns } = extent(picture);
      expect(Math.max(rows, columns), `digit ${digit}`).toBeGreaterThanOrEqual(19);
      expect(Math.max(rows, columns), `digit ${digit}`).toBeLessThanOrEqual(21);
      const mass = centreOfMass(picture, 28, 28);
      expect(mass.x).toBeCloseTo(14, 1);
      expect(mass.y).toBeCloseTo(14, 1);
    }
  });

  test("does not depend on where and how large it was drawn", () => {
    for (const strokes of DRAWN_DIGITS) {
      const whole = prepareStrokes(strokes, preparation);
      const corner = prepareStrokes(moved(strokes, 0.4, 0.55, 0.1), preparation);
      const difference = whole.reduce((most, ink, i) => Math.max(most, Math.abs(ink - corner[i]!)), 0);
      expect(difference).toBeLessThan(1e-3);
    }
  });

  test("nothing drawn is an empty picture, and a dot stays a dot of the pen's width", () => {
    expect(prepareStrokes([], preparation).every((ink) => ink === 0)).toBe(true);
    const dot = prepareStrokes([[{ x: 0.9, y: 0.9 }]], preparation);
    expect(extent(dot).rows).toBeLessThanOrEqual(preparation.pen + 1.5);
    expect(centreOfMass(dot, 28, 28).x).toBeCloseTo(14, 1);
  });

  test("a straight line has the pen's area: length times width and a round end on both sides", () => {
    const picture = drawStrokes(
      [
        [
          { x: 5, y: 10 },
          { x: 22, y: 10 },
        ],
      ],
      3,
      28,
    );
    const area = picture.reduce((sum, ink) => sum + ink, 0);
    expect(area).toBeGreaterThan(17 * 3 + Math.PI * 1.5 ** 2 - 1.5);
    expect(area).toBeLessThan(17 * 3 + Math.PI * 1.5 ** 2 + 1.5);
  });
});

describe("a drawing as text", () => {
  test("comes back within half a step of the grid, and says the same after a second journey", () => {
    for (const strokes of DRAWN_DIGITS) {
      const text = encodeStrokes(strokes);
      const back = decodeStrokes(text);
      expect(back?.length).toBe(strokes.length);
      expect(encodeStrokes(back!)).toBe(text);
      const [before, after] = [prepareStrokes(strokes, preparation), prepareStrokes(back!, preparation)];
      const mean = before.reduce((sum, ink, i) => sum + Math.abs(ink - after[i]!), 0) / before.length;
      expect(mean).toBeLessThan(0.03);
    }
  });

  test("points on a straight way are left out", () => {
    const line = Array.from({ length: 40 }, (_, i) => ({ x: i / 40, y: i / 40 }));
    expect(encodeStrokes([line])).toHaveLength(4);
  });

  test.each(["A", "AB.", "A가", "ABC", "!!", "A".repeat(5000)])("%j is no drawing", (text) => {
    expect(decodeStrokes(text)).toBeUndefined();
  });

  test("an empty text is an empty pad", () => {
    expect(decodeStrokes("")).toEqual([]);
  });
});
