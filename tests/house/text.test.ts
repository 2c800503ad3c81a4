import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readSources, type SourceFile } from "./sources.ts";

const CODE = [".ts", ".tsx", ".mjs", ".astro", ".css"];
const MAX_LINES = 350;

const code = ["src", "scripts", "tests"].flatMap((folder) => readSources(folder, CODE));
const lessons = readSources("content", [".mdx"]);

/** `path:line text` of every line that matches. */
const matching = (files: readonly SourceFile[], pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

describe("code", () => {
  test("nothing is left for later", () => {
    // The pattern is put together, so that this file does not find itself.
    const later = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`);
    expect(matching([...code, ...lessons, ...readSources("content", [".yaml"])], later)).toEqual([]);
  });

  test("no check is switched off", () => {
    const off = new RegExp(["@ts-" + "(ignore|expect-error|nocheck)", "biome-" + "ignore"].join("|"));
    expect(matching(code, off)).toEqual([]);
  });

  test(`a file in src has at most ${MAX_LINES} lines`, () => {
    const long = readSources("src", CODE)
      .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test("no test is skipped or run alone", () => {
    const alone = new RegExp("\\b(describe|test|it)\\." + "(only|skip|todo|fails)\\b");
    expect(matching(readSources("tests", [".ts", ".tsx"]), alone)).toEqual([]);
  });
});

interface GlossaryEntry {
  readonly term: string;
  readonly aliases?: readonly string[];
}

/** A variant may be mentioned; from this many on, used more than the term itself, it has replaced it. */
const MENTIONS = 3;

const count = (text: string, word: string) => text.split(word).length - 1;

/** Variants that a text uses in place of the glossary's term. */
function replacedTerms(text: string, glossary: readonly GlossaryEntry[]): string[] {
  const terms = glossary.map(({ term }) => term);
  return glossary.flatMap(({ term, aliases = [] }) =>
    aliases
      // 신경망 inside 인공 신경망 is no variant.
      .filter((alias) => alias.length > 1 && !terms.some((other) => other.includes(alias)))
      .filter((alias) => count(text, alias) >= MENTIONS && count(text, alias) > count(text, term))
      .map((alias) => `${alias} (${term})`),
  );
}

describe("the learner's Korean", () => {
  const prose = (text: string) => text.replace(/```[\s\S]*?```|`[^`]*`|\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, " ");
  const glossary = readSources("content", ["glossary.yaml"]).flatMap(
    ({ text }) => parse(text) as readonly GlossaryEntry[],
  );

  test("one idea has one term: the glossary's", () => {
    const replaced = lessons.flatMap(({ path, text }) =>
      replacedTerms(prose(text), glossary).map((problem) => `${path}: ${problem}`),
    );
    expect(replaced).toEqual([]);
  });

  test("the check finds a variant that has replaced its term, and no mention", () => {
    const entries = [
      { term: "은닉층", aliases: ["히든 레이어"] },
      { term: "인공 신경망", aliases: ["신경망"] },
    ];
    expect(replacedTerms("히든 레이어, 히든 레이어, 히든 레이어, 은닉층", entries)).toEqual([
      "히든 레이어 (은닉층)",
    ]);
    expect(replacedTerms("은닉층은 히든 레이어라고도 합니다. 신경망 신경망 신경망", entries)).toEqual([]);
  });
});
