import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PHOTOGRAPH_BYTES, PHOTOGRAPHS, photographOf } from "../../../src/data/photographs.ts";
import { Random } from "../../../src/engine/random.ts";
import {
  KERNELS,
  type Kernel,
  presetOf,
  resized,
  turned,
} from "../../../src/widgets/convolution-microscope/kernels.ts";
import { GRID_PICTURE, pictureOf } from "../../../src/widgets/convolution-microscope/pictures.ts";
import { formulaText, placesOf, remarkText } from "../../../src/widgets/convolution-microscope/shape.ts";
import {
  createSlide,
  type Grey,
  placeAt,
  poolAt,
  type Setting,
} from "../../../src/widgets/convolution-microscope/slide.ts";

const kernel = (id: string): Kernel => KERNELS.find((each) => each.id === id)!;

const SETTING: Setting = {
  kernel: kernel("vertical"),
  ...{ stride: 1, padding: 0, dilation: 1 },
  ...{ relu: false, pool: "none", poolSide: 2 },
};

function slid(picture: Grey, setting: Setting) {
  const { kernel: own, ...moves } = setting;
  const { rows, columns } = picture;
  return createSlide({ ...moves, rows, columns, side: own.side })?.(picture.values, own);
}

/** Padding as a larger picture, then every place by plain loops: another way than the engine's. */
function byHand(picture: Grey, { kernel: own, stride, padding, dilation }: Setting): number[] {
  const wide = picture.columns + 2 * padding;
  const padded = new Array<number>((picture.rows + 2 * padding) * wide).fill(0);
  for (let i = 0; i < picture.rows * picture.columns; i++) {
    const [y, x] = [Math.floor(i / picture.columns), i % picture.columns];
    padded[(y + padding) * wide + x + padding] = picture.values[i]!;
  }
  const last = padded.length / wide - 1 - (own.side - 1) * dilation;
  const values: number[] = [];
  for (let top = 0; top <= last; top += stride) {
    for (let left = 0; left + (own.side - 1) * dilation < wide; left += stride) {
      let sum = 0;
      for (let i = 0; i < own.side; i++) {
        for (let j = 0; j < own.side; j++) {
          sum += padded[(top + i * dilation) * wide + left + j * dilation]! * own.weights[i * own.side + j]!;
        }
      }
      values.push(sum / own.divisor);
    }
  }
  return values;
}

const noise = (rows: number, columns: number, seed: number): Grey => {
  const random = new Random(seed);
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.below(256)) };
};

describe("sliding", () => {
  test("a place reckoned on paper", () => {
    // Rows 2 to 4, columns 3 to 5 would be all bright; columns 1 to 3 are dark, bright, bright.
    const picture: Grey = { rows: 3, columns: 3, values: [20, 220, 220, 20, 220, 220, 20, 220, 100] };
    // −20 + 220 − 2·20 + 2·220 − 20 + 100 = 680
    expect(Array.from(slid(picture, SETTING)!.map.values)).toEqual([680]);
    const place = placeAt(picture, SETTING, 0, 0);
    expect(place.products.map(({ product }) => product)).toEqual([-20, 0, 220, -40, 0, 440, -20, 0, 100]);
    expect([place.sum, place.result]).toEqual([680, 680]);
    // The mean: (3·20 + 5·220 + 100 …) = 1260 / 9 = 140
    expect(slid(picture, { ...SETTING, kernel: kernel("blur") })!.map.values[0]).toBeCloseTo(140, 4);
  });

  test("agrees with plain loops for every kernel and every kind of move", () => {
    for (const [stride, padding, dilation] of [
      [1, 0, 1],
      [2, 1, 1],
      [3, 3, 2],
      [4, 2, 3],
    ] as const) {
      const picture = noise(17, 17, stride);
      for (const own of KERNELS) {
        const setting = { ...SETTING, kernel: own, stride, padding, dilation };
        const { map } = slid(picture, setting)!;
        const wanted = byHand(picture, setting);
        expect(map.values.length).toBe(wanted.length);
        expect(placesOf({ input: 17, window: own.side, stride, padding, dilation }).output).toBe(map.rows);
        wanted.forEach((value, i) => {
          expect(map.values[i]).toBeCloseTo(value, 2);
        });
        for (const [row, column] of [
          [0, 0],
          [map.rows - 1, map.columns - 1],
        ] as const) {
          const { result } = placeAt(picture, setting, row, column);
          expect(map.values[row * map.columns + column]).toBeCloseTo(result, 2);
        }
      }
    }
  });

  test("ReLU and pooling come after; what no pooling window reaches is told apart", () => {
    const picture = noise(9, 9, 5);
    const setting = { ...SETTING, relu: true, pool: "max", poolSide: 2 } as const;
    const results = slid(picture, setting)!;
    const cut = byHand(picture, setting).map((value) => Math.max(0, value));
    const { pooled } = results;
    expect([pooled?.rows, pooled?.columns]).toEqual([3, 3]);
    expect(pooled!.values[4]).toBe(
      Math.max(cut[2 * 7 + 2]!, cut[2 * 7 + 3]!, cut[3 * 7 + 2]!, cut[3 * 7 + 3]!),
    );
    expect(poolAt(results, setting, 3, 2)).toMatchObject({ row: 1, column: 1, result: pooled!.values[4] });
    expect(poolAt(results, setting, 6, 0)).toBeUndefined();
    const average = slid(picture, { ...setting, pool: "average" })!;
    const own = poolAt(average, { pool: "average", poolSide: 2 }, 0, 0)!;
    expect(own.result).toBeCloseTo(own.values.reduce((sum, value) => sum + value, 0) / 4, 3);
  });

  test("mathematics' convolution is the turned kernel, and a symmetric one stays", () => {
    expect(turned(kernel("vertical")).weights).toEqual([1, 0, -1, 2, 0, -2, 1, 0, -1]);
    expect(turned(kernel("laplace")).weights).toEqual(kernel("laplace").weights);
  });

  test("gauss 5 × 5 is gauss 3 × 3 twice", () => {
    const picture = noise(12, 12, 9);
    const once = slid(picture, { ...SETTING, kernel: kernel("gauss") })!.map;
    const twice = slid(once, { ...SETTING, kernel: kernel("gauss") })!.map;
    const five = slid(picture, { ...SETTING, kernel: kernel("gauss5") })!.map;
    twice.values.forEach((value, i) => {
      expect(five.values[i]).toBeCloseTo(value, 3);
    });
  });
});

describe("the size", () => {
  const axis = { input: 96, window: 3, stride: 1, padding: 0, dilation: 1 };
  test("of plain settings by hand", () => {
    expect(placesOf(axis)).toEqual({ padded: 96, span: 3, output: 94, unused: 0 });
    expect(placesOf({ ...axis, padding: 1 }).output).toBe(96);
    expect(placesOf({ ...axis, stride: 2 })).toEqual({ padded: 96, span: 3, output: 47, unused: 1 });
    expect(formulaText({ ...axis, stride: 2 })).toBe("⌊(96 + 2×0 − 3) ÷ 2⌋ + 1 = 47");
    expect(remarkText({ ...axis, stride: 2 })).toContain("1칸은 어느 창에도");
    expect(remarkText(axis)).toBe("");
  });

  test("the impossible is explained by numbers that mend it", () => {
    const impossible = { input: 12, window: 5, stride: 1, padding: 0, dilation: 4 };
    expect(placesOf(impossible)).toMatchObject({ span: 17, output: 0 });
    expect(createSlide({ ...SETTING, rows: 12, columns: 12, side: 5, dilation: 4 })).toBeUndefined();
    const said = remarkText(impossible);
    const [padding, dilation] = [/패딩을 (\d+)/, /간격을 (\d+)/].map((pattern) =>
      Number(pattern.exec(said)?.[1]),
    );
    expect(placesOf({ ...impossible, padding: padding! }).output).toBeGreaterThan(0);
    expect(placesOf({ ...impossible, padding: padding! - 1 }).output).toBe(0);
    expect(placesOf({ ...impossible, dilation: dilation! }).output).toBeGreaterThan(0);
    expect(placesOf({ ...impossible, dilation: dilation! + 1 }).output).toBe(0);
  });
});

describe("kernels and pictures", () => {
  test("a preset is known by its numbers; growing and shrinking keeps the middle", () => {
    for (const own of KERNELS) expect(presetOf({ ...own })?.id).toBe(own.id);
    const large = resized(kernel("sharpen"), 5);
    expect(large.weights).toHaveLength(25);
    expect(resized(large, 3)).toEqual({ side: 3, weights: kernel("sharpen").weights, divisor: 1 });
  });

  test("the photographs are there, each with its whole range", () => {
    const file = new Uint8Array(
      readFileSync(new URL("../../../public/data/photographs.bin", import.meta.url)),
    );
    expect(file).toHaveLength(PHOTOGRAPH_BYTES);
    for (const { id } of PHOTOGRAPHS) {
      const values = photographOf(file, id);
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, 255]);
    }
    expect(() => photographOf(file.subarray(1), "boats")).toThrow(RangeError);
    expect(pictureOf({ picture: "boats", strokes: [] }, undefined, undefined)).toBeUndefined();
    expect(pictureOf({ picture: "grid", strokes: [] }, undefined, undefined)).toBe(GRID_PICTURE);
    const drawn = pictureOf(
      {
        picture: "drawing",
        strokes: [
          [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        ],
      },
      undefined,
      undefined,
    );
    expect(Math.max(...Array.from(drawn!.values))).toBe(255);
  });
});
