import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Verdict } from "../../src/learner/record.ts";
import { type Grade, gradeAnswer } from "../../src/quiz/grading/grade-answer.ts";
import { type QuestionEntry, questionEntry } from "../../src/quiz/schema.ts";
import { parseYamlList } from "../../src/site/content/yaml-list.ts";

export const QUIZ_FILE = "content/quizzes/08-conclusion.yaml";
export const quizText = readFileSync(join(import.meta.dirname, "../..", QUIZ_FILE), "utf8");

export type ShortEntry = Extract<QuestionEntry, { type: "short" }>;

/** The questions of the mini quiz. Reading them grades every example, as the build does. */
export const questions: readonly ShortEntry[] = parseYamlList(quizText, QUIZ_FILE, questionEntry).filter(
  (entry): entry is ShortEntry => entry.type === "short",
);

/** Grades an answer to the question of this number, from 1. */
export function grade(number: number, answer: string): Grade {
  return gradeAnswer(questions[number - 1]!.rubric, answer);
}

export const VERDICTS = ["correct", "partial", "incorrect"] as const satisfies readonly Verdict[];

export interface Labelled {
  readonly id: string;
  readonly answer: string;
  readonly verdict: Verdict;
}

/** The answers of a file `question id → verdict → answers`. */
export function readLabelled(name: string): Labelled[] {
  const file: Record<string, Partial<Record<Verdict, string[]>>> = parse(
    readFileSync(join(import.meta.dirname, name), "utf8"),
  );
  return Object.entries(file).flatMap(([id, answers]) =>
    VERDICTS.flatMap((verdict) => (answers[verdict] ?? []).map((answer) => ({ id, answer, verdict }))),
  );
}
