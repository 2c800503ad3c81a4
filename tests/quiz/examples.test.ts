import { describe, expect, test } from "vitest";
import { gradeAnswer } from "../../src/quiz/grading/grade-answer.ts";
import { questionEntry } from "../../src/quiz/schema.ts";
import { parseYamlList } from "../../src/site/content/yaml-list.ts";
import { grade, QUIZ_FILE, questions, quizText, VERDICTS } from "./questions.ts";

test("the mini quiz asks five free questions", () => {
  expect(questions.map(({ id }) => id)).toEqual(["dl-q1", "dl-q2", "dl-q3", "dl-q4", "dl-q5"]);
});

describe.each(questions)("$id", ({ examples, rubric, answer }) => {
  test.each(VERDICTS)("has at least 25 different examples of %s, each graded so", (verdict) => {
    expect(new Set(examples[verdict]).size).toBeGreaterThanOrEqual(25);
    const graded = examples[verdict].map((text) => [text, gradeAnswer(rubric, text).verdict]);
    expect(graded).toEqual(examples[verdict].map((text) => [text, verdict]));
  });

  test("the model answer is right, without doubt", () => {
    expect(gradeAnswer(rubric, answer)).toMatchObject({ verdict: "correct", certain: true });
  });

  test("says something about every answer, in whole Korean sentences", () => {
    for (const text of VERDICTS.flatMap((verdict) => examples[verdict])) {
      for (const sentence of gradeAnswer(rubric, text).feedback) {
        expect(sentence).toMatch(/[가-힣].*[.?]$|빠진 것: ./);
      }
    }
  });
});

test("the questions' own words are no answer", () => {
  for (const [index, { prompt }] of questions.entries()) {
    expect([prompt, grade(index + 1, prompt).verdict]).toEqual([prompt, "incorrect"]);
  }
});

describe("a wrong example", () => {
  /** The quiz with one more example, and the line it stands on. */
  const withExample = (verdict: string, example: string) => {
    const lines = quizText.split("\n");
    const at = lines.indexOf(`    ${verdict}:`, lines.indexOf("  examples:"));
    lines.splice(at + 1, 0, `      - "${example}"`);
    return { text: lines.join("\n"), line: at + 2 };
  };

  test.each([
    ["correct", "데이터가 많아서", "incorrect"],
    ["incorrect", "은닉층이 여러 개라서", "correct"],
    ["partial", "은닉층이 여러 개라서", "correct"],
  ])(
    "among %s stops the build with file, line, answer and what it is graded as",
    (verdict, example, found) => {
      const { text, line } = withExample(verdict, example);
      expect(() => parseYamlList(text, QUIZ_FILE, questionEntry)).toThrow(
        `${QUIZ_FILE}:${line} examples.${verdict}.0: "${example}" is graded ${found}`,
      );
    },
  );

  test("a condition over an unknown concept, a broken pattern and a missing field are named by line too", () => {
    const line = (needle: string) => quizText.split("\n").findIndex((text) => text.includes(needle)) + 1;
    const broken = (from: string, to: string) =>
      parseYamlList(quizText.replace(from, to), QUIZ_FILE, questionEntry);
    expect(() => broken("accept: [w & b]", "accept: [w & bb]")).toThrow(
      /08-conclusion\.yaml:\d+ rubric: unknown concept bb/,
    );
    expect(() => broken("accept: [w & b]", "accept: [w &]")).toThrow(
      `${QUIZ_FILE}:${line("accept: [w & b]")} rubric.accept.0: "w &": expected a concept`,
    );
    expect(() => broken('patterns: ["multi-?layer"', 'patterns: ["multi-?layer("')).toThrow(
      /expected a regular expression/,
    );
    expect(() => broken("  objective: 깊다는", "  objektive: 깊다는")).toThrow(/08-conclusion\.yaml:\d+ /);
  });
});
