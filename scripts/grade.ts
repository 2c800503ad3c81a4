/**
 * `npm run --silent grade`: grades answers from the standard input, one JSON object a line
 * (`{"question": 1, "answer": "…"}`, the question by its number in the mini quiz or by its id), and writes one
 * JSON line for each, in order. A line that cannot be read gets `{"error": …, "line": …}` and the rest goes on;
 * empty lines at the end are none.
 */
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/** Lines end at `\n` alone: `readline` would also cut at U+2028, which JSON allows inside a text. */
async function* inputLines(): AsyncGenerator<string> {
  let rest: string[] = [];
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) {
    const parts = String(chunk).split("\n");
    for (const part of parts.slice(0, -1)) {
      yield [...rest, part].join("");
      rest = [];
    }
    rest.push(parts.at(-1)!);
  }
  yield rest.join("");
}

async function main() {
  const questions = readQuestions();
  let number = 0;
  let empty = 0;
  const write = (result: object) => process.stdout.write(`${JSON.stringify(result)}\n`);
  for await (const raw of inputLines()) {
    number += 1;
    const line = (number === 1 ? raw.replace(/^\uFEFF/, "") : raw).trim();
    if (line === "") {
      empty += 1;
      continue;
    }
    for (; empty > 0; empty -= 1) write({ error: "빈 줄입니다.", line: number - empty });
    const result = gradeLine(line, questions);
    const room = write("error" in result ? { ...result, line: number } : result);
    if (!room) await once(process.stdout, "drain");
  }
}

// A reader such as `head` that has seen enough is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
await main();
