import { useId, useState } from "preact/hooks";
import { readOwnText } from "../../data/own-text.ts";
import { Button } from "../../ui/controls.tsx";
import { isLongEnough } from "./state.ts";
import { reportOf } from "./text.ts";

export interface OwnTextProps {
  text: string;
  onText: (text: string) => void;
}

/** The learner's own text: typed or pasted, and taken over by a press. It never leaves the device. */
export function OwnText({ text, onText }: OwnTextProps) {
  const id = useId();
  const [draft, setDraft] = useState(text);
  const [said, setSaid] = useState("");
  return (
    <div class="og-own ui-field">
      <label for={id}>내 글: 일기, 노랫말, 좋아하는 글을 붙여 넣으세요</label>
      <textarea
        id={id}
        class="ui-text"
        rows={5}
        value={draft}
        onInput={(event) => setDraft(event.currentTarget.value)}
      />
      <Button
        onClick={() => {
          const read = readOwnText(draft);
          setSaid(reportOf({ text: read, kinds: new Set(read.text).size }));
          if (isLongEnough(read.text)) onText(read.text);
        }}
      >
        이 글로 배우기
      </Button>
      <p class="og-hint" role="status">
        {said || "적은 글은 이 기기를 떠나지 않습니다."}
      </p>
    </div>
  );
}
