import { useId } from "preact/hooks";
import { isHangul, LONGEST_WORD } from "../../data/words.ts";
import type { NameFrame } from "./experiment.ts";

export interface NextProps {
  start: string;
  frame: NameFrame | undefined;
  onStart: (start: string) => void;
}

/** What the network expects after a beginning of the learner's own. */
export function Next({ start, frame, onStart }: NextProps) {
  const id = useId();
  const next = frame?.next;
  return (
    <div class="nm-next">
      <div class="ui-field">
        <label for={id}>이렇게 시작하면 다음은</label>
        <input
          id={id}
          class="ui-text nm-input"
          type="text"
          value={start}
          maxLength={LONGEST_WORD}
          autocomplete="off"
          onInput={(event) => {
            const text = event.currentTarget.value.normalize("NFC").trim();
            // While a syllable is being composed, single letters pass by.
            if (text === "" || isHangul(text)) onStart(text);
          }}
        />
      </div>
      {next ? (
        <ol class="nm-bars">
          {next.map(({ letter, place, probability }) => (
            <li key={`${letter} ${place}`}>
              <span class="nm-letter">{letter ?? "끝"}</span>
              <span class="nm-place">{letter === undefined ? "낱말이 끝남" : (place ?? "")}</span>
              <span class="nm-bar" aria-hidden="true">
                <span style={{ inlineSize: `${100 * probability}%` }} />
              </span>
              <span class="nm-percent">{(100 * probability).toFixed(1)}%</span>
            </li>
          ))}
        </ol>
      ) : (
        <p class="nm-hint">
          {frame
            ? "목록에 한 번도 나오지 않은 글자가 있어서, 다음을 말할 수 없습니다."
            : "준비하고 있습니다."}
        </p>
      )}
    </div>
  );
}
