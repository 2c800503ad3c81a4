/** What lesson 5.4 says of the laboratory, tried over seeds in the very networks it trains. */
import { describe, expect, test } from "vitest";
import { cloudOf, energyDistance, sampleCloud } from "../../src/data/clouds.ts";
import { Random } from "../../src/engine/random.ts";
import { configOf, createGanTrainer, type GanFrame, liveOf } from "../../src/widgets/gan-lab/experiment.ts";
import { isCollapsed, isCovered, NEAR_DISTANCE } from "../../src/widgets/gan-lab/goals.ts";
import { PRESETS } from "../../src/widgets/gan-lab/presets.ts";
import { discriminatorAccuracy, meanFakeCertainty } from "../../src/widgets/gan-lab/scores.ts";
import { type GanState, ganState } from "../../src/widgets/gan-lab/state.ts";

const SEEDS = [1, 2, 3, 4];

function laboratory(patch: Partial<GanState>) {
  let state = { ...ganState.defaults, ...patch };
  let trainer = createGanTrainer(configOf(state));
  trainer.setLive(liveOf(state));
  const frame = (): GanFrame => {
    // The distance is measured on every sixth frame.
    for (let i = 0; i < 5; i++) trainer.frame();
    return trainer.frame().frame;
  };
  return {
    frame,
    train: (rounds: number) => expect(trainer.advance(rounds)).toBe(rounds),
    /** As the widget does it: the weights stay. */
    change: (further: Partial<GanState>) => {
      const { memory, rounds } = trainer.frame().frame;
      state = { ...state, ...further };
      trainer = createGanTrainer({ ...configOf(state), memory, rounds });
      trainer.setLive(liveOf(state));
    },
    /** Trains until it is so, at most so long; whether it came to be. */
    until: (wanted: (frame: GanFrame) => boolean, longest: number) => {
      for (let done = 0; done < longest; done += 250) {
        if (trainer.advance(250) < 250) return false;
        if (wanted(frame())) return true;
      }
      return false;
    },
  };
}

describe("the first laboratory", () => {
  test("the generator finds the real points within a few seconds of training", () => {
    const reached = SEEDS.filter((seed) =>
      laboratory({ ...PRESETS.first, seed }).until(({ distance }) => distance <= NEAR_DISTANCE, 3000),
    );
    expect(reached).toEqual(SEEDS);
  });

  test("where it is near, the losses stay about 2 ln 2 and ln 2", () => {
    const lab = laboratory(PRESETS.first);
    lab.train(3000);
    const losses = Array.from({ length: 40 }, () => {
      lab.train(20);
      return lab.frame();
    });
    const mean = (of: (frame: GanFrame) => number) =>
      losses.reduce((sum, frame) => sum + of(frame), 0) / losses.length;
    expect(mean(({ discriminatorLoss }) => discriminatorLoss)).toBeCloseTo(2 * Math.LN2, 1);
    expect(mean(({ generatorLoss }) => generatorLoss)).toBeCloseTo(Math.LN2, 1);
    expect(mean((frame) => discriminatorAccuracy("standard", frame))).toBeCloseTo(0.5, 1);
  });

  test("the discriminator alone tells the two apart; the generator alone then fools it", () => {
    for (const seed of SEEDS) {
      const lab = laboratory({ ...PRESETS.first, seed, who: "discriminator" });
      expect(lab.until((frame) => discriminatorAccuracy("standard", frame) >= 0.9, 3000)).toBe(true);
      lab.change({ who: "generator" });
      expect(lab.until((frame) => meanFakeCertainty("standard", frame) > 0.5, 3000)).toBe(true);
    }
  });

  test("two samples of one distribution are about 0.002 apart", () => {
    const random = new Random(1);
    const distances = Array.from({ length: 20 }, () => {
      const draw = () => sampleCloud(cloudOf("arc").sample, 400, random);
      return energyDistance(draw(), draw());
    });
    const mean = distances.reduce((a, b) => a + b, 0) / distances.length;
    expect(mean).toBeGreaterThan(0.001);
    expect(mean).toBeLessThan(0.004);
  });
});

describe("collapse", () => {
  const cures: Readonly<Record<string, Partial<GanState>>> = {
    "one step of the generator and a quicker discriminator": {
      generatorSteps: 1,
      generatorRate: 0.002,
      discriminatorRate: 0.004,
    },
    "the Wasserstein distance with the gradient penalty": {
      objective: "wasserstein-penalty",
      generatorSteps: 1,
      generatorRate: 0.002,
      discriminatorRate: 0.005,
      discriminatorSteps: 3,
    },
  };

  test.each(Object.entries(cures))("%s: the same network reaches every heap again", (_name, cure) => {
    const cured = SEEDS.filter((seed) => {
      const lab = laboratory({ ...PRESETS.collapse, seed });
      expect(lab.until(isCollapsed, 5000), `seed ${seed} collapses`).toBe(true);
      lab.change(cure);
      return lab.until(isCovered, 8000);
    });
    expect(cured.length).toBeGreaterThanOrEqual(3);
  });

  test("a discriminator that is too strong loses heaps too", () => {
    const lost = SEEDS.filter((seed) => {
      const lab = laboratory({ data: "heaps", seed, discriminatorWidth: "32", discriminatorSteps: 3 });
      lab.train(2500);
      return lab.frame().coverage!.reached < 8;
    });
    expect(lost.length).toBeGreaterThanOrEqual(3);
  });

  test("one number of noise is enough to reach many heaps", () => {
    const lab = laboratory({
      data: "heaps",
      latent: "1",
      objective: "wasserstein-penalty",
      discriminatorSteps: 3,
    });
    expect(lab.until(({ coverage }) => coverage!.reached >= 6, 8000)).toBe(true);
  });
});
