import * as ort from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, test } from "vitest";
import type { PictureSets } from "../../../src/data/packed.ts";
import {
  type HandwritingConfig,
  type HandwritingLive,
  HandwritingTrainer,
  rateAt,
} from "../../../src/widgets/handwriting-lab/experiment.ts";
import { readSaved, SavedError, saveText } from "../../../src/widgets/handwriting-lab/saved.ts";
import { SHIFTS } from "../../../src/widgets/handwriting-lab/scores.ts";
import { type HandwritingState, handwritingState } from "../../../src/widgets/handwriting-lab/state.ts";
import { takeHome } from "../../../src/widgets/handwriting-lab/take-home.ts";
import { fewDigits } from "./pictures.ts";

ort.env.wasm.numThreads = 1;

let sets: PictureSets;
beforeAll(async () => {
  sets = await fewDigits(640, 100);
});

const STATE: HandwritingState = {
  ...handwritingState.defaults,
  blocks: [
    { channels: 4, window: 3, pool: "2" },
    { channels: 8, window: 3, pool: "2" },
  ],
};
const LIVE: HandwritingLive = { learningRate: 0.005, decay: true, shown: 3 };

function started(config: Partial<HandwritingConfig> = {}, live = LIVE) {
  const trainer = new HandwritingTrainer(sets, { settings: STATE, ...config });
  trainer.setLive(live);
  return trainer;
}

describe("both networks", () => {
  test("learn, and every number shown is of the test pictures", () => {
    const trainer = started();
    const before = trainer.frame().frame;
    expect(before.steps).toBe(0);
    expect(trainer.advance(160)).toBe(160);
    const { scores, steps, shown } = trainer.frame().frame;
    expect(steps).toBe(160);
    for (const id of ["cnn", "mlp"] as const) {
      const { confusion, testAccuracy, mistakes } = scores[id];
      expect(testAccuracy).toBeGreaterThan(before.scores[id].testAccuracy + 0.2);
      const right = Array.from({ length: 10 }, (_, i) => confusion[11 * i]!).reduce(
        (sum, count) => sum + count,
        0,
      );
      expect(confusion.reduce((sum, count) => sum + count, 0)).toBe(100);
      expect(testAccuracy).toBeCloseTo(right / 100, 12);
      for (const { label, answer, share } of mistakes) {
        expect(label).not.toBe(answer);
        expect(share).toBeGreaterThan(0.1);
      }
    }
    expect(shown.label).toBe(sets.test.labels[3]);
    expect(shown.layers.map(({ shape }) => shape)).toEqual([
      [4, 28, 28],
      [8, 14, 14],
    ]);
    expect(shown.probabilities.cnn.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    trainer.dispose();
  });

  test("moved by no pixel, the accuracy is that of the test pictures, and measuring changes nothing", () => {
    const trainer = started();
    trainer.advance(150);
    trainer.command();
    const { shift, scores } = trainer.frame().frame;
    expect(shift?.steps).toBe(150);
    expect(shift?.cnn[SHIFTS.indexOf(0)]).toBe(scores.cnn.testAccuracy);
    expect(shift?.mlp[SHIFTS.indexOf(0)]).toBe(scores.mlp.testAccuracy);
    trainer.dispose();
  });

  test("a drawing is what the network gets", () => {
    const drawn = Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 255 : 0));
    const trainer = started({}, { ...LIVE, shown: drawn });
    const { shown } = trainer.frame().frame;
    expect(shown.label).toBeUndefined();
    expect([shown.picture[14], shown.picture[13]]).toEqual([1, 0]);
    trainer.dispose();
  });

  test("a rate that is far too high is told with its network and layer", () => {
    const settings = { ...STATE, optimizer: "sgd" as const };
    const trainer = started({ settings }, { ...LIVE, learningRate: 1e20 });
    expect(trainer.advance(20)).toBeLessThan(20);
    expect(trainer.divergence()?.node).toMatch(/^(cnn|mlp) \w+/);
    trainer.dispose();
  });

  test("the rate halves every two passes, down to a fiftieth", () => {
    const live = { learningRate: 0.8, decay: true };
    expect(rateAt(0, 100, live)).toBe(0.8);
    expect(rateAt(200, 100, live)).toBeCloseTo(0.4, 12);
    expect(rateAt(1e6, 100, live)).toBeCloseTo(0.016, 12);
    expect(rateAt(400, 100, { ...live, decay: false })).toBe(0.8);
  });
});

/** Exporters and onnxruntime load here. */
const PATIENCE = { timeout: 60_000 };

describe("taken along", PATIENCE, () => {
  test("a saved training goes on where it was", () => {
    const trainer = started();
    trainer.advance(30);
    const { memory, shown } = trainer.frame().frame;
    trainer.dispose();
    const saved = readSaved(saveText(STATE, memory));
    expect(saved.state).toEqual(STATE);
    const again = started({ memory: saved.memory });
    const frame = again.frame().frame;
    expect(frame.steps).toBe(30);
    expect([...frame.shown.probabilities.cnn]).toEqual([...shown.probabilities.cnn]);
    expect([...frame.shown.probabilities.mlp]).toEqual([...shown.probabilities.mlp]);
    again.dispose();
  });

  test("other files, altered weights and foreign settings are refused in Korean", () => {
    const trainer = started();
    const { memory } = trainer.frame().frame;
    trainer.dispose();
    const text = saveText(STATE, memory);
    const other = { ...STATE, hidden: "16" as const };
    for (const wrong of [
      "",
      "[1,2]",
      '{"format":"x"}',
      text.slice(0, 300),
      saveText(other, memory),
      text.replace('"filters1":"', '"filters1":"@'),
      text.replace(/"filters1":"[^"]+"/, '"filters1":"AADAfwAAwH8="'),
    ]) {
      expect(() => readSaved(wrong)).toThrow(SavedError);
    }
  });

  test("the ONNX files answer in onnxruntime as the networks do in the page", async () => {
    const trainer = started();
    trainer.advance(20);
    const { memory, shown } = trainer.frame().frame;
    trainer.dispose();
    for (const id of ["cnn", "mlp"] as const) {
      const { onnx, notebook } = takeHome(STATE, id, memory[id]);
      expect(notebook).toContain(id === "cnn" ? "nn.Conv2d(1, 4" : "nn.Linear(784");
      const session = await ort.InferenceSession.create(onnx);
      const twice = Float32Array.from([...shown.picture, ...shown.picture]);
      const input = new ort.Tensor("float32", twice, [2, 1, 28, 28]);
      const result = await session.run({ [session.inputNames[0]!]: input });
      const logits = result[session.outputNames[0]!]!.data as Float32Array;
      await session.release();
      expect(logits).toHaveLength(20);
      const powers = logits.subarray(10).map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, 0);
      shown.probabilities[id].forEach((share, i) => {
        expect(powers[i]! / total).toBeCloseTo(share, 4);
      });
    }
  });
});
