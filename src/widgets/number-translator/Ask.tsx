import { useId } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { LONGEST_TEXT } from "./question.ts";

const EXAMPLES = ["2026", "384512", "10000", "만 이천", "십이만 삼천오", "3845129"] as const;

/** The learner's own number, in digits or in words. */
export function Ask({ text, onText }: { text: string; onText: (text: string) => void }) {
  const id = useId();
  return (
    <div class="nt-ask">
      <div class="ui-field">
        <label for={id}>옮길 수: 숫자로, 또는 한글로 읽어서</label>
        <input
          id={id}
          class="ui-text nt-input"
          type="text"
          value={text}
          maxLength={LONGEST_TEXT}
          autocomplete="off"
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <div class="nt-examples">
        {EXAMPLES.map((example) => (
          <Button key={example} kind="quiet" onClick={() => onText(example)}>
            {example}
          </Button>
        ))}
      </div>
    </div>
  );
}
