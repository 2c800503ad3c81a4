import { expect, test } from "vitest";
import { glossaryEntry, lessonFields } from "../../src/site/content/schemas.ts";
import { checkFrontmatter, parseYamlList } from "../../src/site/content/yaml-list.ts";

const read = (text: string) => parseYamlList(text, "glossary.yaml", glossaryEntry);

test("a right list is read, with its defaults", () => {
  expect(read("- id: weight\n  term: 가중치\n  definition: 입력에 곱하는 수입니다.\n")).toEqual([
    { id: "weight", term: "가중치", english: "", aliases: [], definition: "입력에 곱하는 수입니다." },
  ]);
});

test.each([
  [
    "a wrong type",
    "- id: weight\n  term: 가중치\n  definition: 수\n  aliases: 하나\n",
    "glossary.yaml:4 aliases:",
  ],
  [
    "a missing field",
    "- id: a\n  term: 가\n  definition: 나\n- id: weight\n  term: 다\n",
    "glossary.yaml:4 definition:",
  ],
  ["an unknown field", "- id: weight\n  term: 가중치\n  definition: 수\n  englsh: w\n", "englsh"],
  [
    "a repeated id",
    "- id: a\n  term: 가\n  definition: 나\n- id: a\n  term: 다\n  definition: 라\n",
    "glossary.yaml:4 id: a",
  ],
  ["no list", "id: a\n", "glossary.yaml:1 expected a list"],
  ["broken YAML", "- id: a\n  term: 'x\n", "glossary.yaml:"],
])("%s is named by file and line", (_case, text, message) => {
  expect(() => read(text)).toThrow(message);
});

const lesson = (minutes: string) =>
  `---\ntitle: 가\norder: 1\nsummary: 나\nminutes: ${minutes}\nobjectives: [다]\n---\n본문\n`;
const check = (text: string) => checkFrontmatter(text, "01.mdx", lessonFields);

test("frontmatter is checked with the lines of the whole file", () => {
  expect(() => check(lesson("12"))).not.toThrow();
  expect(() => check(lesson("long"))).toThrow("01.mdx:5 minutes:");
  expect(() => check("본문\n")).toThrow("01.mdx:1 expected frontmatter");
});
