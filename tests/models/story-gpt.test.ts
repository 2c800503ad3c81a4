import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openNodeSession } from "../../scripts/pretrain/node-session.ts";
import { storyText } from "../../scripts/pretrain/story-training.ts";
import { STORY_END } from "../../src/data/story-tokens.ts";
import { StoryGpt } from "../../src/models/story-gpt.ts";
import { parseStoryGptCard } from "../../src/models/story-gpt-card.ts";
import { engineRunner, StoryReader, sessionRunner } from "../../src/models/story-reader.ts";

const card = parseStoryGptCard(readFileSync("public/models/story-gpt.json", "utf8"))!;
const model = new StoryGpt(card, new Uint8Array(readFileSync("public/models/story-gpt.onnx")));
const PROMPTS = ["옛날 옛적 깊은 숲속에", "지우는 보리와", "안녕 GPT 뷁"];
const tokensOf = (text: string) => [STORY_END, ...model.tokenizer.encode(text)];

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

test("onnxruntime, our engine token by token and our engine at once give the same logits", async () => {
  const context = card.gpt.context;
  const onnx = new StoryReader(sessionRunner(await openNodeSession(model.bytes)), context);
  const engine = new StoryReader(engineRunner(model), context);
  for (const prompt of PROMPTS) {
    const tokens = tokensOf(prompt);
    const { logits } = (await onnx.logitsAfter(tokens))!;
    expect(furthest((await engine.logitsAfter(tokens))!.logits, logits)).toBeLessThan(2e-3);
    expect(furthest(model.logitsAfter(tokens), logits)).toBeLessThan(2e-3);
  }
});

test("the reader reads only what differs, with the same result", async () => {
  const reader = new StoryReader(engineRunner(model), card.gpt.context);
  const tokens = tokensOf(PROMPTS[0]!);
  expect(await reader.logitsAfter(tokens)).toMatchObject({ read: tokens.length, cached: 0, forgotten: 0 });
  const longer = [...tokens, 300];
  const { logits, ...counts } = (await reader.logitsAfter(longer))!;
  expect(counts).toEqual({ read: 1, cached: tokens.length, forgotten: 0 });
  const anew = (await reader.logitsAfter(longer, false))!;
  expect(anew.read).toBe(longer.length);
  expect(furthest(anew.logits, logits)).toBe(0);
  // Back to an earlier text: its last token is read again, because only the newest logits are kept.
  expect(await reader.logitsAfter(tokens)).toMatchObject({ read: 1, cached: tokens.length - 1 });
  const long = Array.from({ length: card.gpt.context + 1 }, (_, i) => i % 200);
  expect((await reader.logitsAfter(long))!.forgotten).toBe(card.gpt.context / 2);
});

test("every part of a head follows from the parts before it", () => {
  const tokens = tokensOf(PROMPTS[1]!);
  const n = tokens.length;
  const { layers, logits } = model.inspect(tokens);
  expect(layers).toHaveLength(card.gpt.layers);
  expect([logits.rows, logits.columns]).toEqual([n, card.gpt.vocabulary]);
  for (const { heads } of layers) {
    expect(heads).toHaveLength(card.gpt.heads);
    for (const head of heads) {
      const size = head.queries.columns;
      const at = (matrix: { columns: number; values: Float32Array }, row: number, column: number) =>
        matrix.values[row * matrix.columns + column]!;
      for (let i = 0; i < n; i++) {
        const row = Array.from({ length: n }, (_, j) => {
          let product = 0;
          for (let d = 0; d < size; d++) product += at(head.queries, i, d) * at(head.keys, j, d);
          expect(at(head.products, i, j)).toBeCloseTo(product, 2);
          expect(at(head.scores, i, j)).toBeCloseTo(product / Math.sqrt(size), 2);
          expect(at(head.masked, i, j)).toBe(j > i ? -Infinity : at(head.scores, i, j));
          return at(head.masked, i, j);
        });
        const powers = row.map((score) => Math.exp(score - Math.max(...row)));
        const total = powers.reduce((a, b) => a + b, 0);
        powers.forEach((power, j) => {
          expect(at(head.weights, i, j)).toBeCloseTo(power / total, 4);
        });
        const mixed = powers.reduce((sum, power, j) => sum + (power / total) * at(head.values, j, 0), 0);
        expect(at(head.mixed, i, 0)).toBeCloseTo(mixed, 3);
      }
    }
  }
});

test("too many tokens, or none, are refused", () => {
  expect(() => model.inspect([])).toThrow(RangeError);
  expect(() => model.inspect(new Array<number>(card.gpt.context + 1).fill(0))).toThrow(RangeError);
});

test("the recipe still learns the tokens of the card from the text the card speaks of", {
  timeout: 60_000,
}, () => {
  const { tokenizer, tokens, characters } = storyText();
  expect(tokenizer.table).toEqual(card.tokens);
  for (const count of [characters, tokens.length]) {
    expect(card.data.about).toContain(count.toLocaleString("ko"));
  }
});
