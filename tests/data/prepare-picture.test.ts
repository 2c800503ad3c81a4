import { expect, test } from "vitest";
import { DIGITS } from "../../src/data/datasets.ts";
import { writePicture } from "../../src/data/pictures.ts";
import { preparePicture } from "../../src/data/prepare-picture.ts";
import { shippedPictures } from "./shipped-pictures.ts";

const { preparation } = DIGITS;
if (preparation.kind === "none") throw new Error("digits are drawn");
const SIZE = 28;

/** The picture three times as large, somewhere on a larger sheet. */
function enlarged(picture: Float32Array, times: number, right: number, down: number) {
  const columns = 200;
  const values = new Float32Array(columns * columns);
  for (let row = 0; row < SIZE * times; row++) {
    for (let column = 0; column < SIZE * times; column++) {
      const from = picture[Math.floor(row / times) * SIZE + Math.floor(column / times)]!;
      values[(row + down) * columns + column + right] = from;
    }
  }
  return { rows: columns, columns, values };
}

test("MNIST's digits, enlarged and moved, come back as they are in the dataset", async () => {
  const { test: digits } = await shippedPictures("digits");
  let [worst, exact] = [0, 0];
  const picture = new Float32Array(SIZE * SIZE);
  for (let index = 0; index < 300; index++) {
    writePicture(digits, index, picture);
    const prepared = preparePicture(enlarged(picture, 3, 7 + (index % 50), 90 - (index % 60)), preparation);
    const mean = prepared.reduce((sum, ink, i) => sum + Math.abs(ink - picture[i]!), 0) / picture.length;
    worst = Math.max(worst, mean);
    if (mean < 1e-6) exact++;
  }
  // A few have an outermost line too faint to count.
  expect(exact).toBeGreaterThanOrEqual(285);
  expect(worst).toBeLessThan(1e-3);
});

test("a sheet without ink stays empty", () => {
  const sheet = { rows: 40, columns: 30, values: new Float32Array(1200) };
  expect(preparePicture(sheet, preparation).every((ink) => ink === 0)).toBe(true);
});

test("a wide picture fills the box by its width, grey values averaged over areas", () => {
  const values = new Float32Array(80 * 80);
  for (let row = 30; row < 50; row++) values.fill(row < 40 ? 1 : 0.5, row * 80 + 10, row * 80 + 50);
  const prepared = preparePicture({ rows: 80, columns: 80, values }, { ...preparation, kind: "box" });
  // 40 × 20 pixels become 20 × 10.
  expect(prepared.reduce((sum, ink) => sum + ink, 0)).toBeCloseTo(20 * 5 + 20 * 5 * 0.5, 3);
  expect(prepared[9 * SIZE + 14]).toBeCloseTo(1, 6);
  expect(prepared[18 * SIZE + 14]).toBeCloseTo(0.5, 6);
});
