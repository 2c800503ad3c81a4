import { type LearnerRecord, own, type Verdict } from "../learner/record.ts";
import type { Question } from "./question.ts";

export interface SummaryItem {
  readonly question: Question;
  /** `undefined` until it has been answered. */
  readonly verdict: Verdict | undefined;
  readonly overridden: boolean;
}

export interface Summary {
  readonly items: readonly SummaryItem[];
  readonly answered: number;
  /** Right by the grader or by the learner's own judgement. */
  readonly right: number;
  readonly partial: number;
}

/** How a quiz stands, from the learner's record. An answer to an older version of a question counts as none. */
export function summarize(questions: readonly Question[], { answers }: LearnerRecord): Summary {
  const items = questions.map((question): SummaryItem => {
    const answer = own(answers, question.id);
    const current = answer?.version === question.version ? answer : undefined;
    return { question, verdict: current?.verdict, overridden: current?.overridden ?? false };
  });
  const isRight = ({ verdict, overridden }: SummaryItem) => verdict === "correct" || overridden;
  return {
    items,
    answered: items.filter(({ verdict }) => verdict !== undefined).length,
    right: items.filter(isRight).length,
    partial: items.filter((item) => item.verdict === "partial" && !isRight(item)).length,
  };
}
