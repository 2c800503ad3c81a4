import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DIGITS } from "../../src/data/datasets.ts";
import { prepareStrokes } from "../../src/data/strokes.ts";
import { synthesise } from "../../src/data/vowels.ts";
import { parseModelCard } from "../../src/models/card.ts";
import { trainOn } from "../../src/models/classifier.ts";
import { type Explanation, explain } from "../../src/models/explain.ts";
import { type Inspected, inspectPretrained } from "../../src/models/inspected.ts";
import {
  createSentenceNetwork,
  SENTENCE_TRAINING,
  sentenceInputs,
} from "../../src/models/sentence-network.ts";
import { createVowelNetwork, VOWEL_TRAINING } from "../../src/models/vowel-network.ts";
import { DRAWN_DIGITS } from "../data/drawn-digits.ts";

/** What the explanation says the number is. */
function recomputed({ kind, sources, bias, activation }: Explanation): number {
  const values = sources.map(({ value }) => value);
  if (kind === "largest") return Math.max(...values);
  const sum = sources.reduce((total, { value, weight }) => total + value * weight, bias);
  if (activation === undefined) return sum;
  expect(sum).toBeCloseTo(activation.before, 9);
  return Math.max(0, sum);
}

/** Every kind of layer, first, last and middle element: the parts add up to what the engine computed. */
function expectExplained(network: Inspected, inputs: readonly ArrayLike<number>[]) {
  const values = network.walk(inputs);
  const looked = network.look(inputs);
  const layers = network.stages.map(({ tensor }) => tensor);
  for (const [stage, { id, tensor }] of network.stages.entries()) {
    const size = looked[stage]!.length;
    for (const index of [0, Math.floor(size / 2), size - 1]) {
      const explanation = explain(tensor, index, values, layers);
      expect(explanation.value, id).toBeCloseTo(looked[stage]![index]!, 4);
      if (explanation.kind === "given" || explanation.kind === "row") continue;
      const before = layers.slice(0, stage);
      expect(
        explanation.sources.every((source) => before.includes(source.tensor)),
        id,
      ).toBe(true);
      if (explanation.kind === "softmax") {
        const powers = explanation.sources.map(({ value }) => Math.exp(value));
        const total = powers.reduce((sum, power) => sum + power, 0);
        expect(powers[index]! / total).toBeCloseTo(explanation.value, 9);
      } else expect(recomputed(explanation), `${id} ${index}`).toBeCloseTo(explanation.value, 9);
    }
  }
}

describe("sentences", () => {
  const { network, subwords } = createSentenceNetwork(1);
  expect(trainOn(network, SENTENCE_TRAINING, 1e6)).toBe(SENTENCE_TRAINING.steps);
  const probabilities = (text: string) => [...network.look(sentenceInputs(subwords, text)).at(-1)!];

  test("sentences of actions that were never trained on are told apart", () => {
    expect(network.evaluate().accuracy).toBeGreaterThan(0.9);
  });

  test("the mark alone changes the kind", () => {
    const top = (text: string) => probabilities(text).indexOf(Math.max(...probabilities(text)));
    expect(["밥 먹었어?", "밥 먹어 줘.", "밥 먹었어!", "밥 먹었어."].map(top)).toEqual([0, 1, 2, 3]);
  });

  test("a mean knows no order", () => {
    const [there, back] = [probabilities("문 좀 열어 주세요"), probabilities("주세요 열어 좀 문")];
    for (const [i, value] of there.entries()) expect(back[i]).toBeCloseTo(value, 5);
  });

  test("every layer can be explained", () => {
    expectExplained(network, sentenceInputs(subwords, "우리 밥 먹을까?"));
  });
});

describe("vowels", () => {
  const network = createVowelNetwork(1);
  trainOn(network, VOWEL_TRAINING, VOWEL_TRAINING.steps);

  test("voices that were never trained on are told apart", () => {
    expect(network.evaluate().accuracy).toBeGreaterThan(0.9);
  });

  test("every layer can be explained", () => {
    expectExplained(network, [synthesise({ vowel: "a", pitch: 140, voice: 0.3, noise: 0.05 }, 7)]);
  });
});

test("every layer of the pretrained digit network can be explained", () => {
  const folder = join(import.meta.dirname, "../../public/models");
  const card = parseModelCard(readFileSync(join(folder, "digits.json"), "utf8"))!;
  const network = inspectPretrained(card, readFileSync(join(folder, card.file)));
  if (DIGITS.preparation.kind === "none") throw new Error("digits are drawn");
  expectExplained(network, [prepareStrokes(DRAWN_DIGITS[4]!, DIGITS.preparation)]);
});

test("equal seeds give equal networks", () => {
  const run = () => {
    const network = createVowelNetwork(5);
    network.train(20, 0.004);
    return [...network.evaluate().logits.slice(0, 20)];
  };
  expect(run()).toEqual(run());
});
