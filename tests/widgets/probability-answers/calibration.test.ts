import { expect, test } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import { fitTemperature, reliabilityOf } from "../../../src/widgets/probability-answers/calibration.ts";
import { softmax } from "../../../src/widgets/probability-answers/softmax.ts";

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

test("the fitted temperature finds by how much logits were made too large", () => {
  const random = new Random(5);
  const rows = Array.from({ length: 2000 }, () => {
    const logit = random.normal(0, 2);
    // The label is drawn with just the probability that the logit means.
    return { logit, label: random.uniform() < 1 / (1 + Math.exp(-logit)) ? 0 : 1 };
  });
  const labels = rows.map(({ label }) => label);
  const answers = (scale: number) => ({
    ...{ logits: rows.flatMap(({ logit }) => [scale * logit, 0]), labels, classes: 2 },
  });
  expect(fitTemperature(answers(1))).toBeCloseTo(1, 0);
  expect(fitTemperature(answers(4)) / fitTemperature(answers(1))).toBeCloseTo(4, 1);
  expect(reliabilityOf(answers(1)).ece).toBeLessThan(0.04);
  expect(reliabilityOf(answers(4)).ece).toBeGreaterThan(0.1);
});
