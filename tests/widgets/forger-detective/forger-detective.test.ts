import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { pickPictures } from "../../../src/data/pictures.ts";
import { parseModelCard } from "../../../src/models/card.ts";
import { PIXELS } from "../../../src/models/digit-gan-network.ts";
import { createForger, type ForgerConfig, liveOf } from "../../../src/widgets/forger-detective/experiment.ts";
import { forgerGoals, isCollapsed, isSpread } from "../../../src/widgets/forger-detective/goals.ts";
import { CHOICES, forgerState } from "../../../src/widgets/forger-detective/state.ts";
import { withinDigits } from "../../../src/widgets/forger-detective/studio.ts";
import { digitText, effectText, trainText } from "../../../src/widgets/forger-detective/text.ts";
import { shippedPictures } from "../../data/shipped-pictures.ts";

const FOLDER = join(import.meta.dirname, "../../../public/models");
const read = (file: string) => readFileSync(join(FOLDER, file));
const files = {
  generator: read("digit-gan-generator.onnx"),
  discriminator: read("digit-gan-discriminator.onnx"),
  reader: { card: parseModelCard(read("digits.json").toString())!, bytes: read("digits.onnx") },
};
let config: ForgerConfig;
beforeAll(async () => {
  const { train, test: held } = await shippedPictures("digits");
  const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
  config = {
    files,
    real: { train: pickPictures(train, first(200)), test: pickPictures(held, first(600)) },
    from: "checkpoint",
    seed: 1,
  };
});

function opened(patch: Partial<typeof forgerState.defaults> = {}) {
  const state = { ...forgerState.defaults, ...patch };
  const forger = createForger(config);
  forger.setLive(liveOf(state));
  return { state, forger, look: () => forger.frame().frame };
}

describe("looking", () => {
  test("the pad's picture is the map's where it stands on one, and equal seeds give equal pictures", () => {
    const { look, forger, state } = opened({ x: 1, y: 0, seed: 3 });
    const walk = look().walk!;
    const corner = walk.pictures.subarray(5 * PIXELS, 6 * PIXELS);
    expect(walk.here.picture).toEqual(corner);
    forger.setLive(liveOf({ ...state, seed: 4 }));
    expect(look().walk!.here.picture).not.toEqual(walk.here.picture);
    forger.setLive(liveOf(state));
    expect(look().walk!.here.picture).toEqual(walk.here.picture);
    expect(walk.here.reading.real).toBeGreaterThan(0);
    expect(walk.here.reading.real).toBeLessThan(1);
  });

  test("a mixture begins and ends with the chosen pictures, and arrows change what they are named after", () => {
    const base = { mode: "mix", first: 2, second: 5, between: 0 } as const;
    const { look, forger, state } = opened(base);
    const mix = look().mix!;
    expect(mix.choices.readings).toHaveLength(CHOICES);
    expect(mix.mixed.pictures.subarray(0, PIXELS)).toEqual(
      mix.choices.pictures.subarray(2 * PIXELS, 3 * PIXELS),
    );
    expect(mix.base.picture).toEqual(mix.result.picture);
    const gains = [0, 9].map((first) => {
      const moved = (arrow: "thick" | "slant" | "wide", strength: number) => {
        forger.setLive(liveOf({ ...state, first, second: first, arrow, strength }));
        return look().mix!.result;
      };
      return {
        ink: moved("thick", 2).ink - moved("thick", -2).ink,
        slant: moved("slant", 2).slant - moved("slant", -2).slant,
        width: moved("wide", 2).width - moved("wide", -2).width,
      };
    });
    const mean = (of: (gain: (typeof gains)[number]) => number) =>
      gains.reduce((sum, gain) => sum + of(gain), 0) / gains.length;
    expect(mean(({ ink }) => ink)).toBeGreaterThan(10);
    expect(mean(({ slant }) => slant)).toBeGreaterThan(0.1);
    expect(mean(({ width }) => width)).toBeGreaterThan(0.3);
  });

  test("values are taken within each digit", () => {
    const readings = [{ digit: 1 }, { digit: 1 }, { digit: 8 }];
    expect(withinDigits([2, 4, 90], readings)).toEqual([-1, 1, 0]);
  });
});

describe("a duel", () => {
  test("deals held-out pictures and fresh fakes, the same for the same seed", () => {
    const { forger, look } = opened({ mode: "duel" });
    forger.command({ seed: 4, count: 20 });
    const { cards, detective } = look().duel!;
    expect(cards).toHaveLength(20);
    const reals = cards.filter(({ isReal }) => isReal);
    expect(reals.length).toBeGreaterThan(3);
    expect(reals.length).toBeLessThan(17);
    const { pixels } = config.real!.test;
    const isHeldOut = ({ picture }: (typeof cards)[number]) =>
      Array.from({ length: 600 }, (_, i) => i).some((i) =>
        picture.every((value, p) => Math.abs(255 * value - pixels[i * PIXELS + p]!) < 0.01),
      );
    for (const card of cards) expect(isHeldOut(card)).toBe(card.isReal);
    // Whatever the detective is worth, it is worth more than a coin.
    expect(detective.real + detective.fake).toBeGreaterThan(1);
    forger.command({ seed: 4, count: 20 });
    expect(look().duel!.cards).toEqual(cards);
  });
});

describe("training on", () => {
  test("begins at the checkpoint, changes the forger, and goes on from what was remembered", () => {
    const { forger, look } = opened({ mode: "train" });
    const before = look();
    expect(before.rounds).toBe(0);
    expect(isSpread(before.train!)).toBe(true);
    expect(trainText(0, before.train)).toContain("체크포인트");
    expect(forger.advance(8)).toBe(8);
    const after = look();
    expect(after.rounds).toBe(8);
    expect(after.train!.samples).not.toEqual(before.train!.samples);
    expect(Number.isFinite(after.train!.generatorLoss + after.train!.discriminatorLoss)).toBe(true);
  });

  test("without the penalty a hasty forger collapses, as the lesson has it tried", () => {
    const rates = { generatorRate: "0.002", discriminatorRate: "0.0001" } as const;
    const { forger, look } = opened({ mode: "train", penalty: false, generatorSteps: 8, ...rates });
    expect(forger.advance(16)).toBe(16);
    const { rounds, train } = look();
    const collapsed = isCollapsed(rounds, train!);
    expect(collapsed).toBe(true);
  });

  test("a generator that has learned nothing makes no ten digits", () => {
    const forger = createForger({ ...config, from: "fresh" });
    forger.setLive(liveOf({ ...forgerState.defaults, mode: "train" }));
    const { train } = forger.frame().frame;
    expect(train!.tally.digits).toBeLessThan(5);
    expect(isSpread(train!)).toBe(false);
    expect(isCollapsed(0, train!)).toBe(false);
  });

  test("without real pictures nothing is trained", () => {
    const forger = createForger({ ...config, real: undefined });
    forger.setLive(liveOf({ ...forgerState.defaults, mode: "train" }));
    expect(forger.advance(1)).toBe(0);
    expect(forger.divergence()).toBeUndefined();
    expect(forger.frame().frame.train).toBeUndefined();
  });
});

describe("goals and sentences", () => {
  const none = { walked: new Set<number>(), collapsed: false };
  const noDuel = { cards: [], answers: [] };
  const reached = (...args: Parameters<typeof forgerGoals>) =>
    forgerGoals(...args)
      .filter(({ done }) => done)
      .map(({ id }) => id);

  test("nothing is reached before anything is done", () => {
    expect(reached(forgerState.defaults, undefined, none, noDuel)).toEqual([]);
  });

  test("a walk over five digits; a duel won, but only once it is over", () => {
    const walked = new Set([1, 3, 4, 7, 9]);
    expect(reached(forgerState.defaults, undefined, { ...none, walked }, noDuel)).toEqual(["walk"]);
    const cards = [true, false].map((isReal) => ({
      ...{ picture: new Float32Array(PIXELS), isReal },
      real: 0.9,
    }));
    const won = (answers: boolean[]) => reached(forgerState.defaults, undefined, none, { cards, answers });
    expect(won([true])).toEqual([]);
    expect(won([true, true])).toEqual([]);
    expect(won([true, false])).toEqual(["duel"]);
  });

  test("a collapse and its cure", () => {
    const train = (digits: number, recognised: number, variety: number) => ({
      ...{
        samples: new Float32Array(0),
        judged: { real: 1, fake: 1 },
        generatorLoss: 1,
        discriminatorLoss: 1,
      },
      ...{ lookedAt: 100, variety, tally: { total: 100, counts: [], recognised, digits, evenness: 1 } },
    });
    const at = (view: ReturnType<typeof train>, collapsed: boolean) =>
      reached(forgerState.defaults, { rounds: 100, train: view }, { ...none, collapsed }, noDuel);
    expect(at(train(10, 0.8, 0.9), false)).toEqual([]);
    expect(at(train(2, 0.8, 0.9), false)).toEqual(["collapse"]);
    expect(at(train(0, 0.1, 0.2), false)).toEqual(["collapse"]);
    expect(at(train(9, 0.7, 0.8), true)).toEqual(["cure"]);
    expect(trainText(100, train(0, 0.1, 0.2))).toContain("모드 붕괴");
  });

  test("particles follow the digit as it is read aloud", () => {
    const said = (digit: number) => digitText({ digit, sure: 0.97, real: 0.5 });
    expect(said(3)).toBe("3으로 읽음 (97%)");
    expect(said(8)).toBe("8로 읽음 (97%)");
    expect(digitText({ digit: 4, sure: 0.58, real: 0.5 })).toBe("뚜렷하지 않음 (4일 확률 58%)");
  });

  test("the effect is told in the arrow's own measure", () => {
    const { state, look } = opened({ mode: "mix", arrow: "digit", digit: 8, strength: 1 });
    expect(effectText(state, look().mix!)).toContain("8 쪽으로");
    expect(effectText({ ...state, arrow: "thick" }, look().mix!)).toContain("잉크의 양");
  });
});
