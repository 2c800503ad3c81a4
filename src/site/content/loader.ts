import { existsSync, readdirSync, readFileSync } from "node:fs";
import { glob, type Loader } from "astro/loaders";
import type { z } from "astro/zod";
import { checkFrontmatter, parseYamlList } from "./yaml-list.ts";

/** A collection that is one YAML list with an `id` in each member. A missing file is an empty collection. */
export function yamlList(file: string, schema: z.ZodType<{ id: string }>): Loader {
  return {
    name: `yaml-list ${file}`,
    schema,
    load: async ({ store, watcher }) => {
      const fill = () => {
        store.clear();
        const text = existsSync(file) ? readFileSync(file, "utf8") : "";
        for (const entry of parseYamlList(text, file, schema)) {
          store.set({ id: entry.id, data: entry });
        }
      };
      fill();
      watcher?.add(file);
      watcher?.on("change", (path) => {
        if (path.endsWith(file)) fill();
      });
    },
  };
}

/** The lessons of a folder; the file name is the id. Wrong frontmatter is named by its line, which Astro does not. */
export function lessonFiles(folder: string, schema: z.ZodType): Loader {
  const files = glob({ base: folder, pattern: "*.mdx" });
  return {
    name: "lessons",
    load: async (context) => {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".mdx")) : [];
      for (const name of names) {
        const file = `${folder}/${name}`;
        checkFrontmatter(readFileSync(file, "utf8"), file, schema);
      }
      await files.load(context);
    },
  };
}
