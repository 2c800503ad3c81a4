import type { AnswerRecord } from "../learner/record.ts";
import { type Grade, gradeAnswer } from "./grading/grade-answer.ts";
import { gradeChoice, gradeOrder, type SimpleGrade } from "./grading/grade-choice.ts";
import { gradeNumeric, readNumber, variantAt } from "./grading/grade-numeric.ts";
import type { Question } from "./question.ts";

export type Response = AnswerRecord["response"];
export type QuestionGrade = SimpleGrade & Partial<Pick<Grade, "certain" | "readAs">>;

const asList = (response: Response): readonly string[] => (typeof response === "string" ? [] : response);
const asText = (response: Response): string => (typeof response === "string" ? response : "");

/** @param attempt from 0; numeric questions have other numbers at each */
export function gradeResponse(question: Question, response: Response, attempt: number): QuestionGrade {
  switch (question.type) {
    case "short":
      return gradeAnswer(question.rubric, asText(response));
    case "choice":
      return gradeChoice(question, asList(response));
    case "numeric":
      return gradeNumeric(question, variantAt(question, attempt), asText(response));
    case "order":
      return gradeOrder(question, asList(response));
  }
}

/** Why there is nothing to grade, which is no attempt; `undefined` when there is something. */
export function unreadable(question: Question, response: Response): string | undefined {
  if (typeof response !== "string") return response.length > 0 ? undefined : "답을 먼저 골라 주세요.";
  if (response.trim() === "") return "답을 먼저 적어 주세요.";
  if (question.type === "numeric" && readNumber(response) === undefined) {
    return "숫자를 하나 적어 주세요. 예: -1.5";
  }
  return undefined;
}

/** The right answer in words. */
export function answerText(question: Question, attempt: number): string {
  switch (question.type) {
    case "short":
      return question.answer;
    case "choice":
      return question.options
        .filter(({ correct }) => correct)
        .map(({ text }) => text)
        .join(", ");
    case "numeric": {
      const { answer } = variantAt(question, attempt);
      return `${answer}${question.unit}`;
    }
    case "order":
      return question.steps.map(({ text }, index) => `${index + 1}. ${text}`).join(" → ");
  }
}

/** Why: of the question, and of the numbers just worked out. */
export function explanation(question: Question, attempt: number): string {
  return question.type === "numeric"
    ? `${variantAt(question, attempt).explain} ${question.explain}`
    : question.explain;
}
