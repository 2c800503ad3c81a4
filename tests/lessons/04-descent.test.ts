/** What lesson 4 says of the race of optimizers, tried on the very races it shows. */
import { describe, expect, test } from "vitest";
import { createRace, RACERS, type Racer } from "../../src/widgets/descent-race/race.ts";
import { arrivalOf, STEPS } from "../../src/widgets/descent-race/score.ts";
import { SURFACES, type SurfaceId } from "../../src/widgets/descent-race/surfaces.ts";

/** Steps to the goal from the surface's own start; infinite for those who do not arrive. */
function arrivals(surface: SurfaceId, rate = SURFACES[surface].rate): Record<Racer, number> {
  const { start, lowest, goal } = SURFACES[surface];
  const paths = createRace(surface, "none").race({
    start,
    rates: RACERS.map(() => rate),
    steps: STEPS,
    seed: 1,
  });
  const steps = paths.map((path) => [path.racer, arrivalOf(path, lowest + goal) ?? Number.POSITIVE_INFINITY]);
  return Object.fromEntries(steps) as Record<Racer, number>;
}

describe("the ravine turned by 45°", () => {
  test.each([0.02, 0.04])("leaves three as they are and slows RMSProp and Adam (η = %s)", (rate) => {
    const [straight, tilted] = [arrivals("ravine", rate), arrivals("tilted", rate)];
    for (const racer of ["sgd", "momentum", "nesterov"] as const) {
      expect(Math.abs(straight[racer] - tilted[racer]), racer).toBeLessThanOrEqual(2);
    }
    for (const racer of ["rmsprop", "adam"] as const)
      expect(tilted[racer]).toBeGreaterThan(1.1 * straight[racer]);
  });
});

test("no optimizer is the fastest everywhere", () => {
  const firsts = (["ravine", "rosenbrock", "network"] as const).map((surface) => {
    const steps = arrivals(surface);
    return RACERS.reduce((best, racer) => (steps[racer] < steps[best] ? racer : best));
  });
  expect(new Set(firsts).size).toBe(3);
});

test("on the network's plateau RMSProp and Adam get away, the other three do not", () => {
  const steps = arrivals("network");
  expect(Math.max(steps.rmsprop, steps.adam)).toBeLessThan(50);
  expect(Math.min(steps.sgd, steps.momentum, steps.nesterov)).toBe(Number.POSITIVE_INFINITY);
});

test("on the bowl gradient descent gets faster, then swings, and from 0.5 on moves away", () => {
  expect(arrivals("bowl", 0.2).sgd).toBeLessThan(arrivals("bowl", 0.1).sgd);
  expect(arrivals("bowl", 0.48).sgd).toBeGreaterThan(arrivals("bowl", 0.3).sgd);
  expect(arrivals("bowl", 0.51).sgd).toBe(Number.POSITIVE_INFINITY);
});
