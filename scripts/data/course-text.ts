/** The course's own sentences: prose of the lessons and the glossary, without markup, formulas and widgets. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../bootstrap.mjs";

/** Paragraphs of the published lessons and the glossary's explanations, in the order of their files. */
export function courseText(): string[] {
  const folder = join(ROOT, "content", "lessons");
  const lessons = readdirSync(folder)
    .filter((name) => name.endsWith(".mdx"))
    .sort()
    .flatMap((name) => paragraphsOf(readFileSync(join(folder, name), "utf8")));
  const glossary = readFileSync(join(ROOT, "content", "glossary.yaml"), "utf8");
  const explanations = [...glossary.matchAll(/^\s*(?:definition|text|meaning|short):\s*(.+)$/gm)].map(
    ([, line]) => (line ?? "").replace(/^["']|["']$/g, ""),
  );
  return [...lessons, ...explanations].filter((text) => /[가-힣].*[.?]$/.test(text));
}

function paragraphsOf(mdx: string): string[] {
  return mdx
    .replace(/^---[\s\S]*?\n---/, "")
    .split(/\n\s*\n/)
    .map(plain)
    .filter((text) => !/[$<>{}|#=\\]|^import|^export/.test(text));
}

const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
