import { gradeResponse } from "./grade-response.ts";
import type { Question } from "./question.ts";

/** Long enough that every part of the grading is used. */
const SAMPLE_LENGTH = 600;
const ROUNDS = 3;

/**
 * Grades the model answer a few times while the browser is idle: its compilers have then read the rules, and the
 * learner's first answer is graded as fast as every other. Returns how to give it up.
 */
export function warmUp(question: Question): () => void {
  if (question.type !== "short") return () => undefined;
  const sample = `${question.answer} `.repeat(Math.ceil(SAMPLE_LENGTH / (question.answer.length + 1)));
  let left = ROUNDS;
  let cancel = () => {};
  const next = () => {
    left -= 1;
    gradeResponse(question, left === 0 ? sample : question.answer, 0);
    if (left > 0) cancel = whenIdle(next);
  };
  cancel = whenIdle(next);
  return () => cancel();
}

function whenIdle(callback: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(callback);
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(callback, 200);
  return () => clearTimeout(handle);
}
