import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Loader } from "astro/loaders";
import { z } from "astro/zod";
import type { Question } from "../../quiz/question.ts";
import { questionEntry, withoutExamples } from "../../quiz/schema.ts";
import { parseYamlList } from "./yaml-list.ts";

/** One question of the course; its key is its id. */
export interface QuizEntry {
  readonly question: Question;
  /** Id of the lesson whose file holds it. */
  readonly lesson: string;
  readonly position: number;
}

/** The questions of all files of a folder; the file name is the lesson's id. Wrong ones stop the build. */
export function quizFiles(folder: string): Loader {
  return {
    name: "quizzes",
    schema: z.custom<QuizEntry>(),
    load: async ({ store, watcher }) => {
      const fill = () => {
        store.clear();
        const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".yaml")) : [];
        for (const name of names) {
          const file = `${folder}/${name}`;
          parseYamlList(readFileSync(file, "utf8"), file, questionEntry).forEach((entry, position) => {
            if (store.has(entry.id)) throw new Error(`${file}: the question ${entry.id} stands twice`);
            const data = { question: withoutExamples(entry), lesson: name.replace(/\.yaml$/, ""), position };
            store.set({ id: entry.id, data });
          });
        }
      };
      fill();
      watcher?.on("change", (path) => {
        if (path.includes(folder)) fill();
      });
    },
  };
}
