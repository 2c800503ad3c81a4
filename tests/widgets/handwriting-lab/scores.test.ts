import { expect, test } from "vitest";
import type { HandwritingFrame, Scores } from "../../../src/widgets/handwriting-lab/experiment.ts";
import { handwritingGoals, TRAINED } from "../../../src/widgets/handwriting-lab/goals.ts";
import {
  confusionOf,
  SHIFTS,
  shiftedPictures,
  worstMistakes,
  worstPairs,
} from "../../../src/widgets/handwriting-lab/scores.ts";
import { divergenceText, quoted, shiftText, verdictText } from "../../../src/widgets/handwriting-lab/text.ts";

const LABELS = [0, 1, 2, 1, 0, 2];
const ANSWERS = Int32Array.from([0, 2, 2, 2, 1, 2]);

test("confusion, pairs and mistakes by hand", () => {
  const confusion = confusionOf(LABELS, ANSWERS, 3);
  expect([...confusion]).toEqual([1, 1, 0, 0, 0, 2, 0, 0, 2]);
  expect(worstPairs(confusion, 3, 5)).toEqual([
    { label: 1, answer: 2, count: 2 },
    { label: 0, answer: 1, count: 1 },
  ]);
  expect(worstMistakes(LABELS, ANSWERS, Float32Array.from([0, 1, 0, 3, 2, 0]), 2)).toEqual([3, 4]);
});

test("moved pictures lose what leaves them and get paper behind", () => {
  const pictures = {
    rows: 2,
    columns: 3,
    pixels: Uint8Array.from([0, 51, 102, 153, 204, 255]),
    labels: new Uint8Array(1),
  };
  const target = new Float32Array(6).fill(9);
  const moved = (right: number) => {
    shiftedPictures(pictures, 1, right, target);
    return Array.from(target, (value) => Math.round(value * 255));
  };
  expect(moved(0)).toEqual([0, 51, 102, 153, 204, 255]);
  expect(moved(1)).toEqual([0, 0, 51, 0, 153, 204]);
  expect(moved(-2)).toEqual([102, 0, 0, 255, 0, 0]);
});

const scores = (testAccuracy: number): Scores => ({
  ...{ trainLoss: 0, testLoss: 0, trainAccuracy: testAccuracy, testAccuracy },
  ...{ confusion: new Int32Array(100), mistakes: [] },
});

function frameOf(accuracy: number, patch: Partial<HandwritingFrame> = {}): HandwritingFrame {
  return {
    ...{ steps: 500, scoredAt: 500, seconds: 3, reached: undefined, learningRate: 0.005 },
    scores: { cnn: scores(accuracy), mlp: scores(0.9) },
    parameters: { cnn: 6898, mlp: 7165 },
    shown: {
      ...{ picture: new Float32Array(784), label: undefined, layers: [] },
      probabilities: { cnn: new Float32Array(10), mlp: new Float32Array(10) },
    },
    kernels: { window: 3, values: new Float32Array(72) },
    templates: new Float32Array(0),
    shift: undefined,
    memory: { steps: 500, seconds: 3, cnn: {}, mlp: {} },
    ...patch,
  };
}

test("goals: each is reached by what it says and by nothing less", () => {
  const nothing = { before: false, after: false, broken: false };
  const done = (frame: HandwritingFrame | undefined, visit = nothing, data: "digits" | "jamo" = "digits") =>
    handwritingGoals({ data }, frame, visit)
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  expect(done(undefined)).toEqual([]);
  expect(done(frameOf(0.969))).toEqual([]);
  expect(done(frameOf(0.97))).toEqual(["accurate"]);
  expect(done(frameOf(0.97), nothing, "jamo")).toEqual([]);
  expect(done(frameOf(0.97, { steps: 0 }))).toEqual([]);
  expect(done(frameOf(0.96, { parameters: { cnn: 5000, mlp: 5000 } }))).toEqual(["small"]);
  const shift = (far: number) => ({
    steps: 500,
    cnn: SHIFTS.map((by) => (Math.abs(by) === 5 ? far : 0.9)),
    mlp: [],
  });
  expect(done(frameOf(0.9, { shift: shift(0.8) }))).toEqual(["shift"]);
  expect(done(frameOf(0.9, { shift: shift(0.79) }))).toEqual([]);
  expect(done(frameOf(0.9), { ...nothing, broken: true })).toEqual(["repair"]);
  expect(done(frameOf(0.1), { before: true, after: true, broken: false })).toEqual(["own"]);
  expect(TRAINED).toBeGreaterThan(0);
});

test("sentences carry the measured numbers and the right particles", () => {
  expect([
    quoted("7", "을/를"),
    quoted("2", "을/를"),
    quoted("1", "으로/로"),
    quoted("3", "으로/로"),
  ]).toEqual(["‘7’을", "‘2’를", "‘1’로", "‘3’으로"]);
  expect([quoted("ㄹ", "으로/로"), quoted("ㅁ", "으로/로"), quoted("ㅏ", "이라/라")]).toEqual([
    "‘ㄹ’로",
    "‘ㅁ’으로",
    "‘ㅏ’라",
  ]);
  const classes = [..."0123456789"];
  expect(verdictText(frameOf(0.1), classes)).toContain("찍는 것과 다르지 않습니다");
  expect(verdictText(frameOf(0.97), classes)).toContain("CNN은 97.0%, MLP는 90.0%");
  expect(divergenceText({ step: 12, node: "cnn z2" })).toContain("12번째 걸음에서 CNN의 값(z2)");
  const flat = { steps: 1, cnn: SHIFTS.map(() => 0.5), mlp: SHIFTS.map((by) => (by > 0 ? 0.4 : 0.2)) };
  expect(shiftText(flat)).toContain("2픽셀 옮기면 CNN 50%, MLP 30%");
});
