/** What lesson 5.3 says of the GPT that is trained on its page, tried in the very networks it trains. */
import { expect, test } from "vitest";
import { divideText, frequencyBits } from "../../src/data/own-text.ts";
import { PROVERBS } from "../../src/data/proverbs.ts";
import {
  configOf,
  createOwnGptTrainer,
  type TextLook,
  type ToyLook,
} from "../../src/widgets/own-gpt/experiment.ts";
import { SOLVED } from "../../src/widgets/own-gpt/progress.ts";
import { type OwnGptState, ownGptState, PRESETS } from "../../src/widgets/own-gpt/state.ts";

function trained(patch: Partial<OwnGptState>) {
  const state = { ...ownGptState.defaults, ...patch };
  const trainer = createOwnGptTrainer(configOf(state));
  trainer.setLive({ learningRate: Number(state.rate), temperature: state.temperature, start: state.start });
  return {
    train: (steps: number) => expect(trainer.advance(steps)).toBe(steps),
    look: () => {
      trainer.command({ write: true });
      return trainer.frame().frame;
    },
  };
}

/** So long even on a machine that is busy with other things. */
const PATIENCE = { timeout: 240_000 };

test(
  "proverbs: after some 50 steps lines are ended, and unseen ones better foretold than by frequencies",
  PATIENCE,
  () => {
    expect(PROVERBS.split("\n").length).toBeGreaterThan(200);
    const { train, look } = trained({});
    expect(look().parameterCount).toBeGreaterThan(155_000);
    train(50);
    const { test, written } = look().look as TextLook;
    expect(test).toBeLessThan(frequencyBits(divideText(PROVERBS, 1)) - 0.5);
    expect(written).toMatch(/\n/);
  },
);

test("pairs: one layer does not find them", PATIENCE, () => {
  const { train, look } = trained(PRESETS.recall);
  train(200);
  expect((look().look as ToyLook).accuracy).toBeLessThan(0.2);
});

test("pairs: two layers find them, the second looking where the answer stands", PATIENCE, () => {
  const { train, look } = trained({ ...PRESETS.recall, layers: "2" });
  let found: ToyLook | undefined;
  for (let steps = 0; steps < 600 && !found; steps += 50) {
    train(50);
    const now = look().look as ToyLook;
    if (now.accuracy >= SOLVED) found = now;
  }
  const { symbols, weights } = found!.attention;
  const n = symbols.length;
  // Asked again for a letter, some head of layer 2 looks at the number that stood behind it.
  const asked = 8;
  const answer = symbols.indexOf(symbols[asked]!) + 1;
  const seen = [2, 3].map((own) => weights[(own * n + asked) * n + answer]!);
  expect(Math.max(...seen)).toBeGreaterThan(0.5);
});
