import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { WIDGETS } from "../widgets/registry.ts";
import { checkMdx, type Known, type MdxNode } from "./mdx-check.ts";

/** The ids in a YAML file: of a list, or of the list under `questions`. Its own schema checks the rest. */
function idsIn(file: string): string[] {
  if (!existsSync(file)) return [];
  const data: unknown = parse(readFileSync(file, "utf8"));
  const list: unknown = Array.isArray(data) ? data : (data as { questions?: unknown } | null)?.questions;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: { id?: unknown } | null) => (typeof entry?.id === "string" ? [entry.id] : []));
}

function readKnown(content: string): Known {
  const quizzes = join(content, "quizzes");
  const files = existsSync(quizzes) ? readdirSync(quizzes).filter((name) => name.endsWith(".yaml")) : [];
  return {
    widgets: new Map(Object.entries(WIDGETS).map(([id, { presets }]) => [id, presets])),
    questions: files.flatMap((name) => idsIn(join(quizzes, name))),
    terms: idsIn(join(content, "glossary.yaml")),
  };
}

/** The remark plugin: throws when a lesson uses what does not exist. */
export function remarkMdxCheck() {
  return (tree: MdxNode, file: { readonly path?: string }) => {
    const path = file.path ?? "";
    if (!path.endsWith(".mdx")) return;
    const faults = checkMdx(tree, relative(process.cwd(), path), readKnown("content"));
    if (faults.length > 0) throw new Error(`\n${faults.join("\n")}`);
  };
}
