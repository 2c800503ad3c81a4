import { describe, expect, test } from "vitest";
import { drawLetter } from "../../scripts/data/jamo.ts";
import {
  boundsOf,
  type Contour,
  contoursOf,
  normalized,
  rasterize,
  rewritten,
  signedArea,
} from "../../scripts/data/outline.ts";
import { centreOfMass } from "../../src/data/strokes.ts";
import { Random } from "../../src/engine/random.ts";

/** Clockwise, as TrueType's outer lines run. */
const box = (left: number, bottom: number, right: number, top: number): Contour => [
  [left, bottom],
  [left, top],
  [right, top],
  [right, bottom],
];
const ink = (picture: Float32Array) => picture.reduce((sum, value) => sum + value, 0);

describe("outlines", () => {
  test("a box covers its area, parts of pixels included, and a hole is left free", () => {
    expect(ink(rasterize([box(2.5, 3.25, 10, 8.75)], 16))).toBeCloseTo(7.5 * 5.5, 4);
    const hole = [...box(4, 4, 6, 6)].reverse();
    expect(ink(rasterize([box(2, 2, 8, 8), hole], 16))).toBeCloseTo(36 - 4, 4);
    // Two strokes of one letter may overlap without making a hole.
    expect(ink(rasterize([box(2, 2, 8, 8), box(4, 4, 6, 6)], 16))).toBeCloseTo(36, 4);
  });

  test("the top row comes first", () => {
    const picture = rasterize([box(0, 15, 16, 16)], 16);
    expect([...picture.subarray(0, 16)].every((value) => value === 1)).toBe(true);
    expect(ink(picture)).toBe(16);
  });

  test("a circle of quadratic curves has the circle's area", () => {
    const arc = (x: number, y: number, toX: number, toY: number) => ({
      command: "quadraticCurveTo",
      args: [x, y, toX, toY],
    });
    const k = Math.SQRT2 - 1;
    const ring = [
      { command: "moveTo", args: [0, 1] },
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((eighth) => {
        const [angle, middle] = [(eighth * Math.PI) / 4, ((eighth - 0.5) * Math.PI) / 4];
        const reach = Math.hypot(1, k);
        return arc(reach * Math.sin(middle), reach * Math.cos(middle), Math.sin(angle), Math.cos(angle));
      }),
      { command: "closePath", args: [] },
    ];
    expect(-signedArea(contoursOf(ring)) / 2).toBeCloseTo(Math.PI, 1);
  });

  test("another hand may thicken a stroke on both sides, and keeps it without deformation", () => {
    const stroke = normalized([box(0, 0, 100, 10)]);
    const still = rewritten(stroke, { turn: 0, shear: 0, wave: 0, width: 0 }, new Random(1));
    expect(boundsOf(still)).toEqual(boundsOf(stroke));
    const heights = Array.from({ length: 40 }, (_, seed) => {
      const { top, bottom } = boundsOf(
        rewritten(stroke, { turn: 0, shear: 0, wave: 0, width: 0.04 }, new Random(seed)),
      );
      return top - bottom;
    });
    expect(Math.max(...heights)).toBeGreaterThan(0.13);
    expect(Math.min(...heights)).toBeLessThan(0.095);
    expect(Math.min(...heights)).toBeGreaterThan(0.05);
  });
});

test("a letter is drawn as drawings are prepared: 20 pixels long, its mass on pixel 14", () => {
  const letter = normalized([box(0, 0, 90, 12), box(78, 0, 90, 100)]);
  const picture = drawLetter(letter, 28);
  const rows = Array.from({ length: 28 }, (_, row) => ink(picture.subarray(row * 28, row * 28 + 28)) > 0);
  expect(rows.filter(Boolean).length).toBeGreaterThanOrEqual(20);
  expect(rows.filter(Boolean).length).toBeLessThanOrEqual(21);
  const { x, y } = centreOfMass(picture, 28, 28);
  expect(x).toBeCloseTo(14, 0);
  expect(y).toBeCloseTo(14, 0);
});
