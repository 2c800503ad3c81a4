/** What lesson 5.3 says of the GPT that is trained on its page, and of the one that is opened up, tried in them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { divideText, frequencyBits } from "../../src/data/own-text.ts";
import { PROVERBS } from "../../src/data/proverbs.ts";
import { STORY_END, StoryTokens } from "../../src/data/story-tokens.ts";
import { parseStoryGptCard } from "../../src/models/story-gpt-card.ts";
import { readParameters } from "../../src/onnx/parameters.ts";
import { AnatomyNetwork } from "../../src/widgets/attention-anatomy/network.ts";
import { readSentence } from "../../src/widgets/attention-anatomy/sentence.ts";
import { anatomyState } from "../../src/widgets/attention-anatomy/state.ts";
import { DOWNLOAD_SIZE } from "../../src/widgets/attention-anatomy/text.ts";
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
    expect(written).toMatch(/다\n/);
    train(75);
    expect((look().look as TextLook).test).toBeGreaterThan(test);
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

test("the hat: one head looks back at it, and without that head it is lost", PATIENCE, () => {
  const file = (name: string) =>
    readFileSync(new URL(`../../public/models/story-gpt.${name}`, import.meta.url));
  const card = parseStoryGptCard(file("json").toString("utf8"))!;
  expect(DOWNLOAD_SIZE).toBe(`${(card.bytes / 1e6).toFixed(1)} MB`);
  const tokenizer = new StoryTokens(card.tokens);
  const values = readParameters(file("onnx"));
  const network = new AnatomyNetwork({ gpt: card.gpt, weight: (name) => values.get(name)! });
  const asked = anatomyState.defaults.sentence;
  const look = (text: string, off: Parameters<AnatomyNetwork["look"]>[0]["off"] = []) => {
    const { tokens, labels } = readSentence(text, tokenizer, STORY_END);
    const anatomy = network.look({ tokens, off, layer: -1, head: -1 });
    return { anatomy, labels, first: tokenizer.label(anatomy.next[0]!.token) };
  };
  const { anatomy, labels, first } = look(asked);
  expect(first).toBe("▁모");
  expect(look(asked.replace("모자를", "우산을")).first).toBe("▁우");
  const { part, effects } = anatomy;
  const last = part.weights.subarray((part.count - 1) * part.count);
  expect(labels[last.indexOf(Math.max(...last))]).toBe("␣모");
  expect(labels.at(-1)).toBe("내");
  expect(Math.max(...effects)).toBeGreaterThan(0.3);
  const without = look(asked, [{ layer: part.layer, head: part.head }]).anatomy.changed![0]!;
  expect(tokenizer.label(without.token)).not.toBe("▁모");
  expect(look("“같이 가자?” 몽이가").first).toBe("▁물었습니다");
  expect(look("“같이 가자.” 몽이가").first).toBe("▁말했습니다");
});
