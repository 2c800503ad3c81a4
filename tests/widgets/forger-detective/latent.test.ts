import { describe, expect, test } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import { LATENT } from "../../../src/models/digit-gan-network.ts";
import {
  along,
  between,
  blend,
  directionOf,
  drawNoise,
  joined,
  padNoise,
} from "../../../src/widgets/forger-detective/latent.ts";

const lengthOf = (z: Float32Array) => Math.hypot(...z);

describe("mixing noise", () => {
  test("keeps the length that the generator has learned on; the plain mean does not", () => {
    const [mixed, plain] = [0, 0].map(() => [] as number[]);
    for (let seed = 1; seed <= 300; seed++) {
      const [a, b] = drawNoise(2, seed) as [Float32Array, Float32Array];
      mixed!.push(lengthOf(between(a, b, 0.5)) ** 2);
      plain!.push(lengthOf(a.map((value, k) => (value + b[k]!) / 2)) ** 2);
    }
    const mean = (values: readonly number[]) => values.reduce((x, y) => x + y) / values.length;
    // The squared length of 32 standard normal numbers is 32 in the mean, with deviation 8.
    expect(Math.abs(mean(mixed!) - LATENT)).toBeLessThan(4 * (8 / Math.sqrt(300)));
    expect(mean(plain!)).toBeLessThan(0.6 * LATENT);
  });

  test("ends are the pictures themselves, and the pad's corners its corners", () => {
    const corners = drawNoise(4, 9);
    expect(between(corners[0]!, corners[1]!, 0)).toEqual(corners[0]);
    expect(between(corners[0]!, corners[1]!, 1)).toEqual(corners[1]);
    expect(padNoise(corners, 1, 0)).toEqual(corners[1]);
    expect(padNoise(corners, 0, 1)).toEqual(corners[2]);
    expect(padNoise(corners, 1, 1)).toEqual(corners[3]);
  });

  test("a hand calculation: 3 and 4 parts have length 5", () => {
    const one = new Float32Array(LATENT).fill(1);
    const two = new Float32Array(LATENT).fill(2);
    expect(blend([one, two], [3, 4])[0]).toBeCloseTo((3 + 8) / 5, 6);
  });

  test("equal seeds draw equal noise, others other", () => {
    expect(drawNoise(2, 5)).toEqual(drawNoise(2, 5));
    expect(drawNoise(1, 5)).not.toEqual(drawNoise(1, 6));
  });
});

describe("arrows", () => {
  test("the direction along which an attribute grows is found, of unit length", () => {
    const random = new Random(3);
    const noise = joined(drawNoise(2000, 11));
    const attribute = Array.from(
      { length: 2000 },
      (_, i) => 7 + 3 * noise[i * LATENT + 4]! - 4 * noise[i * LATENT + 9]! + random.normal(0, 0.5),
    );
    const direction = directionOf(noise, attribute);
    expect(lengthOf(direction)).toBeCloseTo(1, 5);
    expect(direction[4]).toBeCloseTo(0.6, 1);
    expect(direction[9]).toBeCloseTo(-0.8, 1);
  });

  test("an attribute that does not vary has none", () => {
    expect(directionOf(joined(drawNoise(20, 1)), new Float32Array(20).fill(2)).every((x) => x === 0)).toBe(
      true,
    );
  });

  test("following it moves the noise by so many deviations", () => {
    const [z, direction] = [new Float32Array(LATENT), new Float32Array(LATENT)];
    direction[2] = 1;
    expect(along(z, direction, -1.5)[2]).toBe(-1.5);
  });
});
