import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RECIPES } from "../../scripts/pretrain/recipes.ts";
import { scoreFile } from "../../scripts/pretrain/score.ts";
import { type DatasetInfo, DIGITS, JAMO } from "../../src/data/datasets.ts";
import { type Pictures, pickPictures, writePicture } from "../../src/data/pictures.ts";
import { prepareStrokes } from "../../src/data/strokes.ts";
import { type ModelCard, parseModelCard } from "../../src/models/card.ts";
import { openPretrained } from "../../src/models/load.ts";
import { DRAWN_DIGITS } from "../data/drawn-digits.ts";
import { DRAWN_JAMO } from "../data/drawn-jamo.ts";
import { shippedPictures } from "../data/shipped-pictures.ts";
import { runInRuntime } from "../onnx/runtime.ts";

const FOLDER = join(import.meta.dirname, "../../public/models");
const SAMPLE = 400;

function shipped(id: string): { card: ModelCard; bytes: Buffer } {
  const card = parseModelCard(readFileSync(join(FOLDER, `${id}.json`), "utf8"));
  if (!card) throw new Error(`the card of ${id} cannot be read`);
  return { card, bytes: readFileSync(join(FOLDER, card.file)) };
}

const firstOf = (pictures: Pictures, count: number) =>
  pickPictures(
    pictures,
    Int32Array.from({ length: count }, (_, i) => i),
  );

/** Goals of the course for what it ships. */
const LEAST: Readonly<Record<string, number>> = { digits: 0.99, jamo: 0.97, clothing: 0.9, doodles: 0.7 };

describe.each(Object.values(RECIPES))("$id", (recipe) => {
  const { id } = recipe;

  test("the card belongs to the file, and the file is at most a megabyte", () => {
    expect(existsSync(join(FOLDER, `${id}.onnx`))).toBe(true);
    const { card, bytes } = shipped(id);
    expect(card.bytes).toBe(bytes.length);
    expect(card.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(bytes.length).toBeLessThanOrEqual(1_000_000);
    expect(card.classes).toEqual(recipe.data.classes);
    expect(card.training.seed).toBe(recipe.training.seed);
    expect(card.score.accuracy).toBeGreaterThanOrEqual(LEAST[id] ?? 0);
  });

  test("on a sample of the test pictures onnxruntime finds the card's accuracy, and our engine the same logits", async () => {
    const { card, bytes } = shipped(id);
    const pictures = firstOf((await shippedPictures(recipe.data.id)).test, SAMPLE);
    const { accuracy } = await scoreFile(bytes, pictures, card.classes.length);
    const expected = card.score.accuracy;
    const deviation = Math.sqrt((expected * (1 - expected)) / SAMPLE);
    expect(Math.abs(accuracy - expected)).toBeLessThan(4 * deviation + 1 / SAMPLE);
    const model = openPretrained(card, bytes, 4);
    const four = new Float32Array(4 * 784);
    for (let i = 0; i < 4; i++) writePicture(pictures, i, four.subarray(i * 784, (i + 1) * 784));
    const ours = model.run(four);
    const leaf = model.input;
    const theirs = await runInRuntime(bytes, [[leaf, four]]);
    for (const { name } of card.outputs) {
      const [mine, reference] = [ours[name]!, theirs.get(name)!];
      expect(mine.length).toBe(reference.length);
      const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      const worst = mine.reduce((most, value, i) => Math.max(most, Math.abs(value - reference[i]!)), 0);
      expect(worst / largest, name).toBeLessThan(1e-4);
    }
  });
});

const drawable = ({ preparation }: DatasetInfo) => {
  if (preparation.kind === "none") throw new Error("not drawn");
  return preparation;
};

test.each([
  { data: DIGITS, drawings: DRAWN_DIGITS },
  { data: JAMO, drawings: DRAWN_JAMO },
])("$data.id drawn on the pad are read rightly", ({ data, drawings }) => {
  const { card, bytes } = shipped(data.id);
  const model = openPretrained(card, bytes);
  const answers = drawings.map((strokes) => {
    const { probabilities } = model.run(prepareStrokes(strokes, drawable(data)));
    return card.classes[probabilities!.indexOf(Math.max(...probabilities!))];
  });
  expect(answers).toEqual(card.classes);
});
