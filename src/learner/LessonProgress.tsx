import "./learner.css";
import { type LessonContents, lessonProgress, type Progress } from "./progress.ts";
import { useRecord } from "./use-record.ts";

const STATES: Readonly<Record<Progress["state"], string>> = {
  untouched: "아직 시작하지 않았습니다",
  started: "진행 중",
  finished: "마쳤습니다",
};

/** A lesson's progress as a bar and in words. Before the record is read it looks like an untouched lesson. */
export function LessonProgress({ lesson }: { lesson: LessonContents }) {
  const progress = lessonProgress(useRecord(), lesson);
  return (
    <div class="learner-progress" data-state={progress.state}>
      <progress aria-label="진도" max={100} value={Math.round(progress.fraction * 100)} />
      <p class="learner-progress-text">
        <span class="learner-progress-state">{STATES[progress.state]}</span>
        {progress.state !== "untouched" && <span>{details(progress)}</span>}
      </p>
    </div>
  );
}

function details({ read, questions, goals }: Progress): string {
  return [
    `읽음 ${Math.round(read * 100)}%`,
    ...(questions.total > 0 ? [`문제 ${questions.done}/${questions.total}`] : []),
    ...(goals > 0 ? [`이룬 목표 ${goals}개`] : []),
  ].join(" · ");
}

export default LessonProgress;
