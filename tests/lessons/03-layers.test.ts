/** What lesson 3 says of its widgets, tried. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VOWELS } from "../../src/data/vowels.ts";
import { parseModelCard } from "../../src/models/card.ts";
import { MIXED } from "../../src/widgets/feature-hierarchy/goals.ts";
import {
  chancePurity,
  classesAmong,
  meanPurity,
  PATCHES,
} from "../../src/widgets/feature-hierarchy/survey.ts";
import { derive } from "../../src/widgets/layer-builder/derive.ts";
import { inputOf } from "../../src/widgets/layer-builder/inputs.ts";
import { networkOf } from "../../src/widgets/layer-builder/networks.ts";
import { fitTemperature, reliabilityOf } from "../../src/widgets/probability-answers/calibration.ts";
import { ODDITIES, pictureOf } from "../../src/widgets/probability-answers/nonsense.ts";
import { largest, softmax } from "../../src/widgets/probability-answers/softmax.ts";
import {
  type AskFrame,
  createAnswers,
  heldOut,
  LAST_STEP,
  type TrainFrame,
} from "../../src/widgets/probability-answers/trainer.ts";
import { NETWORKS as TRAININGS } from "../../src/widgets/why-gpu/training.ts";
import { card, pictures, survey } from "../widgets/feature-hierarchy/clothing.ts";

const totalsOf = (id: string) => {
  const { input, layers } = networkOf(id);
  return derive(inputOf(input).shape, layers);
};

test("VGG-16: 102.76 of its 138.36 million parameters stand in the first fully connected layer", () => {
  const { steps, totals } = totalsOf("vgg-16");
  const dense = steps.find(({ layer }) => layer.kind === "dense");
  expect(dense?.state === "joined" && Math.floor(dense.parameters / 1e4)).toBe(10_276);
  expect(Math.round(totals.parameters / 1e4)).toBe(13_836);
});

test("ResNet-152 is 19 times as deep as AlexNet, with about as many parameters", () => {
  const [deep, shallow] = [totalsOf("resnet-152").totals, totalsOf("alexnet").totals];
  expect(deep.weightLayers / shallow.weightLayers).toBe(19);
  expect(Math.abs(deep.parameters / shallow.parameters - 1)).toBeLessThan(0.05);
});

test("AlexNet's training as told in lesson 4: six operations a product, 1.2 million pictures, 90 times", () => {
  const counted = 6 * totalsOf("alexnet").totals.products * 1.2e6 * 90;
  const told = TRAININGS.find(({ id }) => id === "alexnet")!.flops;
  expect(Math.abs(counted / told - 1)).toBeLessThan(0.05);
});

describe("the hierarchy", () => {
  const { labels } = pictures;

  const shares = survey.layers.map(({ channels }) => meanPurity(channels, labels));

  test("the share of one class is smallest in the first layer and largest in the last; between, they are about equal", () => {
    expect(Math.min(...shares)).toBe(shares[0]);
    expect(Math.max(...shares)).toBe(shares[4]);
    expect(shares[4]! - shares[0]!).toBeGreaterThan(0.1);
    const between = shares.slice(1, 4);
    expect(Math.max(...between) - Math.min(...between)).toBeLessThan(0.05);
    expect(shares[0]).toBeGreaterThan(chancePurity(labels, 300));
  });

  test("and yet channels of the last layer mix classes, while some before it keep to one", () => {
    const kinds = (layer: number) =>
      survey.layers[layer]!.channels.filter(({ patches }) => patches.length === PATCHES).map(
        ({ patches }) => classesAmong(patches, labels).length,
      );
    expect(kinds(4).filter((count) => count >= MIXED).length).toBeGreaterThan(3);
    expect(kinds(3).some((count) => count <= 2)).toBe(true);
  });

  test("a channel of the third layer is excited by trousers only; one of the last by T-shirts, sandals and boots", () => {
    const label = (name: string) => card.classes.indexOf(name);
    const kindsOf = (layer: number) =>
      survey.layers[layer]!.channels.map(({ patches }) =>
        classesAmong(patches, labels).map((kind) => kind.label),
      );
    expect(kindsOf(2)).toContainEqual([label("바지")]);
    const wanted = ["티셔츠", "샌들", "앵클부츠"].map(label);
    expect(kindsOf(4).some((kinds) => wanted.every((one) => kinds.includes(one)))).toBe(true);
    expect(kindsOf(4)).toContainEqual([label("앵클부츠")]);
    expect(kindsOf(4)).toContainEqual([label("가방")]);
  });
});

describe("answers as probabilities", () => {
  test("a difference of 3 between logits makes one answer 20 times as likely", () => {
    const [first, second] = softmax([4, 1, 0.5]);
    expect(Math.round(first! / second!)).toBe(20);
  });

  test("6000 steps on 100 voices: confidence far above accuracy; a temperature mends it and leaves the answers", () => {
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
  }, 60_000);

  test("ㄹ is a 2 with more than 99 %, and most pictures of noise are a digit with more than 90 %", () => {
    const file = (name: string) => readFileSync(join(import.meta.dirname, "../../public/models", name));
    const digits = parseModelCard(file("digits.json").toString())!;
    const trainer = createAnswers({ task: "ask", model: { card: digits, bytes: file("digits.onnx") } });
    trainer.setLive({ picture: [...pictureOf(ODDITIES[0].strokes)], turn: 1 });
    trainer.command({ kind: "pixels", seed: 1 });
    const { logits, surveys } = trainer.frame().frame as AskFrame;
    const probabilities = softmax(logits);
    expect(digits.classes[largest(probabilities)]).toBe("2");
    expect(Math.max(...probabilities)).toBeGreaterThan(0.99);
    expect(surveys[0]!.above[1] / surveys[0]!.count).toBeGreaterThan(0.5);
  });
});
