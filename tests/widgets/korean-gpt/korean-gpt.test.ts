import { describe, expect, test } from "vitest";
import { drawStories } from "../../../src/data/stories.ts";
import { learnTokens, STORY_END } from "../../../src/data/story-tokens.ts";
import { candidatesOf, drawAt } from "../../../src/widgets/korean-gpt/candidates.ts";
import { afterToken } from "../../../src/widgets/korean-gpt/deeds.ts";
import { gptGoals, NO_DEEDS } from "../../../src/widgets/korean-gpt/goals.ts";
import { gptState } from "../../../src/widgets/korean-gpt/state.ts";
import { startTokens, tokenLabel, writtenSentences } from "../../../src/widgets/korean-gpt/story.ts";

/** Probabilities 0.5, 0.25, 0.15, 0.1, in another order. */
const LOGITS = [0.1, 0.5, 0.15, 0.25].map(Math.log);
const of = (options: Parameters<typeof candidatesOf>[1]) =>
  candidatesOf(LOGITS, options).map(({ token, given, drawn, fate }) => [
    token,
    Number(given.toFixed(4)),
    Number(drawn.toFixed(4)),
    fate,
  ]);

describe("what may be drawn, against calculation by hand", () => {
  test("nothing cut off", () => {
    expect(of({})).toEqual([
      [1, 0.5, 0.5, "kept"],
      [3, 0.25, 0.25, "kept"],
      [2, 0.15, 0.15, "kept"],
      [0, 0.1, 0.1, "kept"],
    ]);
  });

  test("top-k 2: 0.5 and 0.25 of 0.75", () => {
    expect(of({ topK: 2 }).map((row) => row.slice(2))).toEqual([
      [0.6667, "kept"],
      [0.3333, "kept"],
      [0, "top-k"],
      [0, "top-k"],
    ]);
  });

  test("top-p 0.8: 0.5, 0.25 and 0.15 reach it, of 0.9", () => {
    expect(of({ topP: 0.8 }).map((row) => row.slice(2))).toEqual([
      [0.5556, "kept"],
      [0.2778, "kept"],
      [0.1667, "kept"],
      [0, "top-p"],
    ]);
  });

  test("both say which of them cut off", () => {
    expect(of({ topK: 3, topP: 0.6 }).map(([, , , fate]) => fate)).toEqual([
      "kept",
      "kept",
      "top-p",
      "top-k",
    ]);
  });

  test("temperature 0.5 squares: 0.25 of 0.345; 0 leaves the likeliest", () => {
    const warm = candidatesOf(LOGITS, { temperature: 0.5 })[0]!;
    expect(warm.given).toBeCloseTo(0.5, 6);
    expect(warm.drawn).toBeCloseTo(0.25 / 0.345, 6);
    expect(of({ temperature: 0 }).map(([, , drawn, fate]) => [drawn, fate])).toEqual([
      [1, "kept"],
      [0, "temperature"],
      [0, "temperature"],
      [0, "temperature"],
    ]);
  });

  test("draws as often as the probabilities say, the same for a seed and a place", () => {
    const candidates = candidatesOf(LOGITS, { topK: 2 });
    const drawn = Array.from({ length: 3000 }, (_, seed) => drawAt(candidates, seed, seed % 7));
    expect(drawn.filter((token) => token === 1).length / 3000).toBeCloseTo(2 / 3, 1);
    expect(new Set(drawn)).toEqual(new Set([1, 3]));
    expect(drawAt(candidates, 5, 40)).toBe(drawAt(candidates, 5, 40));
  });
});

test("a shared link brings back beginning, tokens and settings; nonsense falls back", () => {
  const state = {
    ...gptState.defaults,
    start: "비; 오=날 🙂",
    written: [3, 1491, 0],
    topK: 5,
    temperature: 1.3,
  };
  expect(gptState.decode(gptState.encode(state))).toEqual({ state, problems: [] });
  expect(gptState.decode("1;start=%E0%A4%A;written=-1;topK=99").problems).toEqual([
    "start",
    "written",
    "topK",
  ]);
});

const tokenizer = learnTokens(
  drawStories(40, 2).map(({ text }) => text),
  { leastSyllable: 2, merges: 60 },
);

test("tokens are shown as letters, their space as a mark, and a space that trails is left out", () => {
  const labels = startTokens(tokenizer, "지우 뷁 ").map((token) => tokenLabel(tokenizer, token));
  expect(labels.join("")).toBe("␣지우␣ㅂㅞㄺ");
  expect(tokenLabel(tokenizer, STORY_END)).toBe("이야기 끝");
});

describe("goals", () => {
  const start = "지우는 보리와";
  const encode = (text: string) => tokenizer.encode(text);
  const end = (text: string) => encode(`${start} ${text}`).slice(encode(start).length);
  const base = { ...gptState.defaults, start };
  const write = (tokens: readonly number[], state = base, deeds = NO_DEEDS, byHandAt = -1) =>
    tokens.reduce((before, token, i) => {
      const logits = Array.from({ length: tokenizer.pieces.length }, (_, id) => (id === token ? 2 : 0));
      const options = { temperature: state.temperature, ...(state.topK ? { topK: state.topK } : {}) };
      const candidates = candidatesOf(logits, options);
      const next = tokens.slice(0, i + 1);
      return afterToken(before, { tokenizer, state, candidates, next, byHand: i === byHandAt });
    }, deeds);
  const done = (deeds: typeof NO_DEEDS) =>
    gptGoals(deeds)
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  const right = end("노는 것을 가장 좋아했습니다. 둘은 크게 다투었습니다.");
  const wrong = end("노는 것을 가장 다투었습니다.");

  test("the sentences are the network's own, read by the checker", () => {
    expect(writtenSentences(tokenizer, start, wrong)).toEqual([
      { text: `${start} 노는 것을 가장 다투었습니다.`, grammatical: false },
    ]);
    expect(writtenSentences(tokenizer, "비가 왔다. ", end("노는 것을")).length).toBe(0);
  });

  test("are reached by what they say, and by nothing less", () => {
    expect(done(write(right))).toEqual([]);
    expect(done(write([...right, STORY_END], { ...base, start: "지우는 보리와" }))).toEqual([]);
    expect(done(write([...right, STORY_END], { ...base, start: "내 첫머리" }))).toEqual(["own"]);
    expect(done(write(right, { ...base, topK: 3 }))).toEqual(["narrow"]);
    expect(done(write(right, { ...base, topK: 4 }))).toEqual([]);
    expect(done(write(wrong, { ...base, temperature: 1.5 }))).toEqual(["hot"]);
    expect(done(write(wrong, { ...base, temperature: 1.4 }))).toEqual([]);
    expect(done(write(right, base, NO_DEEDS, 0))).toEqual(["steer"]);
    const cold = write(right, { ...base, temperature: 0 });
    expect(done(cold)).toEqual([]);
    expect(done(write(right, { ...base, temperature: 0, seed: 1 }, cold))).toEqual([]);
    expect(done(write(right, { ...base, temperature: 0, seed: 2 }, cold))).toEqual(["cold"]);
  });
});
