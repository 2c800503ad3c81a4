/** What lesson 5.1 says of its widgets, tried in the very networks they train. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type PictureSets, unpackPictures } from "../../src/data/packed.ts";
import { photographOf } from "../../src/data/photographs.ts";
import { pickPictures } from "../../src/data/pictures.ts";
import { GRID_PICTURE } from "../../src/widgets/convolution-microscope/pictures.ts";
import { placesOf } from "../../src/widgets/convolution-microscope/shape.ts";
import { createSlide, type Grey, settingOf } from "../../src/widgets/convolution-microscope/slide.ts";
import { kernelOf, microscopeState } from "../../src/widgets/convolution-microscope/state.ts";
import {
  type HandwritingFrame,
  HandwritingTrainer,
  type Weights,
} from "../../src/widgets/handwriting-lab/experiment.ts";
import { SHIFTS } from "../../src/widgets/handwriting-lab/scores.ts";
import { type HandwritingState, handwritingState } from "../../src/widgets/handwriting-lab/state.ts";

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../public/data/${name}`, import.meta.url)));

function slid(picture: Grey, stride = 1): Grey {
  const setting = settingOf({ ...microscopeState.defaults, stride }, kernelOf(microscopeState.defaults));
  const { kernel, ...moves } = setting;
  const { rows, columns } = picture;
  return createSlide({ ...moves, rows, columns, side: kernel.side })!(picture.values, kernel).map;
}

describe("the microscope", () => {
  const boats: Grey = { rows: 96, columns: 96, values: photographOf(file("photographs.bin"), "boats") };

  test("the sky is near 0; beside the mast there are both signs", () => {
    const { values, columns } = slid(boats);
    const row = (index: number) => Array.from(values).slice(index * columns, (index + 1) * columns);
    const sky = row(4)
      .map(Math.abs)
      .sort((a, b) => a - b);
    expect(sky[Math.floor(sky.length / 2)]).toBeLessThan(20);
    const mast = row(33).slice(40, 52);
    expect(Math.max(...mast)).toBeGreaterThan(200);
    expect(Math.min(...mast)).toBeLessThan(-200);
  });

  test("a gap of 3 makes a 5 × 5 kernel too large for the small picture", () => {
    const axis = { input: GRID_PICTURE.rows, window: 5, stride: 1, padding: 0, dilation: 3 };
    expect(placesOf(axis).output).toBe(0);
    expect(placesOf({ ...axis, dilation: 2 }).output).toBeGreaterThan(0);
  });

  test("moved picture, moved map, but for the border; with stride 2 by every second pixel", () => {
    const moved = (by: number): Grey => ({
      ...boats,
      values: Array.from({ length: 96 * 96 }, (_, i) => (i % 96 < by ? 0 : boats.values[i - by]!)),
    });
    const [before, after] = [slid(boats), slid(moved(3))];
    for (let i = 0; i < after.rows * after.columns; i++) {
      if (i % after.columns >= 3) expect(after.values[i]).toBe(before.values[i - 3]);
    }
    expect(
      Array.from(after.values).some((value, i) => i % after.columns < 3 && value !== before.values[i]),
    ).toBe(true);
    const coarse = slid(boats, 2);
    const same = (other: Grey) =>
      Array.from(other.values).every((value, i) => i % other.columns < 2 || value === coarse.values[i - 1]);
    expect(same(slid(moved(2), 2))).toBe(true);
    expect(same(slid(moved(3), 2))).toBe(false);
  });

  test("what weight sharing saves", () => {
    expect(28 * 28 * (8 * 28 * 28)).toBe(4_917_248);
    expect([8 * 3 * 3, 8 * 3 * 3 + 8]).toEqual([72, 80]);
  });
});

/** Thousands of pictures are learned from, perhaps beside other tests. */
const PATIENCE = { timeout: 120_000 };

describe("the laboratory", PATIENCE, () => {
  let sets: PictureSets;
  beforeAll(async () => {
    const all = await unpackPictures(file("digits.bin"));
    // Enough to tell five points apart, and few enough to be evaluated often.
    sets = {
      ...all,
      test: pickPictures(
        all.test,
        Array.from({ length: 800 }, (_, i) => i),
      ),
    };
  });

  function trained(patch: Partial<HandwritingState>, steps: number) {
    const state = { ...handwritingState.defaults, ...patch };
    const trainer = new HandwritingTrainer(sets, { settings: state });
    trainer.setLive({ learningRate: Number(state.rate), decay: state.decay, shown: 0 });
    const before = trainer.frame().frame;
    expect(trainer.advance(steps)).toBe(steps);
    trainer.command();
    const after = trainer.frame().frame;
    trainer.dispose();
    return { before, after };
  }

  const far = (scores: readonly number[], by: number) =>
    (scores[SHIFTS.indexOf(by)]! + scores[SHIFTS.indexOf(-by)]!) / 2;
  const changed = (from: Weights, to: Weights, name: string) => {
    const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    return norm(to[name]!.map((value, i) => value - from[name]![i]!)) / norm(from[name]!);
  };
  let plain: { before: HandwritingFrame; after: HandwritingFrame };

  test("of equal size, the convolutional network passes 95% where the other stays about 90%", () => {
    plain = trained({}, 450);
    const { before, after } = plain;
    const { cnn, mlp } = after.parameters;
    expect(Math.abs(cnn - mlp) / cnn).toBeLessThan(0.05);
    expect(before.scores.cnn.testAccuracy).toBeLessThan(0.2);
    expect(after.scores.cnn.testAccuracy).toBeGreaterThan(0.95);
    expect(after.scores.mlp.testAccuracy).toBeGreaterThan(0.86);
    expect(after.scores.mlp.testAccuracy).toBeLessThan(0.93);
  });

  test("moved by 4 pixels the other falls below 40%; the convolutional one holds far better, and falls too", () => {
    const { cnn, mlp } = plain.after.shift!;
    expect(Math.max(far(mlp, 4), far(mlp, -4))).toBeLessThan(0.4);
    expect(far(cnn, 4)).toBeGreaterThan(far(mlp, 4) + 0.3);
    expect(far(cnn, 4)).toBeLessThan(far(cnn, 0) - 0.1);
  });

  test("the first kernels change little, the layers behind them ever more", () => {
    const [from, to] = [plain.before.memory.cnn, plain.after.memory.cnn];
    const shares = ["filters1", "filters2", "filters3", "weights4"].map((name) => changed(from, to, name));
    expect(shares[0]).toBeLessThan(0.35);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test("with the mean of every channel it hardly minds, for a little accuracy", () => {
    const blocks = handwritingState.defaults.blocks.map((block, i) =>
      i === 2 ? { ...block, pool: "1" as const } : block,
    );
    const { after } = trained({ blocks, head: "average", rate: "0.01" }, 400);
    const { cnn } = after.shift!;
    expect(Math.min(cnn[SHIFTS.indexOf(4)]!, cnn[SHIFTS.indexOf(-4)]!)).toBeGreaterThan(0.8);
    expect(after.scores.cnn.testAccuracy).toBeLessThan(plain.after.scores.cnn.testAccuracy);
  });
});
