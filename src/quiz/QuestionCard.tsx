import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Random } from "../engine/random.ts";
import { Button } from "../ui/controls.tsx";
import { ChoiceField, OrderField, TextField } from "./Fields.tsx";
import type { Response } from "./grade-response.ts";
import { variantAt } from "./grading/grade-numeric.ts";
import type { OrderQuestion, Question } from "./question.ts";
import { Result, verdictWord } from "./Result.tsx";
import { useQuestion } from "./use-question.ts";
import "./quiz.css";

export interface QuestionCardProps {
  question: Question;
  /** Its number within a quiz. */
  number?: number;
  /** A quiz has one status line for all its questions. */
  announce?: (sentence: string) => void;
  onGraded?: () => void;
}

/** One question with its form, its verdict and everything that helps. */
export default function QuestionCard({ question, number, announce, onGraded }: QuestionCardProps) {
  const state = useQuestion(question);
  const { ready, grade, attempts, overridden, restored } = state;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<readonly string[]>(() => firstPick(question));
  const [hints, setHints] = useState(0);
  const [status, setStatus] = useState("");
  const right = grade?.verdict === "correct" || overridden;

  useEffect(() => {
    if (restored !== undefined && typeof restored !== "string") setPicked(readPick(question, restored));
  }, [restored, question]);

  const changes = `${attempts} ${overridden}`;
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (!ready || grade === undefined || seen.current === changes) return;
    // The verdict of an answer restored from the record is not news.
    const news = seen.current !== undefined || restored === undefined;
    seen.current = changes;
    if (news) {
      const sentence = overridden
        ? "맞음으로 표시했습니다."
        : `${verdictWord(grade.verdict)}. ${grade.feedback[0]}`;
      (announce ?? setStatus)(number === undefined ? sentence : `${number}번 ${sentence}`);
    }
    onGraded?.();
  }, [ready, changes, grade, restored, overridden, announce, number, onGraded]);

  const submit = () => {
    seen.current ??= "";
    const written = question.type === "short" || question.type === "numeric";
    const response: Response = written ? (input.current?.value ?? "") : picked;
    state.submit(response);
  };

  const legend = number === undefined ? "" : `${number}. `;
  // A numeric question shows the numbers of the attempt that was graded, until the learner takes the next ones.
  const [fresh, setFresh] = useState(false);
  const attempt = fresh ? attempts : Math.max(0, attempts - 1);
  const retryNumeric = question.type === "numeric" && grade !== undefined && !right && !fresh;
  useEffect(() => setFresh(false), [attempts]);

  return (
    <div class="quiz-card" id={question.id}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset>
          <legend>
            {legend}
            {question.prompt}
          </legend>
          {question.type === "numeric" && <p class="quiz-variant">{variantAt(question, attempt).prompt}</p>}
          <AnswerField
            id={id}
            question={question}
            input={input}
            restored={restored}
            picked={picked}
            explained={explainedOptions(question, grade !== undefined, right || state.revealed, state)}
            onPick={setPicked}
          />
        </fieldset>
        <div class="quiz-actions">
          {!retryNumeric && (
            <button type="submit" class="ui-button ui-button-primary" disabled={!ready}>
              {attempts === 0 ? "제출" : "다시 제출"}
            </button>
          )}
          {retryNumeric && (
            <Button
              kind="primary"
              onClick={() => {
                setFresh(true);
                if (input.current) {
                  input.current.value = "";
                  input.current.focus();
                }
              }}
            >
              새 숫자로 다시 풀기
            </Button>
          )}
          {!right && hints < question.hints.length && (
            <Button kind="quiet" disabled={!ready} onClick={() => setHints(hints + 1)}>
              {hints === 0 ? "힌트" : "힌트 더 보기"}
            </Button>
          )}
        </div>
      </form>
      {state.complaint !== undefined && <p class="quiz-complaint">{state.complaint}</p>}
      {hints > 0 && !right && (
        <ul class="quiz-hints">
          {question.hints.slice(0, hints).map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      )}
      {grade !== undefined && !fresh && <Result question={question} state={state} grade={grade} />}
      {announce === undefined && (
        <p class="visually-hidden" role="status">
          {state.complaint ?? status}
        </p>
      )}
    </div>
  );
}

function AnswerField(props: {
  id: string;
  question: Question;
  input: { current: HTMLInputElement | null };
  restored: Response | undefined;
  picked: readonly string[];
  explained: readonly string[];
  onPick: (picked: readonly string[]) => void;
}) {
  const { question, id, input, restored, picked, explained, onPick } = props;
  switch (question.type) {
    case "short":
      return <TextField id={id} label="내 답" input={input} restored={restored} />;
    case "numeric":
      return (
        <TextField id={id} label="내 답" numeric unit={question.unit} input={input} restored={restored} />
      );
    case "choice":
      return <ChoiceField question={question} chosen={picked} explained={explained} onChange={onPick} />;
    case "order":
      return <OrderField question={question} order={picked} onChange={onPick} />;
  }
}

/** The reason of each graded option; of all of them once the question is settled. */
function explainedOptions(
  question: Question,
  graded: boolean,
  settled: boolean,
  { response }: { response: Response | undefined },
): readonly string[] {
  if (question.type !== "choice" || !graded) return [];
  if (settled) return question.options.map(({ id }) => id);
  return typeof response === "string" || response === undefined ? [] : response;
}

/** Steps begin in another order than the right one, the same for everybody. */
function firstPick(question: Question): readonly string[] {
  return question.type === "order" ? shuffled(question) : [];
}

function shuffled({ id, steps }: OrderQuestion): readonly string[] {
  const ids = steps.map((step) => step.id);
  const seed = [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_003;
  const random = new Random(seed);
  const order = random.shuffle(Int32Array.from(ids, (_, index) => index));
  const mixed = [...order].map((index) => ids[index]!);
  return mixed.every((value, at) => value === ids[at]) ? mixed.toReversed() : mixed;
}

/** A stored answer, as far as it fits the question of today. */
function readPick(question: Question, stored: readonly string[]): readonly string[] {
  if (question.type === "choice") {
    return stored.filter((value) => question.options.some(({ id }) => id === value));
  }
  if (question.type !== "order") return [];
  const ids = question.steps.map(({ id }) => id);
  const complete = stored.length === ids.length && ids.every((value) => stored.includes(value));
  return complete ? stored : firstPick(question);
}
