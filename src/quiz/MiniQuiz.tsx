import { useCallback, useState } from "preact/hooks";
import { useRecord } from "../learner/use-record.ts";
import QuestionCard from "./QuestionCard.tsx";
import type { Question } from "./question.ts";
import { VerdictMark } from "./Result.tsx";
import { summarize } from "./summary.ts";

export interface ReviewLink {
  readonly href: string;
  readonly title: string;
}

export interface MiniQuizProps {
  questions: readonly Question[];
  /** Question id → the lesson to go back to, where it is written. */
  reviews: Readonly<Record<string, ReviewLink>>;
}

/** Questions one after another with one status line, and a summary once all have been answered. */
export default function MiniQuiz({ questions, reviews }: MiniQuizProps) {
  const [status, setStatus] = useState("");
  const record = useRecord();
  const summary = summarize(questions, record);
  const announce = useCallback((sentence: string) => setStatus(sentence), []);
  const finished = summary.answered === questions.length;
  return (
    <div class="quiz">
      {questions.map((question, index) => (
        <QuestionCard key={question.id} question={question} number={index + 1} announce={announce} />
      ))}
      <section class="quiz-summary" aria-label="미니 퀴즈 결과">
        {finished ? (
          <>
            <p class="quiz-score">
              {questions.length}문제 가운데 <strong>{summary.right}문제</strong>를 맞혔습니다.
              {summary.partial > 0 && ` ${summary.partial}문제는 일부 맞았습니다.`}
            </p>
            <ol>
              {summary.items.map(({ question, verdict, overridden }) => {
                const review = reviews[question.id];
                return (
                  <li key={question.id}>
                    <a href={`#${question.id}`}>{question.prompt}</a>{" "}
                    {verdict && <VerdictMark verdict={overridden ? "correct" : verdict} />}
                    {overridden && " (내 판단)"}
                    {review && verdict !== "correct" && !overridden && (
                      <>
                        {" "}
                        <a href={review.href}>다시 보기: {review.title}</a>
                      </>
                    )}
                  </li>
                );
              })}
            </ol>
          </>
        ) : (
          <p>
            {questions.length}문제 가운데 {summary.answered}문제에 답했습니다. 모두 답하면 여기에 결과가
            나옵니다.
          </p>
        )}
      </section>
      <p class="visually-hidden" role="status">
        {finished && status !== "" ? `${status} 모두 답했습니다. 결과는 맨 아래에 있습니다.` : status}
      </p>
    </div>
  );
}
