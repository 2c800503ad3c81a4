import { useId } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { LONGEST_SENTENCE } from "./state.ts";

/** Pairs that differ in one word or one mark, so that what it does can be seen. */
const EXAMPLES = [
  { label: "모자", text: "몽이는 빨간 모자를 잃어버렸습니다. “내" },
  { label: "우산", text: "몽이는 빨간 우산을 잃어버렸습니다. “내" },
  { label: "물음표", text: "“같이 가자?” 몽이가" },
  { label: "마침표", text: "“같이 가자.” 몽이가" },
  { label: "다람쥐", text: "옛날 옛적 깊은 숲속에 작은 다람쥐 한 마리가 살았습니다. 친구들은 그" },
] as const;

export interface SentenceProps {
  text: string;
  beyond: number;
  onText: (text: string) => void;
}

export function Sentence({ text, beyond, onText }: SentenceProps) {
  const id = useId();
  return (
    <div class="aa-sentence">
      <div class="ui-field">
        <label for={id}>문장</label>
        <input
          id={id}
          class="ui-text"
          type="text"
          value={text}
          autocomplete="off"
          onInput={(event) => onText([...event.currentTarget.value].slice(0, LONGEST_SENTENCE).join(""))}
        />
      </div>
      <div class="aa-toolbar">
        {EXAMPLES.map(({ label, text: example }) => (
          <Button key={label} pressed={text === example} onClick={() => onText(example)}>
            {label}
          </Button>
        ))}
      </div>
      {beyond > 0 && <p class="aa-hint">문장이 길어서 뒤의 토큰 {beyond}개는 보이지 않습니다.</p>}
    </div>
  );
}
