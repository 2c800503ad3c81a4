import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HIGH, LOW } from "../../../src/widgets/perceptron-lab/examples.ts";
import {
  biasThrough,
  footOf,
  lineOf,
  positiveSide,
  tipOf,
  toPicture,
  toPlane,
  turned,
  weightsFromArrow,
  withinSight,
} from "../../../src/widgets/perceptron-lab/geometry.ts";

const weight = fc.double({ min: -4, max: 4, noNaN: true });
const weights = fc
  .record({ w1: weight, w2: weight, b: weight })
  .filter(({ w1, w2 }) => Math.hypot(w1, w2) > 0.2);
const z = (w: { w1: number; w2: number; b: number }, { x, y }: { x: number; y: number }) =>
  w.w1 * x + w.w2 * y + w.b;

describe("the line and its normal vector", () => {
  test("both ends and the foot lie on w·x + b = 0; the arrow is at right angles to it", () => {
    fc.assert(
      fc.property(weights, (w) => {
        const [from, to] = lineOf(w)!;
        const foot = footOf(w)!;
        const tip = tipOf(w)!;
        for (const place of [from, to, foot]) expect(z(w, place)).toBeCloseTo(0, 6);
        const along = (to.x - from.x) * (tip.x - foot.x) + (to.y - from.y) * (tip.y - foot.y);
        expect(along).toBeCloseTo(0, 6);
        expect(z(w, tip)).toBeGreaterThan(0);
      }),
    );
  });

  test("the polygon of the positive side holds no point with z < 0", () => {
    fc.assert(
      fc.property(weights, (w) => {
        for (const corner of positiveSide(w)) expect(z(w, corner)).toBeGreaterThan(-1e-6);
      }),
    );
    expect(positiveSide({ w1: 0, w2: 0, b: -1 })).toEqual([]);
    expect(positiveSide({ w1: 0, w2: 0, b: 0 })).toHaveLength(4);
  });

  test("an arrow drawn from weights gives the weights back, and the line keeps its foot", () => {
    fc.assert(
      fc.property(weights, (w) => {
        const foot = footOf(w)!;
        const back = weightsFromArrow(foot, tipOf(w)!, 4);
        expect(back.w1).toBeCloseTo(w.w1, 1);
        expect(back.w2).toBeCloseTo(w.w2, 1);
        expect(Math.abs(back.b - w.b)).toBeLessThan(0.05);
      }),
    );
  });

  test("dragging the line changes the bias alone", () => {
    // 2·0.5 − 1·0.25 = 0.75
    expect(biasThrough({ w1: 2, w2: -1, b: 3 }, { x: 0.5, y: 0.25 }, 4)).toBe(-0.75);
    expect(biasThrough({ w1: 4, w2: 4, b: 0 }, { x: 1.5, y: 1.5 }, 4)).toBe(-4);
  });

  test("a quarter turn to the left takes (2, 0) to (0, 2)", () => {
    const { w1, w2 } = turned({ w1: 2, w2: 0, b: -1 }, Math.PI / 2, 1, 4);
    expect([w1, w2]).toEqual([0, 2]);
    expect(turned({ w1: 2, w2: 0, b: -1 }, 0, 1.5, 4).w1).toBe(3);
  });

  test("the handle stays in the picture as long as the arrow's foot is", () => {
    fc.assert(
      fc.property(weights, (w) => {
        const foot = footOf(w)!;
        fc.pre([foot.x, foot.y].every((value) => value > LOW + 0.1 && value < HIGH - 0.1));
        const shown = withinSight(foot, tipOf(w)!);
        for (const value of [shown.x, shown.y]) {
          expect(value).toBeGreaterThan(LOW);
          expect(value).toBeLessThan(HIGH);
        }
        const tip = tipOf(w)!;
        // Still on the arrow.
        expect((shown.x - foot.x) * (tip.y - foot.y) - (shown.y - foot.y) * (tip.x - foot.x)).toBeCloseTo(
          0,
          9,
        );
      }),
    );
  });

  test("picture and plane are each other's inverse; up is up", () => {
    const place = toPlane(toPicture({ x: 0.3, y: 1.2 }));
    expect(place.x).toBeCloseTo(0.3);
    expect(place.y).toBeCloseTo(1.2);
    expect(toPicture({ x: 0, y: 1 }).y).toBeLessThan(toPicture({ x: 0, y: 0 }).y);
  });
});
