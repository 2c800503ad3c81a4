import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DOODLES } from "../../../src/data/datasets.ts";
import { pickPictures } from "../../../src/data/pictures.ts";
import { prepareStrokes } from "../../../src/data/strokes.ts";
import { Random } from "../../../src/engine/random.ts";
import { exampleWords } from "../../../src/widgets/doodle-recognizer/examples.ts";
import { doodleGoals, type Visit } from "../../../src/widgets/doodle-recognizer/goals.ts";
import { verdict } from "../../../src/widgets/doodle-recognizer/Known.tsx";
import {
  type Example,
  LastLayer,
  nearestOf,
  STEPS,
  scaled,
} from "../../../src/widgets/doodle-recognizer/last-layer.ts";
import { PREPARATION } from "../../../src/widgets/doodle-recognizer/Own.tsx";
import {
  addDrawing,
  addWord,
  canTeach,
  LONGEST_NAME,
  MOST_DRAWINGS,
  MOST_WORDS,
  type OwnWord,
  readName,
  readWords,
  removeDrawing,
  removeWord,
  writeWords,
} from "../../../src/widgets/doodle-recognizer/own-words.ts";
import { NETWORK_BYTES } from "../../../src/widgets/doodle-recognizer/protocol.ts";
import { type LeftOut, surveyOf, topOf } from "../../../src/widgets/doodle-recognizer/recognizer.ts";
import { ASKED_WORDS, doodleState } from "../../../src/widgets/doodle-recognizer/state.ts";
import { keepWords, loadWords, WORDS_KEY } from "../../../src/widgets/doodle-recognizer/storage.ts";
import { findingOf } from "../../../src/widgets/doodle-recognizer/Taught.tsx";
import { loadRecognizer, loadTestPictures } from "./pretrained.ts";

/** Softmax regression by plain loops in double precision: rate ½, decay 0.001, from 0. */
function byHand(examples: readonly Example[], classes: number, without?: number) {
  const width = examples[0]!.features.length;
  const weights = Array.from({ length: classes }, () => new Array<number>(width + 1).fill(0));
  const kept = examples.filter((_, i) => i !== without);
  const probabilitiesOf = (x: ArrayLike<number>) => {
    const powers = weights.map((w) => {
      let z = w[width]!;
      for (let k = 0; k < width; k++) z += w[k]! * x[k]!;
      return Math.exp(z);
    });
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  };
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map((w) => w.map((value, k) => (k < width ? 0.001 * value : 0)));
    let loss = 0;
    for (const { features, label } of kept) {
      const p = probabilitiesOf(features);
      loss -= Math.log(p[label]!) / kept.length;
      for (let c = 0; c < classes; c++) {
        const error = (p[c]! - (c === label ? 1 : 0)) / kept.length;
        for (let k = 0; k <= width; k++) slopes[c]![k]! += error * (k < width ? features[k]! : 1);
      }
    }
    losses.push(loss);
    weights.forEach((w, c) => {
      for (let k = 0; k <= width; k++) w[k]! -= 0.5 * slopes[c]![k]!;
    });
  }
  return { losses, probabilitiesOf };
}

describe("a new last layer", () => {
  const random = new Random(3);
  const examples = Array.from({ length: 7 }, (_, i) => ({
    features: scaled(Float32Array.from({ length: 6 }, () => random.normal(i % 3, 1))),
    label: i % 3,
  }));

  test.each([undefined, 4])("learns as plain loops do, with all drawings or without one", (without) => {
    const layer = new LastLayer(examples, 3);
    layer.train(2);
    const losses = layer.train(without);
    const hand = byHand(examples, 3, without);
    expect(losses[0]).toBeCloseTo(Math.log(3), 5);
    expect(losses.at(-1)).toBeCloseTo(hand.losses.at(-1)!, 4);
    const at = hand.probabilitiesOf(examples[4]!.features);
    layer.look(examples[4]!.features).forEach((p, i) => {
      expect(p).toBeCloseTo(at[i]!, 4);
    });
  });

  test("features are brought to one length; nothing stays nothing", () => {
    expect(Math.hypot(...scaled([3, 4]))).toBeCloseTo(5, 6);
    expect(Array.from(scaled([0, 0]))).toEqual([0, 0]);
  });

  test("the nearest other example", () => {
    const points = [0, 3, 10].map((x, label) => ({ features: Float32Array.of(x), label }));
    expect(nearestOf(points, [1])).toEqual({ at: 0, distance: 1 });
    expect(nearestOf(points, [1], 0)).toEqual({ at: 1, distance: 4 });
  });
});

describe("own words", () => {
  const two = addWord(addWord([], "하트"), "별똥별");
  const dot = [[{ x: 0.5, y: 0.5 }]];

  test("names are trimmed, composed, and refused with a reason", () => {
    expect(readName("  하 트 ", [])).toEqual({ name: "하 트" });
    expect(readName("하트", [])).toEqual({ name: "하트" });
    for (const text of ["", "   ", "♥", "가".repeat(LONGEST_NAME + 1), "하트"]) {
      expect(readName(text, two)).toHaveProperty("problem");
    }
    const full = Array.from({ length: MOST_WORDS }, (_, i) => ({ name: `말${i}`, drawings: [] }));
    expect(readName("더", full)).toHaveProperty("problem");
  });

  test("drawings come and go, and there are never too many", () => {
    let words: readonly OwnWord[] = two;
    for (let i = 0; i < MOST_DRAWINGS + 3; i++) words = addDrawing(words, 1, dot);
    expect(words.map(({ drawings }) => drawings.length)).toEqual([0, MOST_DRAWINGS]);
    expect(addDrawing(words, 0, [])).toEqual(words);
    expect(canTeach(words)).toBe(false);
    words = addDrawing(addDrawing(words, 0, dot), 0, dot);
    expect(canTeach(words)).toBe(true);
    expect(removeDrawing(words, 0, 1)[0]!.drawings).toHaveLength(1);
    expect(removeWord(words, 0).map(({ name }) => name)).toEqual(["별똥별"]);
  });

  test("they are kept as text and come back; damaged text is told", () => {
    const words = exampleWords();
    const back = readWords(writeWords(words))!;
    expect(back.map(({ name, drawings }) => [name, drawings.length])).toEqual(
      words.map(({ name, drawings }) => [name, drawings.length]),
    );
    // Places are rounded to a grid of 64: the same pictures but for a trace.
    const [before, after] = [words, back].map((each) => prepareStrokes(each[0]!.drawings[0]!, PREPARATION));
    const difference = before!.reduce((sum, value, i) => sum + Math.abs(value - after![i]!), 0);
    expect(difference).toBeLessThan(0.3 * before!.reduce((sum, value) => sum + value, 0));
    for (const text of ["", "{", "[]", '{"version":2,"words":[]}', '{"version":1}']) {
      expect(readWords(text)).toBeUndefined();
    }
    expect(readWords('{"version":1,"words":[{"name":"가","drawings":["??",3]},5]}')).toEqual([
      { name: "가", drawings: [] },
    ]);
  });

  test("storage: kept, taken away, full, blocked", () => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, text: string) => void items.set(key, text),
      removeItem: (key: string) => void items.delete(key),
    } as Storage;
    expect(loadWords(() => storage).kind).toBe("empty");
    expect(keepWords(() => storage, two)).toBe("written");
    expect(loadWords(() => storage)).toEqual({ kind: "words", words: two });
    items.set(WORDS_KEY, "zerstört");
    expect(loadWords(() => storage).kind).toBe("damaged");
    keepWords(() => storage, []);
    expect(items.size).toBe(0);
    const refusing = (name: string) => () =>
      ({
        setItem: () => {
          throw new DOMException("", name);
        },
      }) as unknown as Storage;
    expect(keepWords(refusing("QuotaExceededError"), two)).toBe("full");
    expect(keepWords(refusing("SecurityError"), two)).toBe("blocked");
    expect(loadWords(() => undefined).kind).toBe("blocked");
  });
});

describe("the pretrained network", () => {
  const recognizer = loadRecognizer();

  test("its size is told rightly, and the words asked for are among its classes", () => {
    const url = new URL("../../../public/models/doodles.onnx", import.meta.url);
    expect(NETWORK_BYTES).toBe(statSync(url).size);
    expect(ASKED_WORDS.map((i) => DOODLES.classes[i])).not.toContain(undefined);
    expect(doodleState.decode("1;asked=10").problems).toEqual(["asked"]);
  });

  test("held-out doodles: the survey counts what single looks answer", async () => {
    const all = await loadTestPictures("doodles");
    const pictures = pickPictures(
      all,
      Array.from({ length: 60 }, (_, i) => 13 * i),
    );
    const work = recognizer.survey(pictures);
    let next = work.next();
    while (!next.done) next = work.next();
    const { accuracy, topFive, confusions, perClass } = next.value;
    const right = Array.from({ length: 60 }, (_, i) => {
      const picture = Float32Array.from(pictures.pixels.subarray(784 * i, 784 * (i + 1)), (v) => v / 255);
      return topOf(recognizer.look(picture).probabilities, 1)[0] === pictures.labels[i];
    }).filter(Boolean).length;
    expect(accuracy).toBeCloseTo(right / 60, 9);
    expect(accuracy).toBeGreaterThan(0.7);
    expect(topFive).toBeGreaterThan(accuracy);
    expect(confusions.reduce((sum, { count }) => sum + count, 0)).toBe(60 - right);
    expect(perClass.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });

  test("words it never knew, five drawings each: learned at once, measured on drawings kept back", () => {
    const words = exampleWords();
    const drawn = words.flatMap(({ drawings }, label) =>
      drawings.map((strokes) => ({ label, picture: prepareStrokes(strokes, PREPARATION) })),
    );
    expect(recognizer.look(drawn[0]!.picture).own).toBeUndefined();
    const taught = recognizer.teach(drawn, 3, "a4");
    expect(taught.parameters).toBe(97 * 3);
    expect(taught.right).toBe(15);
    expect(taught.losses.at(-1)).toBeLessThan(0.5 * taught.losses[0]!);
    const { own } = recognizer.look(drawn[7]!.picture);
    expect(own!.nearest).toBe(1);
    expect(own!.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(topOf(own!.probabilities, 1)).toEqual([1]);
    const work = recognizer.leaveOneOut(drawn, 3, "a4");
    let next = work.next();
    while (!next.done) next = work.next();
    expect(next.value.count).toBe(15);
    expect(next.value.features).toBeGreaterThanOrEqual(12);
    // Measuring leaves what was taught as it was.
    expect(recognizer.look(drawn[7]!.picture).own!.probabilities).toEqual(own!.probabilities);
    recognizer.forget();
    expect(recognizer.look(drawn[0]!.picture).own).toBeUndefined();
  });
});

test("what is mixed up, counted by hand", () => {
  const survey = surveyOf([0, 0, 0, 1, 1, 2], [0, 1, 1, 0, 1, 2], 3, 1);
  expect(survey.accuracy).toBe(0.5);
  expect(survey.confusions.map(({ right, answered, count }) => [right, answered, count])).toEqual([
    [0, 1, 2],
    [1, 0, 1],
  ]);
  expect(survey.confusions[0]!.pictures).toEqual([1, 2]);
  expect(survey.perClass[1]).toEqual({ count: 2, right: 1 });
});

test("sentences say what the numbers say", () => {
  const cat = DOODLES.classes.indexOf("고양이");
  const house = DOODLES.classes.indexOf("집");
  const probabilities = new Float32Array(40);
  expect(verdict([], undefined, cat)).toMatch(/바로바로/);
  probabilities.set([0.9, 0.1], 0);
  probabilities[cat] = 0.95;
  expect(verdict([cat, house], probabilities, cat)).toMatch(/고양이라고 맞혔/);
  expect(verdict([cat, house], probabilities, house)).toMatch(/마흔 낱말 밖/);
  probabilities[house] = 0.9;
  expect(verdict([cat, house], probabilities, cat)).toMatch(/고양이와 집 사이/);
  const found = (features: number) => findingOf({ count: 20, features, pixels: 14, nearest: 12 });
  expect(found(19)).toMatch(/5장 더 맞혔습니다.*5\.0%p/);
  expect(found(9)).toMatch(/픽셀을 쓴 쪽이 5장/);
  expect(found(15)).toMatch(/차이가 1장입니다/);
});

test("goals: each is reached by what it says and by nothing less", () => {
  const words = exampleWords();
  const leftOut: LeftOut = { count: 15, features: 12, pixels: 8, nearest: 9 };
  const survey = surveyOf([0, 1], [0, 0], 2, 1);
  const full: Visit = { recognised: new Set([1, 2, 3]), survey, words, isTaught: true, leftOut };
  const done = (patch: Partial<Visit>) =>
    doodleGoals({ ...full, ...patch })
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  expect(done({})).toEqual(["recognised", "confusions", "taught", "left-out"]);
  expect(done({ recognised: new Set([1, 2]) })).not.toContain("recognised");
  expect(done({ survey: undefined })).not.toContain("confusions");
  expect(done({ isTaught: false })).not.toContain("taught");
  expect(done({ words: removeDrawing(words, 0, 0) })).toEqual(["recognised", "confusions"]);
  expect(done({ leftOut: { ...leftOut, features: 11 } })).not.toContain("left-out");
  expect(done({ leftOut: undefined })).not.toContain("left-out");
});
