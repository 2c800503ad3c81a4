import { useId } from "preact/hooks";
import type { TextLook } from "./experiment.ts";
import { LONGEST_START } from "./state.ts";

export interface WrittenProps {
  look: TextLook | undefined;
  start: string;
  onStart: (start: string) => void;
}

/** What the network wrote, with its longest copied part marked, and what may follow the start. */
export function Written({ look, start, onStart }: WrittenProps) {
  const id = useId();
  const whole = look ? `${look.start}${look.written}` : "";
  const { start: from, end: to } = look?.copied ?? { start: 0, end: 0 };
  return (
    <div class="og-written">
      <div class="ui-field">
        <label for={id}>이렇게 시작하면 (비워 두면 새 줄에서)</label>
        <input
          id={id}
          class="ui-text"
          type="text"
          value={start}
          autocomplete="off"
          onInput={(event) =>
            onStart([...event.currentTarget.value.normalize("NFC")].slice(0, LONGEST_START).join(""))
          }
        />
      </div>
      <p class="og-sample">
        {whole.slice(0, from)}
        <mark>{whole.slice(from, to)}</mark>
        {whole.slice(to)}
      </p>
      <p class="og-hint">
        칠한 곳: 훈련한 글과 가장 길게 똑같은 <b>{to - from}글자</b>
      </p>
      <p class="og-heading">다음 글자의 확률</p>
      <ol class="og-bars">
        {(look?.next ?? []).map(({ shown, probability }, i) => (
          <li key={i}>
            <span class="og-letter">{shown}</span>
            <span class="og-bar" aria-hidden="true">
              <span style={{ inlineSize: `${100 * probability}%` }} />
            </span>
            <span class="og-percent">{(100 * probability).toFixed(1)}%</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
