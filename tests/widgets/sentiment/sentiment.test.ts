import { describe, expect, test } from "vitest";
import { drawRatedSentences } from "../../../src/data/sentiment.ts";
import { TEST_SENTENCES } from "../../../src/data/sentiment-test.ts";
import { WRITTEN_NEGATIVE, WRITTEN_POSITIVE } from "../../../src/data/sentiment-written.ts";
import {
  MOST_LETTERS,
  piecesOf,
  readableText,
  sentimentInputs,
} from "../../../src/models/sentiment-network.ts";
import {
  createSentimentTrainer,
  type Reading,
  type SentimentFrame,
  STEPS,
} from "../../../src/widgets/sentiment/experiment.ts";
import { sentimentGoals, type Visit } from "../../../src/widgets/sentiment/goals.ts";
import {
  type KINDS,
  mistakesOf,
  readingText,
  scoreOf,
  turningWord,
} from "../../../src/widgets/sentiment/results.ts";
import { LONGEST_TEXT, sentimentState } from "../../../src/widgets/sentiment/state.ts";

describe("the sentences", () => {
  test("no test sentence is among the training sentences", () => {
    const plain = (text: string) => readableText(text);
    const trained = new Set(
      [...WRITTEN_POSITIVE, ...WRITTEN_NEGATIVE, ...drawRatedSentences(2400, 1).map(({ text }) => text)].map(
        plain,
      ),
    );
    expect(TEST_SENTENCES.filter(({ text }) => trained.has(plain(text)))).toEqual([]);
  });

  test("both sentiments are as often, written sentences are all different, and a seed decides", () => {
    const drawn = drawRatedSentences(200, 3);
    expect(drawn.filter(({ label }) => label === 1)).toHaveLength(100);
    expect(drawRatedSentences(200, 3)).toEqual(drawn);
    const written = [...WRITTEN_POSITIVE, ...WRITTEN_NEGATIVE];
    expect(new Set(written).size).toBe(written.length);
    expect(TEST_SENTENCES.filter(({ label }) => label === 1)).toHaveLength(40);
    expect(drawn.map(({ text }) => text).join()).not.toMatch(/undefined|\s{2}/);
  });
});

test("pieces by hand: of one to four letters, over spaces, never of spaces only", () => {
  expect(piecesOf("안 해").sort()).toEqual(
    ["안", "해", " 안", "안 ", " 해", "해 ", " 안 ", "안 해", " 해 ", " 안 해", "안 해 "].sort(),
  );
  expect(readableText("  와!! good 👍 맛있다~ ")).toBe("와 맛있다");
  expect(readableText("🙂🙂")).toBe("");
  expect([...readableText("가".repeat(10_000))]).toHaveLength(MOST_LETTERS);
  const pieces = new Map([
    ["안", 1],
    ["안 해", 2],
  ]);
  const [numbers, shares] = sentimentInputs(pieces, "안 해");
  expect([...numbers.slice(0, 3)]).toEqual([1, 2, 0]);
  expect([...shares.slice(0, 3)]).toEqual([0.5, 0.5, 0]);
});

describe("trained as in the page", () => {
  const trainer = createSentimentTrainer({ seed: 1, own: [] });
  const read = (text: string): SentimentFrame => {
    trainer.setLive({ text });
    return trainer.frame().frame;
  };

  test("untrained it guesses; trained it reads most plain sentences, and falls for irony", () => {
    expect(Math.abs(read("좋아요").reading!.positive - 0.5)).toBeLessThan(0.1);
    expect(trainer.advance(STEPS)).toBe(STEPS);
    expect(trainer.advance(1)).toBe(0);
    expect(trainer.divergence()).toBeUndefined();
    const { test: shares } = read("좋아요");
    const of = (kind?: (typeof KINDS)[number]["id"]) => {
      const { right, count } = scoreOf(shares, kind);
      return right / count;
    };
    expect(of("plain")).toBeGreaterThan(0.75);
    expect(of()).toBeGreaterThan(0.65);
    expect(of("irony")).toBeLessThan(0.6);
    expect(mistakesOf(shares)).toHaveLength(TEST_SENTENCES.length - scoreOf(shares).right);
    // The sentence that lesson 6 asks about.
    expect(read("한 시간을 기다리게 하다니 참 훌륭한 서비스네요").reading!.positive).toBeGreaterThan(0.5);
  });

  test("each word's part is the difference to the sentence without it", () => {
    const { reading } = read("빵이 정말 맛없어요");
    expect(reading!.positive).toBeLessThan(0.3);
    expect(reading!.words.map(({ word }) => word)).toEqual(["빵이", "정말", "맛없어요"]);
    expect(read("빵이 정말").reading!.positive).toBeCloseTo(reading!.words[2]!.without, 6);
    expect(turningWord(reading)).toBe(reading!.words[2]!.without > 0.5 ? "맛없어요" : undefined);
  });

  test("bad input: nothing, no Hangul, endless, unknown", () => {
    expect(read("").reading).toBeUndefined();
    expect(readingText(undefined, " ")).toMatch(/적어 주세요/);
    expect(read("👍👍 good 100").reading).toBeUndefined();
    expect(readingText(undefined, "👍")).toMatch(/한글이 없어서/);
    const long = read("좋아요 ".repeat(2500)).reading!;
    expect(long.isCut).toBe(true);
    expect(readingText(long, long.text)).toMatch(/앞의 60글자만/);
    const unknown = read("뷁쀍").reading!;
    expect(unknown.known).toBe(0);
    expect(readingText(unknown, "뷁쀍")).toMatch(/근거가 없습니다/);
  });
});

test("a sentence put right is learned", () => {
  const own = [{ text: "잠이 안 오는 분께 이 영화를 추천합니다", label: 0 }];
  const trainer = createSentimentTrainer({ seed: 1, own });
  trainer.setLive({ text: own[0]!.text });
  trainer.advance(STEPS / 2);
  expect(trainer.frame().frame.own[0]).toBeLessThan(0.5);
});

test("addresses carry the sentence; what is too long or broken is refused", () => {
  const state = { ...sentimentState.defaults, text: "50%; 좋다=좋다" };
  expect(sentimentState.decode(sentimentState.encode(state)).state).toEqual(state);
  expect(sentimentState.decode("1;text=%E0%A4%A").problems).toEqual(["text"]);
  expect(sentimentState.decode(`1;text=${"a".repeat(LONGEST_TEXT + 1)}`).problems).toEqual(["text"]);
});

test("goals: each is reached by what it says and by nothing less", () => {
  const right = Float32Array.from(TEST_SENTENCES, ({ label }) => label);
  const words = [
    { word: "안", without: 0.9 },
    { word: "좋아요", without: 0.3 },
  ];
  const reading: Reading = { text: "", positive: 0.2, words, pieces: 9, known: 9, isCut: false };
  const frame: SentimentFrame = {
    ...{ steps: STEPS, parameterCount: 1, knownPieces: 1, test: right, reading },
    own: Float32Array.of(0.1),
  };
  const full: Visit = { frame, own: [{ text: "가", label: 0 }], corrected: true };
  const done = (patch: Partial<Visit>) =>
    sentimentGoals({ ...full, ...patch })
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  expect(done({})).toEqual(["trained", "turning", "corrected", "mended"]);
  expect(done({ frame: { ...frame, steps: STEPS - 1 } })).toEqual(["corrected"]);
  expect(done({ frame: { ...frame, test: right.map((share) => 1 - share) } })).not.toContain("trained");
  expect(done({ frame: { ...frame, reading: { ...reading, positive: 0.6 } } })).toContain("turning");
  expect(done({ frame: { ...frame, reading: undefined } })).not.toContain("turning");
  expect(done({ frame: { ...frame, own: Float32Array.of(0.8) } })).not.toContain("mended");
  expect(done({ own: [] })).not.toContain("mended");
  expect(done({ corrected: false })).not.toContain("corrected");
  expect(turningWord({ ...reading, words: words.slice(0, 1) })).toBeUndefined();
});
