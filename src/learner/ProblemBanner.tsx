import { useEffect, useState } from "preact/hooks";
import { downloadFile, exportFileName } from "./download.ts";
import { learner, type StorageProblem } from "./index.ts";
import "./learner.css";

interface ProblemText {
  readonly title: string;
  readonly what: string;
}

export const PROBLEMS: Readonly<Record<StorageProblem, ProblemText>> = {
  blocked: {
    title: "이 브라우저가 기록을 저장하지 못하게 합니다",
    what: "학습은 그대로 할 수 있지만, 이 탭을 닫으면 기록이 사라집니다. 브라우저의 저장 설정을 허용하거나, 기록을 파일로 내보내 주세요.",
  },
  full: {
    title: "브라우저의 저장 공간이 가득 찼습니다",
    what: "방금 한 것은 이 탭에만 남아 있습니다. 공간을 비운 뒤 다시 저장하거나, 기록을 파일로 내보내 주세요.",
  },
  corrupt: {
    title: "저장된 기록의 일부가 손상되어 있었습니다",
    what: "읽을 수 있는 부분은 모두 되살렸습니다. 손상된 원본도 지우지 않고 따로 보관했습니다.",
  },
  newer: {
    title: "기록이 더 새로운 버전에서 저장되었습니다",
    what: "기록을 지키려고 이 페이지는 아무것도 덮어쓰지 않습니다. 페이지를 새로 고쳐 주세요.",
  },
};

/** Says on every page when the record is not safe, and offers the ways out. Renders nothing otherwise. */
export function ProblemBanner() {
  useEffect(() => learner.load(), []);
  const problem = learner.problem.value;
  const [dismissed, setDismissed] = useState<StorageProblem | null>(null);
  if (problem === null || problem === dismissed) return null;
  const { title, what } = PROBLEMS[problem];
  return (
    <section class="learner-banner" role="alert" aria-label="기록 저장 알림">
      <p>
        <strong>{title}.</strong> {what}
      </p>
      <div class="learner-actions">
        <ProblemAction problem={problem} />
        <button type="button" onClick={() => downloadFile(exportFileName(new Date()), learner.exportText())}>
          기록 내보내기
        </button>
        <button type="button" onClick={() => setDismissed(problem)}>
          닫기
        </button>
      </div>
    </section>
  );
}

/** The way out that belongs to the problem. */
export function ProblemAction({ problem }: { problem: StorageProblem }) {
  if (problem === "newer") {
    return (
      <button type="button" onClick={() => location.reload()}>
        새로고침
      </button>
    );
  }
  if (problem === "corrupt") {
    const save = () => downloadFile("깊이-손상된-기록.txt", learner.damaged().join("\n\n"), "text/plain");
    return (
      <button type="button" onClick={save}>
        손상된 원본 내려받기
      </button>
    );
  }
  return (
    <button type="button" onClick={() => learner.retry()}>
      다시 저장하기
    </button>
  );
}

export default ProblemBanner;
