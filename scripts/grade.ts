/**
 * `npm run --silent grade`: grades answers from the standard input, one JSON object a line
 * (`{"question": 1, "answer": "…"}`, the question by its number in the mini quiz or by its id), and writes one
 * JSON line for each, in order. A line that cannot be read gets `{"error": …}` and the rest goes on.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gradeAnswer } from "../src/quiz/grading/grade-answer.ts";
import type { ShortQuestion } from "../src/quiz/question.ts";
import { questionEntry, withoutExamples } from "../src/quiz/schema.ts";
import { parseYamlList } from "../src/site/content/yaml-list.ts";

const FOLDER = join(import.meta.dirname, "../content/quizzes");
const MINI_QUIZ = "08-conclusion.yaml";

/** Free questions by id, those of the mini quiz by number too. */
function readQuestions(): Map<string, ShortQuestion> {
  const questions = new Map<string, ShortQuestion>();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"))) {
    const entries = parseYamlList(
      readFileSync(join(FOLDER, file), "utf8"),
      `content/quizzes/${file}`,
      questionEntry,
    );
    entries.forEach((entry, index) => {
      const question = withoutExamples(entry);
      if (question.type !== "short") return;
      questions.set(question.id, question);
      if (file === MINI_QUIZ) questions.set(String(index + 1), question);
    });
  }
  return questions;
}

function gradeLine(line: string, questions: ReadonlyMap<string, ShortQuestion>): object {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (error) {
    return { error: `JSON으로 읽지 못했습니다: ${error instanceof Error ? error.message : line}` };
  }
  if (typeof request !== "object" || request === null || !("question" in request) || !("answer" in request)) {
    return { error: '{"question": 1, "answer": "…"} 꼴이어야 합니다.' };
  }
  const { question: name, answer } = request;
  const question =
    typeof name === "string" || typeof name === "number" ? questions.get(String(name)) : undefined;
  if (question === undefined) {
    const known = [...questions.keys()].join(", ");
    return { question: name, error: `없는 문제입니다. 있는 문제: ${known}` };
  }
  if (typeof answer !== "string") return { question: name, error: "answer는 글이어야 합니다." };
  const { verdict, certain, feedback, readAs, missing, misconception } = gradeAnswer(question.rubric, answer);
  return {
    question: name,
    verdict,
    certain,
    feedback,
    readAs,
    missing,
    misconception: misconception ?? null,
  };
}

const questions = readQuestions();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() === "") continue;
  process.stdout.write(`${JSON.stringify(gradeLine(line, questions))}\n`);
}
