import { expect, test } from "vitest";
import { deform, NO_DEFORMATION } from "../../src/data/deform.ts";
import { Random } from "../../src/engine/random.ts";

const SIZE = 28;
const source = Float32Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE > 9 && i % SIZE < 15 ? 1 : 0));
const deformed = (deformation: Partial<typeof NO_DEFORMATION>, seed: number) => {
  const target = new Float32Array(SIZE * SIZE);
  deform(source, target, SIZE, { ...NO_DEFORMATION, ...deformation }, new Random(seed));
  return target;
};

test("without deformation the picture stays as it is", () => {
  expect([...deformed({}, 1)]).toEqual([...source]);
});

test("equal seeds deform alike, others differently", () => {
  const hand = { turn: 0.3, shift: 2, wave: 1, scale: 0.2, shear: 0.2 };
  expect(deformed(hand, 5)).toEqual(deformed(hand, 5));
  expect(deformed(hand, 5)).not.toEqual(deformed(hand, 6));
});

test("a mirrored picture is the picture read from the right, in about half of the cases", () => {
  const mirrored = source.map((_, i) => source[i - (i % SIZE) + (SIZE - 1 - (i % SIZE))]!);
  const times = Array.from({ length: 200 }, (_, seed) => {
    const result = deformed({ mirror: true }, seed);
    const isMirrored = result.every((value, i) => value === mirrored[i]);
    expect(isMirrored || result.every((value, i) => value === source[i])).toBe(true);
    return isMirrored;
  }).filter(Boolean).length;
  expect(times).toBeGreaterThan(70);
  expect(times).toBeLessThan(130);
});

test("a shift keeps the ink that stays inside, and values stay between 0 and 1", () => {
  for (let seed = 0; seed < 20; seed++) {
    const row = deformed({ shift: 3 }, seed).subarray(14 * SIZE, 15 * SIZE);
    expect(row.reduce((sum, ink) => sum + ink, 0)).toBeCloseTo(5, 4);
    const wild = deformed({ turn: 1, shift: 5, wave: 3, scale: 0.3, shear: 0.3 }, seed);
    expect(wild.every((ink) => ink >= 0 && ink <= 1.000001)).toBe(true);
  }
});
