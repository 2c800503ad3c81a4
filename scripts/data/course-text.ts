/**
 * The course's own sentences: prose of the lessons and the glossary, without markup, formulas and widgets.
 *
 * The lessons go on changing, and a network trained on them could then not be trained again. What it reads is
 * therefore a copy; `npm run course-text` makes a new one, which asks for a new training.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../bootstrap.mjs";

/** One paragraph a line. */
export const COURSE_TEXT = join(ROOT, "scripts", "data", "course-text.txt");

/** The paragraphs as they were last copied. */
export function courseText(): string[] {
  return readFileSync(COURSE_TEXT, "utf8").trimEnd().split("\n");
}

/** Paragraphs of the lessons and the glossary's explanations as they are now, in the order of their files. */
export function gatherCourseText(): string[] {
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
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )/)
    .map(plain)
    .filter((text) => !/[$<>{}|#=\\]|^import|^export/.test(text) && isKorean(text));
}

/** A list of papers is no prose. */
const isKorean = (text: string) =>
  (text.match(/[가-힣]/g) ?? []).length > 2 * (text.match(/[A-Za-z]/g) ?? []).length;

const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:[-*]|\d+\.) /, "")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
