import { useEffect, useState } from "preact/hooks";
import type { OwnWord } from "./own-words.ts";
import { keepWords, loadWords } from "./storage.ts";

export interface OwnWords {
  readonly words: readonly OwnWord[];
  /** Whether and where they are kept, in Korean. */
  readonly saved: string;
  change(words: readonly OwnWord[]): void;
}

const open = () => window.localStorage;

/** The learner's words, taken up from the last visit and kept after every change. */
export function useOwnWords(): OwnWords {
  const [words, setWords] = useState<readonly OwnWord[]>([]);
  const [saved, setSaved] = useState("");
  useEffect(() => {
    const kept = loadWords(open);
    if (kept.kind === "words") {
      setWords(kept.words);
      setSaved("지난번에 그린 것을 이어서 씁니다.");
    } else if (kept.kind === "damaged") {
      setSaved("저장해 둔 그림이 손상되어 읽지 못했습니다. 새로 그리면 그 자리에 저장합니다.");
    } else if (kept.kind === "blocked") {
      setSaved("이 브라우저가 저장을 막아 두었습니다. 페이지를 닫으면 그림이 사라집니다.");
    }
  }, []);
  return {
    ...{ words, saved },
    change: (next) => {
      setWords(next);
      const written = keepWords(open, next);
      if (written === "written")
        setSaved(next.length > 0 ? "이 기기에 저장했습니다." : "저장한 것도 지웠습니다.");
      else if (written === "full")
        setSaved("저장 공간이 모자라 저장하지 못했습니다. 페이지를 닫으면 사라집니다.");
      else setSaved("이 브라우저가 저장을 막아 두었습니다. 페이지를 닫으면 그림이 사라집니다.");
    },
  };
}
