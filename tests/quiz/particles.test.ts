import { expect, test } from "vitest";
import { withParticle } from "../../src/quiz/grading/particles.ts";

// As a Korean reads them aloud.
test.each([
  ["은닉층", "을/를", "은닉층을"],
  ["가중치", "을/를", "가중치를"],
  ["CNN", "을/를", "CNN을"],
  ["GAN", "와/과", "GAN과"],
  ["ReLU", "은/는", "ReLU는"],
  ["transformer", "을/를", "transformer를"],
  ["layer", "와/과", "layer와"],
  ["layer", "으로/로", "layer로"],
  ["R", "은/는", "R은"],
  ["model", "으로/로", "model로"],
  ["neuron", "으로/로", "neuron으로"],
  ["GPT-3", "이/가", "GPT-3이"],
  ["2", "을/를", "2를"],
  ["편향 (bias)", "을/를", "편향 (bias)를"],
] as const)("%s + %s", (word, particle, expected) => {
  expect(withParticle(word, particle)).toBe(expected);
});
