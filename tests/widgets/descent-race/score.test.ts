import { describe, expect, test } from "vitest";
import { contour } from "../../../src/widgets/descent-race/contours.ts";
import {
  descentGoals,
  type Finished,
  NOTHING_SEEN,
  type Seen,
  withRace,
} from "../../../src/widgets/descent-race/goals.ts";
import { endText, rateStory } from "../../../src/widgets/descent-race/narration.ts";
import { createRace, type Path, RACERS, type Racer } from "../../../src/widgets/descent-race/race.ts";
import { CELLS, isHidden, paintingOrder, project } from "../../../src/widgets/descent-race/relief.ts";
import { lossText, rateText } from "../../../src/widgets/descent-race/Scoreboard.tsx";
import {
  arrivalOf,
  endOf,
  STAY,
  STEPS,
  standings,
  winners,
} from "../../../src/widgets/descent-race/score.ts";
import { descentState, onSurface, presetState, ratesOf } from "../../../src/widgets/descent-race/state.ts";
import { type Place, SURFACES, type SurfaceId } from "../../../src/widgets/descent-race/surfaces.ts";
import { bestRates, createDescent, sweepOf } from "../../../src/widgets/descent-race/trainer.ts";

const path = (racer: Racer, loss: readonly number[], diverged?: number): Path => ({
  ...{ racer, loss: Float32Array.from(loss), x: new Float32Array(loss.length) },
  ...{ y: new Float32Array(loss.length), diverged },
});
const falling = (until: number, length: number) => Array.from({ length }, (_, i) => (i < until ? 1 : 0));

describe("arrival", () => {
  test("is the first step of a stay, not a fly-through", () => {
    const through = [1, 1, 0, 0, ...new Array(30).fill(1)];
    expect(arrivalOf(path("sgd", through), 0.5)).toBeUndefined();
    expect(arrivalOf(path("sgd", falling(4, 40)), 0.5)).toBe(4);
    expect(arrivalOf(path("sgd", [1, 0, 1, ...falling(2, 30)]), 0.5)).toBe(5);
  });

  test("at the very end of a race counts; a racer that diverged has not arrived", () => {
    expect(arrivalOf(path("sgd", [1, 1, 0]), 0.5)).toBe(2);
    expect(arrivalOf(path("sgd", [1, 1, 0], 3), 0.5)).toBeUndefined();
  });

  test("ranks: equal steps share, nobody is judged before it happened", () => {
    const paths = [
      path("sgd", falling(5, 60)),
      path("momentum", falling(5, 60)),
      path("adam", falling(9, 60)),
    ];
    const end = endOf(paths, 0.5);
    expect(end).toBe(9 + 3 * STAY);
    expect(standings(paths, 0.5, 4, end).map(({ rank }) => rank)).toEqual([undefined, undefined, undefined]);
    const over = standings(paths, 0.5, end, end);
    expect(over.map(({ rank }) => rank)).toEqual([1, 1, 3]);
    expect(winners(over)).toEqual(["sgd", "momentum"]);
    expect(endText(over, "momentum")).toMatch(/경사하강법, 모멘텀이 5걸음 만에 함께 .*예측이 맞았습니다/);
    expect(endText(over, "adam")).toContain("예측과 다릅니다");
  });

  test("those who neither arrived nor diverged have fallen short when it is over", () => {
    const paths = [path("sgd", falling(99, 41)), path("adam", [1, 9], 2)];
    const end = endOf(paths, 0.5);
    expect(standings(paths, 0.5, end, end).map(({ outcome }) => outcome)).toEqual(["short", "diverged"]);
    expect(endText(standings(paths, 0.5, end, end), "none")).toContain("예측이 맞았습니다");
  });
});

/** A race as the view judges it. */
function finished(
  surface: SurfaceId,
  patch: {
    rates?: number;
    noise?: Finished["noise"];
    start?: Place;
    prediction?: Finished["prediction"];
    seed?: number;
  },
): Finished {
  const {
    start = SURFACES[surface].start,
    noise = "none",
    prediction,
    rates = SURFACES[surface].rate,
  } = patch;
  const race = createRace(surface, noise);
  const all = RACERS.map(() => rates);
  return {
    ...{ surface, noise, start, prediction },
    paths: race.race({ start, rates: all, steps: STEPS, seed: patch.seed ?? 1 }),
    rates: Object.fromEntries(RACERS.map((racer) => [racer, rates])),
    curvatures: [4],
  };
}
const reached = (seen: Seen) =>
  descentGoals(seen)
    .filter(({ done }) => done)
    .map(({ id }) => id);

describe("goals", () => {
  test("nothing is reached by nothing, and a race without a word foretells nothing", () => {
    expect(reached(NOTHING_SEEN)).toEqual([]);
    expect(reached(withRace(NOTHING_SEEN, finished("bowl", {})))).toEqual([]);
  });

  test("foretold: the right name, or nobody where nobody arrives; the wrong name does not count", () => {
    const race = finished("bowl", { prediction: "nesterov" });
    expect(reached(withRace(NOTHING_SEEN, race))).toEqual(["foretell"]);
    expect(reached(withRace(NOTHING_SEEN, { ...race, prediction: "adam" }))).toEqual([]);
    expect(reached(withRace(NOTHING_SEEN, { ...race, paths: race.paths.slice(1, 3) }))).toEqual([]);
    const lost = finished("bowl", { rates: 0.0001, prediction: "none" });
    expect(reached(withRace(NOTHING_SEEN, lost))).toEqual(["foretell"]);
  });

  test("the cliff: both edges are needed", () => {
    const below = withRace(NOTHING_SEEN, finished("bowl", { rates: 0.48 }));
    expect(reached(below)).toEqual([]);
    expect(reached(withRace(below, finished("bowl", { rates: 0.6 })))).toEqual([]);
    expect(reached(withRace(below, finished("bowl", { rates: 0.53 })))).toEqual(["cliff"]);
  });

  test("all four minima of Himmelblau's surface can be found by starting beside them", () => {
    let seen = NOTHING_SEEN;
    for (const [x, y] of SURFACES.himmelblau.minima) {
      expect(reached(seen)).not.toContain("minima");
      seen = withRace(seen, finished("himmelblau", { start: [x + 0.2, y], rates: 0.005 }));
    }
    expect(reached(seen)).toContain("minima");
  });

  test("the ridge of the saddle: without noise nobody leaves it, with noise somebody does", () => {
    const start: Place = [-1.7, 0];
    expect(reached(withRace(NOTHING_SEEN, finished("saddle", { start })))).toEqual([]);
    for (const seed of [1, 2, 3]) {
      const noisy = finished("saddle", { start, noise: "little", seed });
      expect(reached(withRace(NOTHING_SEEN, noisy))).toEqual(["saddle"]);
    }
  });

  test("Rosenbrock in time: with a good learning rate, and not from beside the goal", () => {
    expect(reached(withRace(NOTHING_SEEN, finished("rosenbrock", {})))).toEqual([]);
    expect(reached(withRace(NOTHING_SEEN, finished("rosenbrock", { rates: 0.0032 })))).toEqual([
      "rosenbrock",
    ]);
    const beside = finished("rosenbrock", { rates: 0.0032, start: [0.9, 0.8] });
    expect(reached(withRace(NOTHING_SEEN, beside))).toEqual([]);
  });
});

describe("the trainer", () => {
  test("runs the race of the live settings, and sweeps the learning rate when asked", () => {
    const trainer = createDescent({ surface: "ravine", noise: "none" });
    const live = { start: SURFACES.ravine.start, rates: RACERS.map(() => 0.04), seed: 1 };
    trainer.setLive(live);
    const { frame } = trainer.frame();
    expect(frame.paths.map(({ racer }) => racer)).toEqual([...RACERS]);
    expect(frame.bottoms[0]!.largest).toBeCloseTo(20, 3);
    expect(frame.sweep).toBeUndefined();
    // The field's first row is the top: f(−4, 4) = ½(0.5·16 + 20·16).
    expect(frame.field[0]).toBeCloseTo(164, 3);
    trainer.command("sweep");
    const sweep = trainer.frame().frame.sweep!;
    const sgd = RACERS.indexOf("sgd");
    // Gradient descent diverges from 2/20 on and nowhere below.
    sweep.rates.forEach((rate, i) => {
      if (rate > 0.11) expect(sweep.diverged[sgd]![i]).toBe(true);
      if (rate < 0.1) expect(sweep.diverged[sgd]![i]).toBe(false);
    });
    expect(sweep.diverged[RACERS.indexOf("adam")]).not.toContain(true);
    const best = bestRates(sweep, 0.04);
    const race = createRace("ravine", "none");
    const paths = race.race({ start: live.start, rates: best, steps: STEPS, seed: 1 });
    paths.forEach((own, i) => {
      const quickest = Math.min(...sweep.arrivals[i]!.map((arrival) => arrival ?? Number.POSITIVE_INFINITY));
      expect(arrivalOf(own, 0.01)).toBe(quickest);
    });
    trainer.dispose();
  });

  test("a sweep says for each rate what the race with that rate says", () => {
    const race = createRace("himmelblau", "none");
    const live = { start: SURFACES.himmelblau.start, rates: RACERS.map(() => 0.01), seed: 1 };
    const sweep = sweepOf(race, "himmelblau", live);
    const at = 12;
    const paths = race.race({ ...live, rates: RACERS.map(() => sweep.rates[at]!), steps: STEPS });
    expect(sweep.arrivals.map((row) => row[at])).toEqual(
      paths.map((own) => arrivalOf(own, SURFACES.himmelblau.goal)),
    );
  });
});

describe("state", () => {
  test("survives the address; what cannot be read falls back", () => {
    const state = {
      ...descentState.defaults,
      ...onSurface("saddle"),
      rates: RACERS.map((_, i) => 0.01 * (i + 1)),
      racers: ["sgd", "adam"] as const,
      noise: "much" as const,
      turn: -45,
    };
    expect(descentState.decode(descentState.encode(state))).toEqual({ state, problems: [] });
    expect(descentState.decode("1;rate=0;x=99").problems).toEqual(["rate", "x"]);
    expect(descentState.encode(descentState.defaults)).toBe("1");
  });

  test("own rates only when there is one for each", () => {
    expect(ratesOf({ ...descentState.defaults, rate: 0.2, rates: [1, 2] })).toEqual(RACERS.map(() => 0.2));
    expect(presetState("cliff").surface).toBe("bowl");
    expect(presetState("nothing")).toEqual({});
  });
});

describe("drawing", () => {
  test("contours of a cone are circles of the right radius", () => {
    const size = 41;
    const values = Float32Array.from({ length: size * size }, (_, i) =>
      Math.hypot((i % size) - 20, Math.floor(i / size) - 20),
    );
    const pieces = contour({ size, values }, 12.3);
    expect(pieces.length).toBeGreaterThan(60);
    for (const [x1, y1, x2, y2] of pieces) {
      expect(Math.hypot(x1 - 20, y1 - 20)).toBeCloseTo(12.3, 1);
      expect(Math.hypot(x2 - 20, y2 - 20)).toBeCloseTo(12.3, 1);
    }
  });

  test.each([0, 30, 120, -100, 179])(
    "turned by %d° the cells are painted from the back to the front",
    (turn) => {
      // Seen from just above the horizon, farther places of level ground lie higher in the picture.
      const eye = { turn, tilt: 80 };
      const order = paintingOrder(eye);
      expect(new Set(order).size).toBe(CELLS * CELLS);
      const rank = new Map(order.map((cell, i) => [cell, i]));
      const heightOf = (row: number, column: number) =>
        project(eye, 100, (2 * column) / CELLS - 1, 1 - (2 * row) / CELLS, 0).y;
      for (const [row, column] of [
        [3, 7],
        [20, 20],
        [35, 2],
      ] as const) {
        for (const [dr, dc] of [
          [1, 0],
          [0, 1],
        ] as const) {
          const [here, there] = [
            rank.get(row * CELLS + column)!,
            rank.get((row + dr) * CELLS + column + dc)!,
          ];
          const lower = heightOf(row + dr, column + dc) - heightOf(row, column);
          if (Math.abs(lower) > 1e-6) expect(there > here).toBe(lower > 0);
        }
      }
    },
  );

  test("a wall hides what is behind it from a low eye, not from a high one, and nothing in front", () => {
    const size = 81;
    // A wall along x = 0; seen with turn 90 the eye stands far to the left, at negative x.
    const values = Float32Array.from({ length: size * size }, (_, i) =>
      Math.abs((i % size) - 40) < 2 ? 1 : 0,
    );
    const heights = { size, values };
    const low = { turn: 90, tilt: 20 };
    expect(project(low, 100, 0.5, 0, 0).y).toBeLessThan(project(low, 100, -0.5, 0, 0).y);
    expect(isHidden(heights, low, [0.5, 0.3])).toBe(true);
    expect(isHidden(heights, low, [-0.5, 0.3])).toBe(false);
    expect(isHidden(heights, { turn: 90, tilt: 80 }, [0.5, 0.3])).toBe(false);
    expect(isHidden(heights, { turn: -90, tilt: 20 }, [0.5, 0.3])).toBe(false);
  });

  test("numbers as they are written", () => {
    expect(lossText(17.4625)).toBe("17.5");
    expect(lossText(0.00012)).toBe("1.2·10⁻⁴");
    expect(lossText(123456)).toBe("1.2·10⁵");
    expect(lossText(0)).toBe("0.00");
    expect(rateText(0.0001)).toBe("0.0001");
    expect(rateText(0.123456)).toBe("0.123");
  });

  test("the story of the learning rate names the true bound", () => {
    expect(rateStory("bowl", 0.3, [])).toContain("2/4 = 0.5");
    expect(rateStory("bowl", 0.6, [])).toContain("발산");
    const bottom = { place: [1, 1] as const, largest: 1001.6, smallest: 0.4 };
    expect(rateStory("rosenbrock", 0.003, [bottom])).toContain("머물 수 없습니다");
    expect(rateStory("rosenbrock", 0.001, [bottom])).toContain("이보다 작습니다");
  });
});
