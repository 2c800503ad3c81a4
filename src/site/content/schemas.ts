import { z } from "astro/zod";

const text = z.string().min(1);

/** 5 for a lesson, 5.4 for the fourth page that belongs to it. */
const lessonNumber = z.number().min(1).multipleOf(0.1);

/** Frontmatter of `content/lessons/*.mdx`. */
export const lessonFields = z.strictObject({
  title: text,
  order: lessonNumber,
  summary: text,
  /** Reading and doing together. */
  minutes: z.number().positive(),
  objectives: z.array(text).min(1),
  /** Ids of the widgets on the page whose goals count. */
  goals: z.array(text).default([]),
  questions: z.array(text).default([]),
});

/** One lesson of `content/course.yaml`, written or still in preparation. */
export const courseEntry = z.strictObject({
  id: z.string().regex(/^\d\d-[a-z0-9-]+$/, "expected a lesson id such as 01-deep"),
  order: lessonNumber,
  title: text,
  summary: text,
});

/** One term of `content/glossary.yaml`. */
export const glossaryEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "expected small letters, digits and hyphens"),
  term: text,
  english: z.string().default(""),
  aliases: z.array(text).default([]),
  definition: text,
  /** Id of the lesson that teaches it. */
  lesson: text.optional(),
});

/** One work of others that the course uses, in `content/credits.yaml`. */
export const creditEntry = z.strictObject({
  id: text,
  name: text,
  author: text,
  license: text,
  url: z.url().optional(),
  use: text,
});

export type CourseEntry = z.infer<typeof courseEntry>;
export type GlossaryEntry = z.infer<typeof glossaryEntry>;
