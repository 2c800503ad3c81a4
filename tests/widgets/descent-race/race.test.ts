/** The race against plain double-precision arithmetic: slopes, curvatures, every optimizer, every bound. */
import { describe, expect, test } from "vitest";
import { BATCH, createRace, RACERS, type Racer } from "../../../src/widgets/descent-race/race.ts";
import { type Place, SURFACE_IDS, SURFACES } from "../../../src/widgets/descent-race/surfaces.ts";
import { eigenvalues, stableBelow, verdictOf } from "../../../src/widgets/descent-race/theory.ts";

type Plain = (x: number, y: number) => number;

/** The formulas as a book writes them. */
const PLAIN: Readonly<Record<string, Plain>> = {
  bowl: (x, y) => 0.5 * (x ** 2 + 4 * y ** 2),
  ravine: (x, y) => 0.5 * (0.5 * x ** 2 + 20 * y ** 2),
  tilted: (x, y) => 0.5 * (10.25 * x ** 2 - 19.5 * x * y + 10.25 * y ** 2),
  saddle: (x, y) => 0.5 * x ** 2 - 0.5 * y ** 2 + 0.25 * y ** 4 + 0.25,
  rosenbrock: (x, y) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2,
  himmelblau: (x, y) => (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2,
};

const numericSlope = (f: Plain, x: number, y: number, h = 1e-4): Place => [
  (f(x + h, y) - f(x - h, y)) / (2 * h),
  (f(x, y + h) - f(x, y - h)) / (2 * h),
];

const PLACES: readonly Place[] = [
  [-1.2, 1],
  [0.5, -0.5],
  [1.7, 0.3],
];

describe.each(Object.keys(PLAIN))("%s", (id) => {
  const surface = SURFACE_IDS.find((known) => known === id)!;
  const plain = PLAIN[id]!;

  test("loss, slope and curvature are those of the formula", () => {
    const race = createRace(surface, "none");
    for (const [x, y] of PLACES) {
      const { loss, slope, curvature } = race.at([x, y]);
      expect(loss).toBeCloseTo(plain(x, y), 3);
      expect(race.height([x, y])).toBe(loss);
      const expected = numericSlope(plain, x, y);
      const scale = 1 + Math.hypot(...expected);
      expect(Math.abs(slope[0] - expected[0]) / scale).toBeLessThan(1e-4);
      expect(Math.abs(slope[1] - expected[1]) / scale).toBeLessThan(1e-4);
      const h = 1e-3;
      const [above, below] = [numericSlope(plain, x + h, y), numericSlope(plain, x - h, y)];
      const [right, left] = [numericSlope(plain, x, y + h), numericSlope(plain, x, y - h)];
      const second = [
        (above[0] - below[0]) / (2 * h),
        (above[1] - below[1]) / (2 * h),
        (right[1] - left[1]) / (2 * h),
      ];
      second.forEach((value, i) => {
        expect(Math.abs(curvature[i]! - value) / (1 + Math.abs(value))).toBeLessThan(1e-3);
      });
    }
  });

  test("its minima are minima, and as low as it says", () => {
    const race = createRace(surface, "none");
    for (const place of SURFACES[surface].minima) {
      const { loss, slope, curvature } = race.at(place);
      expect(loss).toBeCloseTo(SURFACES[surface].lowest, 4);
      expect(Math.hypot(...slope)).toBeLessThan(0.01);
      expect(eigenvalues(curvature)[1]).toBeGreaterThan(0);
    }
  });
});

/** One step of an optimizer on one coordinate, as its paper writes it. */
type Step = (slope: number, rate: number, step: number, memory: number[]) => number;

const STEPS_OF: Readonly<Record<Racer, Step>> = {
  sgd: (g, rate) => -rate * g,
  momentum: (g, rate, _t, m) => {
    m[0] = 0.9 * (m[0] ?? 0) + g;
    return -rate * m[0];
  },
  nesterov: (g, rate, _t, m) => {
    m[0] = 0.9 * (m[0] ?? 0) + g;
    return -rate * (g + 0.9 * m[0]);
  },
  rmsprop: (g, rate, _t, m) => {
    m[0] = 0.9 * (m[0] ?? 0) + 0.1 * g * g;
    return (-rate * g) / (Math.sqrt(m[0]) + 1e-8);
  },
  adam: (g, rate, t, m) => {
    m[0] = 0.9 * (m[0] ?? 0) + 0.1 * g;
    m[1] = 0.999 * (m[1] ?? 0) + 0.001 * g * g;
    return (-rate * (m[0] / (1 - 0.9 ** t))) / (Math.sqrt(m[1] / (1 - 0.999 ** t)) + 1e-8);
  },
};

describe.each(RACERS)("%s", (racer) => {
  test.each(["ravine", "tilted", "saddle", "rosenbrock"] as const)(
    "takes the steps of its paper on %s",
    (surface) => {
      const plain = PLAIN[surface]!;
      const { start } = SURFACES[surface];
      const rate = surface === "rosenbrock" ? 0.0005 : 0.02;
      const paths = createRace(surface, "none").race({
        start,
        rates: RACERS.map(() => rate),
        steps: 40,
        seed: 1,
      });
      const { x, y, loss } = paths[RACERS.indexOf(racer)]!;
      const at = [...start];
      const memories: number[][] = [[], []];
      for (let t = 1; t <= 40; t++) {
        const slope = numericSlope(plain, at[0]!, at[1]!, 1e-5);
        for (const axis of [0, 1]) at[axis]! += STEPS_OF[racer](slope[axis]!, rate, t, memories[axis]!);
        expect(x[t]).toBeCloseTo(at[0]!, 2);
        expect(y[t]).toBeCloseTo(at[1]!, 2);
      }
      expect(loss[40]).toBeCloseTo(plain(x[40]!, y[40]!), 2);
    },
  );
});

describe("the bound of the learning rate", () => {
  test.each(["bowl", "ravine", "tilted"] as const)(
    "%s: just below it settles, just above it does not",
    (surface) => {
      const { curvature, start } = SURFACES[surface];
      const [large] = eigenvalues(curvature!);
      const race = createRace(surface, "none");
      for (const racer of ["sgd", "momentum", "nesterov"] as const) {
        const bound = stableBelow(racer, large)!;
        const run = (rate: number) =>
          race.race({ start, rates: RACERS.map(() => rate), steps: 900, seed: 1 })[RACERS.indexOf(racer)]!;
        const below = run(0.98 * bound);
        expect(below.diverged, `${racer} below`).toBeUndefined();
        expect(below.loss.at(-1)!).toBeLessThan(below.loss[0]! / 100);
        const above = run(1.02 * bound);
        expect(above.diverged ?? above.loss.length, `${racer} above`).toBeLessThan(901);
      }
    },
  );

  test("by hand: bowl 2/4, ravine 2/20; the tilted ravine has the ravine's", () => {
    expect(stableBelow("sgd", eigenvalues(SURFACES.bowl.curvature!)[0])).toBe(0.5);
    expect(eigenvalues(SURFACES.ravine.curvature!)).toEqual([20, 0.5]);
    expect(eigenvalues(SURFACES.tilted.curvature!)[0]).toBeCloseTo(20, 10);
    expect(eigenvalues(SURFACES.tilted.curvature!)[1]).toBeCloseTo(0.5, 10);
    expect(stableBelow("adam", 20)).toBeUndefined();
  });

  test("what is said of a learning rate is what gradient descent does on each axis", () => {
    const verdict = verdictOf(0.3, [4, 1]);
    const [path] = createRace("bowl", "none").race({
      start: [2, 1],
      rates: [0.3, 0, 0, 0, 0],
      steps: 5,
      seed: 1,
    });
    for (let step = 1; step <= 5; step++) {
      expect(path!.y[step]! / path!.y[step - 1]!).toBeCloseTo(verdict.steep, 4);
      expect(path!.x[step]! / path!.x[step - 1]!).toBeCloseTo(verdict.flat, 4);
    }
    expect(verdict.regime).toBe("zigzag");
    expect(verdictOf(0.5, [4, 1]).regime).toBe("diverging");
    expect(verdictOf(0.2, [4, 1]).regime).toBe("good");
    expect(verdictOf(0.005, [4, 1]).regime).toBe("slow");
  });
});

describe("noise", () => {
  const settings = (seed: number) =>
    ({ start: [0.5, 0.4], rates: RACERS.map(() => 0.01), steps: 60, seed }) as const;
  const run = (seed: number) => createRace("bowl", "little").race(settings(seed));

  test("is the same for the same seed and another for another", () => {
    expect(run(3)).toEqual(run(3));
    expect(run(3)[0]!.x).not.toEqual(run(4)[0]!.x);
  });

  test("pushes all racers alike: gradient descent with and without differs by −η·noise", () => {
    const [sgd] = run(1);
    const rate = 0.01;
    // Momentum's first step is gradient descent's.
    expect(run(1)[1]!.x[1]).toBe(sgd!.x[1]);
    const pushes = Array.from({ length: 59 }, (_, i) => (sgd!.x[i]! - sgd!.x[i + 1]!) / rate - sgd!.x[i]!);
    const mean = pushes.reduce((a, b) => a + b) / pushes.length;
    const deviation = Math.sqrt(pushes.reduce((a, b) => a + (b - mean) ** 2, 0) / pushes.length);
    expect(Math.abs(mean)).toBeLessThan(0.5);
    expect(deviation).toBeGreaterThan(0.7);
    expect(deviation).toBeLessThan(1.3);
  });

  test("of the network is a mini-batch: the slope wanders, its mean is the full one", () => {
    const full = createRace("network", "none").at([0.5, 0.4]).slope[0];
    const race = createRace("network", "little");
    const firsts = Array.from({ length: 200 }, (_, seed) => {
      const [sgd] = race.race({ ...settings(seed + 1), steps: 1 });
      return (sgd!.x[0]! - sgd!.x[1]!) / 0.01;
    });
    const mean = firsts.reduce((a, b) => a + b) / firsts.length;
    const deviation = Math.sqrt(firsts.reduce((a, b) => a + (b - mean) ** 2, 0) / firsts.length);
    expect(deviation).toBeGreaterThan(0.01);
    expect(Math.abs(mean - full)).toBeLessThan((4 * deviation) / Math.sqrt(firsts.length));
    expect(BATCH.little).toBeGreaterThan(BATCH.much);
  });
});

test("the network is trained: its plane is lowest near the middle and not flat", () => {
  const race = createRace("network", "none");
  expect(race.height([0, 0])).toBeLessThan(0.02);
  expect(race.height([1, 1])).toBeGreaterThan(1);
  expect(race.height([-1, -1])).toBeGreaterThan(1);
  const h = 1e-2;
  const { slope } = race.at([0.4, 0.3]);
  const numeric = [
    (race.height([0.4 + h, 0.3]) - race.height([0.4 - h, 0.3])) / (2 * h),
    (race.height([0.4, 0.3 + h]) - race.height([0.4, 0.3 - h])) / (2 * h),
  ];
  expect(slope[0]).toBeCloseTo(numeric[0]!, 1);
  expect(slope[1]).toBeCloseTo(numeric[1]!, 1);
});
