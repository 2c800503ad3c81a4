/**
 * `npm run pretrain -- <model>`: trains a network of the course with our own engine, from a seed, and writes
 * `public/models/<model>.onnx` with its card `<model>.json`.
 *
 *   npm run pretrain -- digits               trains, scores the file on the test pictures, writes both files
 *   npm run pretrain -- digits --check       scores the file that is there and compares with its card
 *   npm run pretrain -- digits --epochs 2    a quick try, written to `--out DIR` (required with it)
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { deform } from "../src/data/deform.ts";
import type { Pictures } from "../src/data/pictures.ts";
import { type ModelCard, parseModelCard } from "../src/models/card.ts";
import { type ExampleSource, trainClassifier } from "../src/models/classifier-trainer.ts";
import { describeNetwork, exportClassifier } from "../src/models/export-classifier.ts";
import { Problem, ROOT, runMain } from "./bootstrap.mjs";
import { ensureAuthoring } from "./data/authoring.ts";
import { pretrainDigitGan } from "./pretrain/digit-gan.ts";
import { type PretrainRecipe, RECIPES } from "./pretrain/recipes.ts";
import { type Score, scoreFile } from "./pretrain/score.ts";
import { SEQUENCE_RECIPES } from "./pretrain/sequences.ts";

const MAX_BYTES = 1_000_000;
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean" }, epochs: { type: "string" }, out: { type: "string" } },
  });
  const folder = values.out ?? join(ROOT, "public", "models");
  const sequence = SEQUENCE_RECIPES[positionals[0] ?? ""];
  if (sequence) return sequence({ folder, check: values.check === true });
  if (positionals[0] === "digit-gan") {
    await ensureAuthoring();
    return pretrainDigitGan({ folder, check: values.check === true });
  }
  const recipe = Object.values(RECIPES).find(({ id }) => id === positionals[0]);
  if (!recipe)
    throw new Problem(
      `어느 모델입니까? ${[...Object.keys(RECIPES), ...Object.keys(SEQUENCE_RECIPES), "digit-gan"].join(", ")} 가운데 하나를 적어 주십시오.`,
    );
  await ensureAuthoring();
  if (values.check) return check(recipe);
  if (values.epochs !== undefined && values.out === undefined) {
    throw new Problem("--epochs로 짧게 돌린 결과는 --out 폴더에만 씁니다.");
  }
  const epochs = values.epochs === undefined ? recipe.training.epochs : Number(values.epochs);
  await pretrain({ ...recipe, training: { ...recipe.training, epochs } }, folder);
});

async function pretrain(recipe: PretrainRecipe, folder: string): Promise<void> {
  const [train, test] = [await recipe.load("train"), await recipe.load("test")];
  console.log(`${recipe.id}: ${train.labels.length} training pictures, ${test.labels.length} test pictures`);
  const config = {
    ...recipe.network,
    image: { channels: 1, rows: train.rows, columns: train.columns },
    classes: recipe.data.classes.length,
  };
  let since = performance.now();
  const trained = trainClassifier(config, recipe.training, deformed(train, recipe), ({ epoch, loss }) => {
    const seconds = (performance.now() - since) / 1000;
    console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, ${seconds.toFixed(1)} s`);
    since = performance.now();
  });
  const model = exportClassifier(trained, { weights: recipe.weights, name: recipe.id });
  if (model.bytes.length > MAX_BYTES) throw new Error(`${model.bytes.length} bytes, more than ${MAX_BYTES}`);
  const score = await scoreFile(model.bytes, test, config.classes);
  report(recipe, score);
  const card = makeCard(recipe, model, describeNetwork(config), { train, test }, score);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${recipe.id}.onnx`), model.bytes);
  writeFileSync(join(folder, `${recipe.id}.json`), `${JSON.stringify(card, null, 2)}\n`);
}

/** Training pictures, deformed anew at every reading. */
function deformed(
  { rows, columns, pixels, labels }: Pictures,
  { deformation }: PretrainRecipe,
): ExampleSource {
  const size = rows * columns;
  const values = Float32Array.from(pixels, (value) => value / 255);
  return {
    count: labels.length,
    read: (index, target, random) => {
      deform(values.subarray(index * size, (index + 1) * size), target, rows, deformation, random);
      return labels[index]!;
    },
  };
}

function makeCard(
  recipe: PretrainRecipe,
  { bytes, outputs, input, parameters }: ReturnType<typeof exportClassifier>,
  architecture: readonly string[],
  { train, test }: { train: Pictures; test: Pictures },
  score: Score,
): ModelCard {
  const { id, name, task, limits, data, training, augmentation } = recipe;
  const { about, licence, credit, url, split } = data;
  const { seed, epochs, batchSize, learningRate } = training;
  return {
    ...{ id, name, task, file: `${id}.onnx`, bytes: bytes.length },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    licence: licence.includes("SA") ? licence : "CC BY 4.0",
    ...{ input, outputs, classes: data.classes, parameters, architecture },
    data: {
      ...{ id: data.id, name: data.name, about, licence, credit, url, rule: split.rule },
      ...{ train: train.labels.length, test: test.labels.length },
    },
    training: { seed, epochs, batchSize, learningRate, optimizer: "AdamW", augmentation },
    score: { accuracy: score.accuracy, count: score.count, perClass: score.perClass.map(rounded) },
    limits,
  };
}

async function check(recipe: PretrainRecipe): Promise<void> {
  const path = (extension: string) => join(ROOT, "public", "models", `${recipe.id}.${extension}`);
  const card = parseModelCard(readFileSync(path("json"), "utf8"));
  if (!card) throw new Problem(`${path("json")}을 읽을 수 없습니다.`);
  const score = await scoreFile(readFileSync(path("onnx")), await recipe.load("test"), card.classes.length);
  report(recipe, score);
  if (score.accuracy !== card.score.accuracy) {
    throw new Problem(`설명서의 정확도(${card.score.accuracy})와 다릅니다: ${score.accuracy}`);
  }
}

function report({ id, data }: PretrainRecipe, { accuracy, count, confusion }: Score): void {
  console.log(`${id}: ${(100 * accuracy).toFixed(2)} % of ${count} test pictures`);
  const mistakes = confusion
    .flatMap((row, label) => row.map((times, answer) => ({ label, answer, times })))
    .filter(({ label, answer, times }) => label !== answer && times > 0)
    .sort((a, b) => b.times - a.times);
  const names = mistakes
    .slice(0, 8)
    .map((it) => `${data.classes[it.label]}→${data.classes[it.answer]} ${it.times}`);
  console.log(`most frequent mistakes: ${names.join(", ")}`);
}
