import type { Verdict } from "../learner/index.ts";
import { Button } from "../ui/controls.tsx";
import { answerText, explanation, type QuestionGrade } from "./grade-response.ts";
import type { Question } from "./question.ts";
import type { QuestionState } from "./use-question.ts";

const WORDS: Readonly<Record<Verdict, { icon: string; word: string }>> = {
  correct: { icon: "✓", word: "맞음" },
  partial: { icon: "◐", word: "일부 맞음" },
  incorrect: { icon: "✕", word: "아직 아님" },
};

export const verdictWord = (verdict: Verdict): string => WORDS[verdict].word;

/** Icon, word and colour. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { icon, word } = WORDS[verdict];
  return (
    <span class="quiz-verdict" data-verdict={verdict}>
      <span aria-hidden="true">{icon}</span> {word}
    </span>
  );
}

/** What the learner is told about the answer, and what they may do next. */
export function Result(props: { question: Question; state: QuestionState; grade: QuestionGrade }) {
  const { question, state, grade } = props;
  const { revealed, overridden, attempts } = state;
  const attempt = attempts - 1;
  const right = grade.verdict === "correct" || overridden;
  const open = right || revealed;
  const mayJudge = question.type === "short" && !right && revealed;
  return (
    <div class="quiz-result" data-verdict={overridden ? "correct" : grade.verdict}>
      <p>
        <VerdictMark verdict={overridden ? "correct" : grade.verdict} />{" "}
        {overridden ? "내 판단으로 맞음으로 표시했습니다." : grade.feedback.join(" ")}
      </p>
      {open && (
        <p>
          <strong>모범 답안</strong> {answerText(question, attempt)}
        </p>
      )}
      {open && <p>{explanation(question, attempt)}</p>}
      {mayJudge && (
        <p class="quiz-judge">
          모범 답안과 뜻이 같다면 직접 맞음으로 표시할 수 있습니다.{" "}
          <Button onClick={state.override}>내 답이 맞습니다</Button>
        </p>
      )}
      {!open && (
        <p>
          <Button kind="quiet" onClick={state.reveal}>
            답 보기
          </Button>
        </p>
      )}
    </div>
  );
}
