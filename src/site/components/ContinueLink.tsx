import { type LessonContents, lessonProgress } from "../../learner/progress.ts";
import { useRecord } from "../../learner/use-record.ts";

export interface WrittenLesson {
  readonly href: string;
  readonly title: string;
  readonly contents: LessonContents;
}

/** The next thing to do: begin, or go on with the first lesson that is not finished. */
export default function ContinueLink({ lessons }: { lessons: readonly WrittenLesson[] }) {
  const record = useRecord();
  const states = lessons.map((lesson) => ({
    ...lesson,
    state: lessonProgress(record, lesson.contents).state,
  }));
  const begun = states.some(({ state }) => state !== "untouched");
  const next =
    states.find(({ state }) => state === "started") ?? states.find(({ state }) => state === "untouched");
  const target = next ?? states[0];
  if (target === undefined) return null;
  const text = !begun
    ? "첫 신경망 훈련하기"
    : next
      ? `이어서 하기: ${next.title}`
      : `다시 보기: ${target.title}`;
  return (
    <a class="action" href={target.href}>
      {text}
    </a>
  );
}
