import { useEffect, useRef, useState } from "preact/hooks";
import { downloadFile, exportFileName } from "./download.ts";
import { learner } from "./index.ts";
import { forgetKeptStates } from "./kept-state.ts";
import "./learner.css";
import { PROBLEMS, ProblemAction } from "./ProblemBanner.tsx";

/** The learner's own record: where it lies, what it holds; export, import, erase. */
export function RecordPanel() {
  useEffect(() => learner.load(), []);
  const [message, setMessage] = useState("");
  const importFile = async (file: File) => {
    try {
      setMessage(learner.importText(await file.text()).message);
    } catch {
      setMessage("파일을 읽지 못했습니다. 기록은 그대로 두었습니다.");
    }
  };
  return (
    <section class="learner-panel" aria-label="내 기록">
      <StorageState />
      <Contents />
      <div class="learner-actions">
        <button type="button" onClick={() => downloadFile(exportFileName(new Date()), learner.exportText())}>
          기록 내보내기
        </button>
        <ImportButton onFile={importFile} />
        <EraseButton say={setMessage} />
      </div>
      <p class="learner-message" role="status">
        {message}
      </p>
    </section>
  );
}

function StorageState() {
  const problem = learner.problem.value;
  if (problem === null) {
    return (
      <p>
        기록은 이 기기의 브라우저에만 있습니다. 어디로도 보내지 않습니다. 위젯에서 바꾼 설정은 이 탭을 닫을
        때까지만 남습니다.
      </p>
    );
  }
  return (
    <div class="learner-problem">
      <p>
        <strong>{PROBLEMS[problem].title}.</strong> {PROBLEMS[problem].what}
      </p>
      <div class="learner-actions">
        <ProblemAction problem={problem} />
      </div>
    </div>
  );
}

function Contents() {
  const { read, goals, answers } = learner.record.value;
  const rows = [
    ["읽기 시작한 레슨", Object.keys(read).length],
    ["이룬 목표", Object.values(goals).reduce((sum, ids) => sum + ids.length, 0)],
    ["답한 문제", Object.keys(answers).length],
  ] as const;
  return (
    <dl class="learner-contents">
      {rows.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count}개</dd>
        </div>
      ))}
    </dl>
  );
}

/** A button in front of a hidden file input, so that it looks and focuses like its neighbours. */
function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        기록 가져오기
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="기록 파일"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file chosen again must count as a change.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Erasing takes two presses, and can be taken back as long as the page is open. */
function EraseButton({ say }: { say: (message: string) => void }) {
  const [asking, setAsking] = useState(false);
  const [undo, setUndo] = useState<(() => void) | null>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) cancel.current?.focus();
  }, [asking]);

  const erase = () => {
    const takeBack = learner.erase();
    if (takeBack) forgetKeptStates();
    setAsking(false);
    setUndo(() => takeBack ?? null);
    say(
      takeBack
        ? "기록을 모두 지웠습니다. 이 페이지를 떠나기 전에는 되돌릴 수 있습니다."
        : "더 새로운 버전의 기록이라 지우지 않았습니다. 페이지를 새로 고쳐 주세요.",
    );
  };
  const restore = () => {
    undo?.();
    setUndo(null);
    say("지운 기록을 되돌렸습니다.");
  };

  if (asking) {
    return (
      <fieldset class="learner-confirm">
        <legend>답과 목표, 진도를 모두 지웁니까?</legend>
        <button type="button" class="learner-danger" onClick={erase}>
          모두 지우기
        </button>
        <button type="button" ref={cancel} onClick={() => setAsking(false)}>
          그만두기
        </button>
      </fieldset>
    );
  }
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        기록 지우기
      </button>
      {undo && (
        <button type="button" onClick={restore}>
          되돌리기
        </button>
      )}
    </>
  );
}

export default RecordPanel;
