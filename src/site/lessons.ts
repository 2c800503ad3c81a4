import { getCollection } from "astro:content";
import type { LessonContents } from "../learner/progress.ts";
import { link } from "../ui/link.ts";

/** A lesson as the map and the navigation need it. */
export interface LessonSummary {
  readonly id: string;
  readonly order: number;
  readonly title: string;
  readonly summary: string;
  /** `undefined` while the lesson is in preparation. */
  readonly written:
    | { readonly href: string; readonly minutes: number; readonly contents: LessonContents }
    | undefined;
}

/** All lessons in their order: those of `course.yaml`, with what is known of the written ones. */
export async function allLessons(): Promise<LessonSummary[]> {
  const written = await getCollection("lessons");
  const planned = (await getCollection("course")).map(({ data }) => data);
  const ids = new Set([...planned.map(({ id }) => id), ...written.map(({ id }) => id)]);
  const lessons = [...ids].map((id) => {
    const lesson = written.find((entry) => entry.id === id)?.data;
    const plan = planned.find((entry) => entry.id === id);
    return {
      id,
      order: lesson?.order ?? plan?.order ?? 0,
      title: lesson?.title ?? plan?.title ?? id,
      summary: lesson?.summary ?? plan?.summary ?? "",
      written: lesson && {
        href: link(`lessons/${id}/`),
        minutes: lesson.minutes,
        contents: { id, widgets: lesson.goals, questions: lesson.questions },
      },
    };
  });
  return lessons.sort((a, b) => a.order - b.order);
}
