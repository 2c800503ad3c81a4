import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/learner/record.ts";
import { gradeAnswer } from "../../src/quiz/grading/grade-answer.ts";
import { type Labelled, questions, readLabelled } from "./questions.ts";

const ORDER: Readonly<Record<Verdict, number>> = { incorrect: 0, partial: 1, correct: 2 };

/** What share is graded as labelled, and the answers that are not. */
function measure(answers: readonly Labelled[]) {
  const missed = answers.flatMap(({ id, answer, verdict }) => {
    const found = gradeAnswer(questions.find((question) => question.id === id)!.rubric, answer).verdict;
    if (found === verdict) return [];
    const kind = ORDER[found] > ORDER[verdict] ? "too kind" : "too strict";
    return [`${kind}: ${id} “${answer}” is ${verdict}, graded ${found}`];
  });
  return { share: 1 - missed.length / answers.length, missed };
}

const examples = new Set(
  questions.flatMap(({ id, examples: written }) =>
    Object.values(written)
      .flat()
      .map((answer) => `${id} ${answer}`),
  ),
);

describe.each([
  ["held-out.yaml", 30, 0.98],
  ["strangers.yaml", 150, 0.98],
])("%s", (name, atLeast, wanted) => {
  const answers = readLabelled(name);

  test.each(questions.map(({ id }) => id))(`%s: at least ${wanted * 100} % as a fair teacher`, (id) => {
    const own = answers.filter((answer) => answer.id === id);
    expect(own.length).toBeGreaterThanOrEqual(atLeast);
    const { share, missed } = measure(own);
    expect(share, missed.join("\n")).toBeGreaterThanOrEqual(wanted);
  });

  test("no answer is an example of its question", () => {
    expect(answers.filter(({ id, answer }) => examples.has(`${id} ${answer}`))).toEqual([]);
  });

  test("a wrong answer is never graded right", () => {
    const { missed } = measure(answers.filter(({ verdict }) => verdict === "incorrect"));
    expect(missed.filter((text) => text.endsWith("graded correct"))).toEqual([]);
  });
});
