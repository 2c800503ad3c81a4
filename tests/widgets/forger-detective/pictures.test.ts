import { describe, expect, test } from "vitest";
import { PIXELS, SIDE } from "../../../src/models/digit-gan-network.ts";
import {
  inkOf,
  slantOf,
  tallyOf,
  varietyOf,
  widthOf,
} from "../../../src/widgets/forger-detective/pictures.ts";

/** A picture with ink at these rows and columns. */
function drawn(...places: readonly (readonly [row: number, column: number])[]): Float32Array {
  const picture = new Float32Array(PIXELS);
  for (const [row, column] of places) picture[row * SIDE + column] = 1;
  return picture;
}

describe("what is measured of a picture", () => {
  test("ink, and nothing of an empty one", () => {
    expect(inkOf(drawn([3, 4], [5, 6]))).toBe(2);
    for (const of of [inkOf, slantOf, widthOf]) expect(of(new Float32Array(PIXELS))).toBe(0);
  });

  test("slant: columns to the right for each row up", () => {
    const upright = drawn([5, 14], [10, 14], [15, 14]);
    const leaning = drawn([5, 18], [10, 14], [15, 10]);
    const back = drawn([5, 10], [10, 14], [15, 18]);
    expect(slantOf(upright)).toBeCloseTo(0, 9);
    expect(slantOf(leaning)).toBeCloseTo(0.8, 9);
    expect(slantOf(back)).toBeCloseTo(-0.8, 9);
  });

  test("width: the deviation across", () => {
    expect(widthOf(drawn([5, 10], [9, 16]))).toBeCloseTo(3, 9);
  });

  test("variety: none among equal pictures", () => {
    const [a, b] = [drawn([1, 1]), drawn([2, 2])];
    const twice = (x: Float32Array, y: Float32Array) => Float32Array.from([...x, ...y]);
    expect(varietyOf(twice(a, a))).toBe(0);
    // Two pixels are 0 in one and 1 in the other: deviation ½ each.
    expect(varietyOf(twice(a, b))).toBeCloseTo(1 / PIXELS, 9);
  });
});

describe("the tally of readings", () => {
  const sure = (digit: number) => ({ digit, sure: 0.95 });

  test("ten digits alike: all are made, evenly", () => {
    const tally = tallyOf(Array.from({ length: 40 }, (_, i) => sure(i % 10)));
    expect(tally).toMatchObject({ digits: 10, recognised: 1, total: 40 });
    expect(tally.evenness).toBeCloseTo(1, 9);
  });

  test("one digit only: evenness 0", () => {
    expect(tallyOf(Array.from({ length: 40 }, () => sure(3)))).toMatchObject({ digits: 1, evenness: 0 });
  });

  test("two digits alike: ln 2 over ln 10", () => {
    const tally = tallyOf(Array.from({ length: 40 }, (_, i) => sure(i % 2)));
    expect(tally.evenness).toBeCloseTo(Math.log(2) / Math.log(10), 9);
  });

  test("what is not clear counts as no digit, and a stray one is not among those made", () => {
    const readings = [...Array.from({ length: 99 }, () => sure(1)), sure(2), { digit: 3, sure: 0.5 }];
    expect(tallyOf(readings)).toMatchObject({ digits: 1, counts: [0, 99, 1, 0, 0, 0, 0, 0, 0, 0] });
    expect(tallyOf([])).toMatchObject({ recognised: 0, digits: 0, evenness: 0 });
  });
});
