import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DIGIT_GAN_TRAINING } from "../../scripts/pretrain/digit-gan-training.ts";
import { energyDistance } from "../../src/data/clouds.ts";
import { Random } from "../../src/engine/random.ts";
import { parseModelCard } from "../../src/models/card.ts";
import { parseGanCard } from "../../src/models/digit-gan-card.ts";
import {
  checkGanWeights,
  discriminatorGraph,
  generatorGraph,
  readGanWeights,
} from "../../src/models/digit-gan-file.ts";
import { PIXELS } from "../../src/models/digit-gan-network.ts";
import { DigitGan, noiseVectors } from "../../src/models/digit-gan-trainer.ts";
import { OnnxError } from "../../src/onnx/errors.ts";
import { NETWORKS_KILOBYTES } from "../../src/widgets/forger-detective/use-downloads.ts";
import { runInRuntime } from "../onnx/runtime.ts";

const FOLDER = join(import.meta.dirname, "../../public/models");
const read = (file: string) => readFileSync(join(FOLDER, file));
const card = parseGanCard(read("digit-gan.json").toString())!;
const bytes = { generator: read(card.generator.file), discriminator: read(card.discriminator.file) };
const COUNT = 120;
const z = noiseVectors(COUNT, new Random(3));

function trainer(): DigitGan {
  const gan = new DigitGan({ seed: 1, batchSize: 8, residents: 8, looked: 40 });
  gan.load(new Map([...readGanWeights(bytes.generator), ...readGanWeights(bytes.discriminator)]));
  return gan;
}

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe("the shipped forger and detective", () => {
  test("the card belongs to the files, which are at most a megabyte each", () => {
    for (const side of ["generator", "discriminator"] as const) {
      expect(card[side].bytes).toBe(bytes[side].length);
      expect(card[side].sha256).toBe(createHash("sha256").update(bytes[side]).digest("hex"));
      expect(card[side].bytes).toBeLessThanOrEqual(1_000_000);
    }
    expect(card.generator.parameters).toBe(generatorGraph(2).parameters);
    expect(card.discriminator.parameters).toBe(discriminatorGraph(2).parameters);
    expect(card.training).toEqual(DIGIT_GAN_TRAINING);
  });

  test("the size told before the download is the size of the three files", () => {
    const reader = parseModelCard(read("digits.json").toString())!;
    const total = bytes.generator.length + bytes.discriminator.length + reader.bytes;
    expect(NETWORKS_KILOBYTES).toBe(Math.round(total / 1024));
  });

  test("onnxruntime makes the same pictures, judges them alike, and finds the card's shares", async () => {
    const gan = trainer();
    const pictures = gan.sample(z);
    const made = await runInRuntime(bytes.generator, [[generatorGraph(COUNT).input, z]]);
    expect(farthest(made.get("image")!, pictures)).toBeLessThan(1e-4);
    const image = discriminatorGraph(COUNT).input;
    const judged = await runInRuntime(bytes.discriminator, [[image, pictures]]);
    expect(farthest(judged.get("logits")!, gan.judge(pictures))).toBeLessThan(1e-3);
    const { fake } = card.quality.discriminator;
    const right = judged.get("real")!.filter((probability) => probability <= 0.5).length / COUNT;
    expect(Math.abs(right - fake)).toBeLessThan(4 * Math.sqrt((fake * (1 - fake)) / COUNT));
    const digits = await runInRuntime(read("digits.onnx"), [[image, pictures]]);
    const probabilities = digits.get("probabilities")!;
    const sure = Array.from({ length: COUNT }, (_, i) =>
      Math.max(...probabilities.subarray(10 * i, 10 * i + 10)),
    ).filter((most) => most >= 0.9).length;
    const expected = card.quality.recognised.fake;
    expect(Math.abs(sure / COUNT - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / COUNT),
    );
  });

  test("what the course asks of it: legible, of all digits, nearer to real digits than to noise", () => {
    const { recognised, evenness, perDigit, distance } = card.quality;
    expect(recognised.fake).toBeGreaterThan(0.75);
    expect(evenness).toBeGreaterThan(0.95);
    expect(Math.min(...perDigit)).toBeGreaterThan(0.025);
    expect(distance.fake).toBeLessThan(distance.noise / 20);
    expect(distance.real).toBeLessThan(distance.fake);
  });
});

describe("training on", () => {
  test("changes both networks, and loading brings the checkpoint back to the bit", () => {
    const gan = trainer();
    const before = { pictures: gan.sample(z), logits: gan.judge(gan.sample(z)) };
    gan.residents.fill(0.5);
    const rates = { generatorRate: 1e-3, discriminatorRate: 1e-3 };
    expect(gan.train(3, rates)).toBe(3);
    expect(farthest(gan.sample(z), before.pictures)).toBeGreaterThan(0.01);
    expect(farthest(gan.judge(before.pictures), before.logits)).toBeGreaterThan(0.01);
    gan.load(new Map([...readGanWeights(bytes.generator), ...readGanWeights(bytes.discriminator)]));
    expect(gan.rounds).toBe(0);
    expect(gan.sample(z)).toEqual(before.pictures);
    expect(gan.judge(before.pictures)).toEqual(before.logits);
  });

  test("with rates of nothing the weights stay, and the losses are those of the detective's verdicts", () => {
    const gan = trainer();
    gan.residents.set(gan.sample(z).subarray(0, 8 * PIXELS));
    const logits = gan.judge(gan.residents);
    const weights = gan.leaves.slice(0, 3).map((leaf) => gan.values(leaf).slice());
    gan.train(1, { generatorRate: 0, discriminatorRate: 0 });
    gan.leaves.slice(0, 3).forEach((leaf, i) => {
      expect(gan.values(leaf)).toEqual(weights[i]);
    });
    // −ln D(real) of these very pictures is part of the discriminator's loss; −ln(1 − D(fake)) is the rest, above 0.
    const real = Array.from(logits, (logit) => Math.log1p(Math.exp(-logit))).reduce((a, b) => a + b) / 8;
    expect(gan.losses.discriminator).toBeGreaterThan(real);
    expect(gan.losses.discriminator).toBeLessThan(real + 3);
  });

  test("weights that are missing or of another size are refused in Korean, and nothing changes", () => {
    const gan = trainer();
    const weights = new Map(readGanWeights(bytes.generator));
    expect(() => checkGanWeights(weights, gan.leaves)).toThrow(OnnxError);
    expect(() => checkGanWeights(weights, gan.leaves)).toThrow(/모델 파일이 설명서와 맞지 않습니다/);
    const before = gan.sample(z);
    expect(() => gan.load(weights)).toThrow(RangeError);
    expect(gan.sample(z)).toEqual(before);
    expect(() => readGanWeights(bytes.generator.subarray(0, 3000))).toThrow(OnnxError);
  });

  test("a damaged card is none", () => {
    expect(parseGanCard("{}")).toBeUndefined();
    expect(parseGanCard("<html>")).toBeUndefined();
    expect(parseGanCard(JSON.stringify({ ...card, quality: { samples: 3 } }))).toBeUndefined();
  });
});

test("the energy distance in many dimensions: a hand calculation", () => {
  // One vector each, 5 apart: 2·5 − 0 − 0.
  expect(energyDistance(Float32Array.of(0, 0, 0), Float32Array.of(3, 0, 4), 3)).toBe(10);
  const sample = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect(energyDistance(sample, sample, 3)).toBe(0);
});
