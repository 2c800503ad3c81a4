import { existsSync, readFileSync } from "node:fs";
import type { Loader } from "astro/loaders";
import type { z } from "astro/zod";
import { parseYamlList } from "./yaml-list.ts";

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
