import { type LearnerRecord, own } from "./record.ts";

/** What a lesson holds that can be worked through. */
export interface LessonContents {
  readonly id: string;
  /** Ids of the widgets on its page; a widget counts once one of its goals is reached. */
  readonly widgets: readonly string[];
  readonly questions: readonly string[];
}

export interface Count {
  readonly done: number;
  readonly total: number;
}

export interface Progress {
  /** 0…1 */
  readonly read: number;
  /** Widgets of the lesson with at least one goal reached. */
  readonly widgets: Count;
  /** All goals reached in the lesson's widgets. */
  readonly goals: number;
  /** Questions that were answered, rightly or not: every answer gets its explanation. */
  readonly questions: Count;
  /** Questions answered rightly, by the grader or by the learner's own judgement. */
  readonly correct: number;
  /** 0…1: the mean of the parts the lesson has (reading, widgets, questions). */
  readonly fraction: number;
  readonly state: "untouched" | "started" | "finished";
}

/** From this fraction on a lesson counts as read: the last lines of a page seldom reach the window's top. */
export const READ_ENOUGH = 0.95;

/** How far the learner has come in one lesson. */
export function lessonProgress(record: LearnerRecord, lesson: LessonContents): Progress {
  const read = own(record.read, lesson.id) ?? 0;
  const reached = lesson.widgets.map((widget) => own(record.goals, widget)?.length ?? 0);
  const widgets = { done: reached.filter((count) => count > 0).length, total: lesson.widgets.length };
  const answers = lesson.questions.flatMap((id) => own(record.answers, id) ?? []);
  const questions = { done: answers.length, total: lesson.questions.length };
  const parts = [
    Math.min(1, read / READ_ENOUGH),
    ...[widgets, questions].filter(({ total }) => total > 0).map(({ done, total }) => done / total),
  ];
  const fraction = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return {
    read,
    widgets,
    goals: reached.reduce((sum, count) => sum + count, 0),
    questions,
    correct: answers.filter((answer) => answer.verdict === "correct" || answer.overridden).length,
    fraction,
    state: parts.every((part) => part === 1) ? "finished" : fraction > 0 ? "started" : "untouched",
  };
}
