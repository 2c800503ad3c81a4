import { describe, expect, test } from "vitest";
import { violations } from "./floors.ts";
import { readSources } from "./sources.ts";

test("every import goes downward, and no widget imports another", () => {
  const files = [
    ...readSources("src", [".ts", ".tsx", ".astro", ".mdx", ".css"]),
    ...readSources("content", [".mdx"]),
  ];
  expect(files.length).toBeGreaterThan(10);
  expect(violations(files)).toEqual([]);
});

describe("the rule itself", () => {
  const check = (path: string, text: string) => violations([{ path, text }]);

  test.each([
    ["upward", "src/engine/graph.ts", 'import { dense } from "../nn/dense.ts";'],
    ["upward by type", "src/nn/dense.ts", 'import type { Frame } from "../lab/protocol.ts";'],
    ["over several lines", "src/nn/dense.ts", 'import {\n  a,\n  b,\n} from\n  "../models/a.ts";'],
    ["re-export", "src/data/index.ts", 'export * from "../models/spiral.ts";'],
    ["side effect", "src/draw/heatmap.tsx", 'import "../ui/controls.css";'],
    ["dynamic", "src/lab/worker.ts", "await import('../widgets/wide-deep/experiment.ts')"],
    ["dynamic, computed", "src/ui/Load.tsx", "import(`../widgets/" + "$" + "{name}/View.tsx`)"],
    ["type query", "src/lab/a.ts", 'type A = import("../quiz/grade.ts").Verdict;'],
    ["asset", "src/lab/run.ts", 'new Worker(new URL("../widgets/a/worker.ts", import.meta.url))'],
    ["glob", "src/ui/all.ts", 'import.meta.glob(["./a.ts", "../widgets/*/View.tsx"])'],
    ["glob by one string", "src/ui/all.ts", 'import.meta.glob<{ a: 1 }>("../quiz/*.ts", { eager: true })'],
    ["another widget", "src/widgets/wide-deep/View.tsx", 'import { a } from "../depth-playground/state.ts";'],
    ["widget to quiz", "src/widgets/wide-deep/View.tsx", 'import { a } from "../../quiz/grade.ts";'],
    ["quiz to widget", "src/quiz/Goal.tsx", 'import { a } from "../widgets/wide-deep/state.ts";'],
    ["sideways on floor 2", "src/nn/a.ts", 'import { a } from "../data/spiral.ts";'],
    ["learner to ui", "src/learner/Panel.tsx", 'import { Button } from "../ui/controls.tsx";'],
    ["site to pages", "src/site/Nav.astro", '---\nimport x from "../pages/index.astro";\n---'],
    ["from the root", "src/ui/a.ts", 'import { a } from "/src/site/theme.ts";'],
    ["a test", "src/ui/a.ts", 'import { a } from "../../tests/a.ts";'],
    ["content", "src/quiz/a.ts", 'import text from "../../content/quizzes/08-conclusion.yaml?raw";'],
    ["a style sheet", "src/draw/a.css", '@import "../site/styles/tokens.css";'],
    ["a new folder", "src/helpers/a.ts", 'import { a } from "../engine/graph.ts";'],
  ])("finds an import that goes wrong: %s", (_name, path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });

  test.each([
    ["src/site/Widget.astro", '---\nimport V from "../widgets/wide-deep/View.tsx";\n---'],
    [
      "src/pages/index.astro",
      '---\nimport L from "../site/Layout.astro";\nimport q from "../quiz/a.ts";\n---',
    ],
    ["content/lessons/01-deep.mdx", 'import X from "../../src/site/Figure.astro";'],
    [
      "src/widgets/wide-deep/View.tsx",
      'import "./wide-deep.css";\nimport { a } from "../../ui/controls.tsx";',
    ],
    ["src/widgets/wide-deep/View.tsx", 'import { WIDGETS } from "../registry.ts";'],
    ["src/ui/WidgetFrame.tsx", 'import { WIDGETS } from "../widgets/registry.ts";'],
    ["src/lab/client.ts", 'new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })'],
    [
      "src/lab/worker.ts",
      'import { spiral } from "../data/spiral.ts";\nimport { signal } from "@preact/signals";',
    ],
  ])("lets a right import pass: %s", (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});
