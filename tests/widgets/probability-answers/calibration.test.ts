import { expect, test } from "vitest";
import { VOWELS } from "../../../src/data/vowels.ts";
import { fitTemperature, reliabilityOf } from "../../../src/widgets/probability-answers/calibration.ts";
import { softmax } from "../../../src/widgets/probability-answers/softmax.ts";
import {
  createAnswers,
  heldOut,
  LAST_STEP,
  type TrainFrame,
} from "../../../src/widgets/probability-answers/trainer.ts";

test("softmax by hand: e² : e¹ : 1, and a temperature of 2 halves the logits", () => {
  const total = Math.exp(2) + Math.exp(1) + 1;
  expect(softmax([2, 1, 0])[0]).toBeCloseTo(Math.exp(2) / total, 12);
  expect(softmax([4, 2, 0], 2)).toEqual(softmax([2, 1, 0]));
  expect(softmax([1002, 1001, 1000])[0]).toBeCloseTo(Math.exp(2) / total, 9);
});

test("calibration by hand: four answers of 80 %, half of them right", () => {
  const logits = [0, 1, 2, 3].flatMap(() => [Math.log(0.8), Math.log(0.2)]);
  const result = reliabilityOf({ logits, labels: [0, 0, 1, 1], classes: 2 });
  expect(result.accuracy).toBe(0.5);
  expect(result.confidence).toBeCloseTo(0.8, 9);
  expect(result.ece).toBeCloseTo(0.3, 9);
});

test("trained for too long on few voices a network is too sure; a temperature mends most of it", () => {
  const trainer = createAnswers({ task: "train", count: 100, seed: 1 });
  trainer.advance(LAST_STEP);
  const frame = trainer.frame().frame as TrainFrame;
  const { fit, judged } = heldOut(1);
  const answers = { logits: frame.judged, labels: judged.labels, classes: VOWELS.length };
  const plain = reliabilityOf(answers);
  expect(plain.confidence - plain.accuracy).toBeGreaterThan(0.08);
  const temperature = fitTemperature({ logits: frame.fit, labels: fit.labels, classes: VOWELS.length });
  const cooled = reliabilityOf(answers, temperature);
  expect(temperature).toBeGreaterThan(1);
  expect(cooled.ece).toBeLessThan(plain.ece / 3);
  expect(cooled.accuracy).toBeCloseTo(plain.accuracy, 9);
});
