import { describe, expect, it } from "vitest";
import { symbolsOf } from "../../src/data/words.ts";
import { Random } from "../../src/engine/random.ts";
import { splitWords, WordNetwork } from "../../src/models/word-network.ts";
import { probabilities } from "../../src/nn/sampling.ts";

const WORDS = [
  "나무",
  "나비",
  "바다",
  "바람",
  "구름",
  "구슬",
  "노을",
  "노래",
  "가을",
  "가람",
  "하늘",
  "하루",
];
const { train, test } = splitWords(WORDS, 1);

describe.each(["rnn", "gru", "lstm"] as const)("a speller with the %s cell", (cell) => {
  const network = () => new WordNetwork({ train, test, unit: "jamo", cell, units: 8, seed: 3 });

  it("spells one symbol at a time with the loss it was measured with over whole words", () => {
    const speller = network();
    speller.train(30, 0.01);
    for (const [words, measured] of [
      [train, speller.evaluate().trainLoss],
      [test, speller.evaluate().testLoss],
    ] as const) {
      const losses = words.flatMap((word) => {
        const symbols = symbolsOf(word, "jamo");
        return [...symbols, ""].map((symbol, at) => {
          const logits = speller.logitsAfter(symbols.slice(0, at))!;
          return -Math.log(probabilities(logits)[speller.symbols.indexOf(symbol)]!);
        });
      });
      expect(losses.reduce((a, b) => a + b, 0) / losses.length).toBeCloseTo(measured, 4);
    }
  });

  it("learns its list by heart, and goes on from what was saved", () => {
    const speller = network();
    speller.train(100, 0.01);
    const other = network();
    other.restore(speller.memory());
    expect(other.evaluate()).toEqual(speller.evaluate());
    expect(other.makeWords(1, new Random(7))).toEqual(speller.makeWords(1, new Random(7)));
    const before = speller.evaluate().trainLoss;
    speller.train(900, 0.01);
    expect(speller.evaluate().trainLoss).toBeLessThan(0.6 * before);
  });
});

it("a beginning with an unseen symbol has no continuation", () => {
  const speller = new WordNetwork({ train, test, unit: "syllable", cell: "gru", units: 8, seed: 3 });
  expect(speller.logitsAfter(["쾅"])).toBeUndefined();
  expect(speller.logitsAfter(["나"])).toHaveLength(speller.symbols.length);
});

it("every tenth word is kept back, no word twice", () => {
  const words = Array.from({ length: 95 }, (_, i) => String(i));
  const split = splitWords(words, 5);
  expect(split.test).toHaveLength(10);
  expect([...split.train, ...split.test].sort()).toEqual([...words].sort());
  expect(splitWords(words, 5)).toEqual(split);
});
