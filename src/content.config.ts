import { defineCollection } from "astro:content";
import { lessonFiles, yamlList } from "./site/content/loader.ts";
import { quizFiles } from "./site/content/quiz-files.ts";
import { courseEntry, creditEntry, glossaryEntry, lessonFields } from "./site/content/schemas.ts";

export const collections = {
  lessons: defineCollection({
    // The file name is the lesson's id and its address.
    loader: lessonFiles("content/lessons", lessonFields),
    schema: lessonFields,
  }),
  course: defineCollection({ loader: yamlList("content/course.yaml", courseEntry) }),
  glossary: defineCollection({ loader: yamlList("content/glossary.yaml", glossaryEntry) }),
  quizzes: defineCollection({ loader: quizFiles("content/quizzes") }),
  credits: defineCollection({ loader: yamlList("content/credits.yaml", creditEntry) }),
};
