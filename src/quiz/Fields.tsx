import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/controls.tsx";
import type { Response } from "./grade-response.ts";
import type { ChoiceQuestion, OrderQuestion } from "./question.ts";

/** A line to write on. Not controlled: what is typed before the page is alive stays. */
export function TextField(props: {
  id: string;
  label: string;
  unit?: string;
  numeric?: boolean;
  input: RefObject<HTMLInputElement | null>;
  restored: Response | undefined;
}) {
  const { input, restored } = props;
  useEffect(() => {
    if (input.current && typeof restored === "string" && input.current.value === "") {
      input.current.value = restored;
    }
  }, [input, restored]);
  return (
    <div class="quiz-line">
      <label for={props.id}>{props.label}</label>
      <input
        ref={input}
        id={props.id}
        name="answer"
        type="text"
        inputMode={props.numeric ? "text" : undefined}
        autocomplete="off"
        spellcheck={false}
      />
      {props.unit ? <span class="quiz-unit">{props.unit}</span> : null}
    </div>
  );
}

/** Real radio buttons or check boxes; after an answer the reason stands under each option that was chosen. */
export function ChoiceField(props: {
  question: ChoiceQuestion;
  chosen: readonly string[];
  /** Options whose reason is shown. */
  explained: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { question, chosen, explained, onChange } = props;
  const choose = (id: string, on: boolean) => {
    if (!question.multiple) onChange([id]);
    else onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  };
  return (
    <ul class="quiz-options">
      {question.options.map(({ id, text, reason, correct }) => (
        <li key={id}>
          <label>
            <input
              type={question.multiple ? "checkbox" : "radio"}
              name={question.id}
              value={id}
              checked={chosen.includes(id)}
              onChange={(event) => choose(id, event.currentTarget.checked)}
            />
            <span>{text}</span>
          </label>
          {explained.includes(id) && (
            <p class="quiz-reason" data-verdict={correct ? "correct" : "incorrect"}>
              <span aria-hidden="true">{correct ? "○" : "×"}</span> {correct ? "맞는 보기" : "아닌 보기"}:{" "}
              {reason}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Steps that are moved by buttons, which work by finger and by keyboard alike. */
export function OrderField(props: {
  question: OrderQuestion;
  order: readonly string[];
  onChange: (order: readonly string[]) => void;
}) {
  const { question, order, onChange } = props;
  const [moved, setMoved] = useState("");
  const move = (from: number, to: number) => {
    const next = [...order];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
    const text = question.steps.find(({ id }) => id === order[from])?.text ?? "";
    setMoved(`${text}: ${to + 1}번째`);
  };
  return (
    <>
      <ol class="quiz-order">
        {order.map((id, at) => {
          const text = question.steps.find((step) => step.id === id)?.text ?? "";
          return (
            <li key={id}>
              <span>{text}</span>
              <Button label={`${text}: 위로`} disabled={at === 0} onClick={() => move(at, at - 1)}>
                ↑
              </Button>
              <Button
                label={`${text}: 아래로`}
                disabled={at === order.length - 1}
                onClick={() => move(at, at + 1)}
              >
                ↓
              </Button>
            </li>
          );
        })}
      </ol>
      <p class="visually-hidden" aria-live="polite">
        {moved}
      </p>
    </>
  );
}
