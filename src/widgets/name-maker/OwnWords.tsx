import { useId, useState } from "preact/hooks";
import { FEWEST_WORDS, LONGEST_WORD, MOST_WORDS, readWords, type WordList } from "../../data/words.ts";
import { Button } from "../../ui/controls.tsx";
import { SHARED_WORDS } from "./state.ts";

/** Characters of the learner's text that are read. */
const LONGEST_TEXT = 200_000;

export interface OwnWordsProps {
  words: readonly string[];
  onWords: (words: readonly string[]) => void;
}

/** The learner's own list: typed or pasted, and taken over by a press. */
export function OwnWords({ words, onWords }: OwnWordsProps) {
  const id = useId();
  const [text, setText] = useState(() => words.join("\n"));
  const [said, setSaid] = useState("");
  return (
    <div class="nm-own ui-field">
      <label for={id}>내 낱말 목록: 한 줄에 하나씩, 한글로</label>
      <textarea
        id={id}
        class="ui-text nm-input"
        rows={5}
        value={text}
        placeholder={"예: 강아지 이름, 동네 이름, 꽃 이름"}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button
        onClick={() => {
          const list = readWords(text.slice(0, LONGEST_TEXT));
          setSaid(reportOf(list, text.length > LONGEST_TEXT));
          if (list.words.length >= FEWEST_WORDS) onWords(list.words);
        }}
      >
        이 목록으로 배우기
      </Button>
      <p class="nm-hint" role="status">
        {said}
      </p>
    </div>
  );
}

/** What was read, and what was left out and why. */
export function reportOf({ words, foreign, long, repeated, beyond }: WordList, cut: boolean): string {
  const left = [
    foreign > 0 && `한글이 아닌 것이 섞인 ${foreign}개`,
    long > 0 && `${LONGEST_WORD}글자보다 긴 ${long}개`,
    repeated > 0 && `되풀이된 ${repeated}개`,
    beyond > 0 && `${MOST_WORDS.toLocaleString("ko")}개를 넘는 ${beyond.toLocaleString("ko")}개`,
  ].filter((part) => part !== false);
  const without = left.length > 0 ? ` ${left.join(", ")}는 뺐습니다.` : "";
  const short = cut ? " 너무 긴 글이라 앞부분만 읽었습니다." : "";
  if (words.length < FEWEST_WORDS) {
    return `읽은 낱말이 ${words.length}개입니다. ${FEWEST_WORDS}개 이상이어야 배울 수 있습니다.${without}${short}`;
  }
  const shared = words.length > SHARED_WORDS ? ` 공유 링크에는 앞의 ${SHARED_WORDS}개만 담깁니다.` : "";
  return `낱말 ${words.length.toLocaleString("ko")}개로 배웁니다.${without}${short}${shared}`;
}
