import { describe, expect, test } from "vitest";
import { exportFileName } from "../../src/learner/download.ts";
import { lessonProgress } from "../../src/learner/progress.ts";
import { type AnswerRecord, EMPTY_RECORD } from "../../src/learner/record.ts";

const lesson = {
  id: "01-deep",
  widgets: ["depth-playground", "wide-deep"],
  questions: ["q1", "q2", "q3", "q4"],
};

const answer = (verdict: AnswerRecord["verdict"], overridden = false): AnswerRecord => ({
  version: 1,
  response: "답",
  verdict,
  attempts: 1,
  overridden,
  revealed: false,
  at: "2026-01-01T00:00:00.000Z",
});

describe("progress of a lesson", () => {
  test("an empty record is untouched", () => {
    expect(lessonProgress(EMPTY_RECORD, lesson)).toMatchObject({ fraction: 0, state: "untouched", goals: 0 });
  });

  test("is the mean of reading, widgets and questions", () => {
    const record = {
      ...EMPTY_RECORD,
      read: { "01-deep": 0.475, "02-perceptron": 1 },
      goals: { "depth-playground": ["xor", "spiral"], "perceptron-lab": ["and"] },
      answers: {
        q1: answer("correct"),
        q2: answer("incorrect"),
        q3: answer("partial", true),
        other: answer("correct"),
      },
    };
    // Half read, one of two widgets, three of four questions: (0.5 + 0.5 + 0.75) / 3.
    const progress = lessonProgress(record, lesson);
    expect(progress.fraction).toBeCloseTo(0.58333, 4);
    expect(progress).toMatchObject({
      state: "started",
      goals: 2,
      widgets: { done: 1, total: 2 },
      questions: { done: 3, total: 4 },
      correct: 2,
    });
  });

  test("parts a lesson does not have do not count", () => {
    const record = { ...EMPTY_RECORD, read: { a: 0.96 } };
    expect(lessonProgress(record, { id: "a", widgets: [], questions: [] })).toMatchObject({
      fraction: 1,
      state: "finished",
    });
  });

  test("names of object members are ordinary ids", () => {
    const odd = { id: "constructor", widgets: ["toString"], questions: ["valueOf"] };
    expect(lessonProgress(EMPTY_RECORD, odd)).toMatchObject({ fraction: 0, state: "untouched" });
  });
});

test("the export file carries the date", () => {
  expect(exportFileName(new Date(2026, 0, 5))).toBe("깊이-기록-2026-01-05.json");
});
