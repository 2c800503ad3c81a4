import { posix } from "node:path";
import type { SourceFile } from "./sources.ts";

/**
 * The import rule: for every folder of `src/`, the folders below it that it may import. A folder may always
 * import itself; a widget is a folder of its own.
 */
const ENGINE = ["engine"];
const FLOOR_2 = [...ENGINE, "nn", "onnx", "data"];
const FLOOR_3 = [...FLOOR_2, "models"];
const FLOOR_4 = [...FLOOR_3, "lab"];
const FLOOR_5A = [...FLOOR_4, "draw", "learner", "ui", "registry"];
const FLOOR_5B = [...FLOOR_5A, "quiz", "widget"];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  nn: ENGINE,
  onnx: ENGINE,
  data: ENGINE,
  models: FLOOR_2,
  lab: FLOOR_3,
  draw: [...FLOOR_4, "registry"],
  learner: [...FLOOR_4, "registry"],
  ui: [...FLOOR_4, "draw", "learner", "registry"],
  registry: [],
  quiz: FLOOR_5A,
  widget: FLOOR_5A,
  site: [...FLOOR_5B, "content.config"],
  "content.config": [...FLOOR_5B, "site"],
  pages: [...FLOOR_5B, "site", "content.config"],
};

/** Lessons stand above everything, like the pages that show them. */
const isContent = (path: string) => path.startsWith("content/");

/** `engine`, `widget:depth-playground`, …; `undefined` for a place the rule does not know. */
function folderOf(path: string): string | undefined {
  if (isContent(path)) return "pages";
  const [top, first, second] = path.split("/");
  if (top !== "src" || first === undefined) return undefined;
  if (first === "widgets") return second === "registry.ts" ? "registry" : `widget:${second ?? ""}`;
  return first.replace(/\.ts$/, "");
}

const kindOf = (folder: string) => folder.split(":")[0]!;

/** Every module and asset that a file names by a relative path or from `/src`, resolved to the repository's root. */
export function importedPaths({ path, text }: SourceFile): string[] {
  return specifiers(text).flatMap((specifier) => {
    const bare = specifier.replace(/[?#].*$/, "").replace(/\$\{.*$/s, "");
    if (bare.startsWith("/src/") || bare.startsWith("/content/")) return [bare.slice(1)];
    return bare.startsWith(".") ? [posix.join(posix.dirname(path), bare)] : [];
  });
}

const QUOTED = `(?:"([^"\\n]+)"|'([^'\\n]+)'|\`([^\`]+)\`)`;
/** `from "x"`, `import "x"`, `import("x")`, `@import "x"`, `new URL("x", import.meta.url)`. */
const SPECIFIER = new RegExp(`\\b(?:from|import)\\s*\\(?\\s*${QUOTED}`, "g");
const ASSET = new RegExp(`\\bnew\\s+URL\\(\\s*${QUOTED}\\s*,\\s*import\\.meta\\.url`, "g");
const GLOB = /\bimport\.meta\.glob(?:<[^(]*>)?\(\s*(\[[^\]]*\]|["'`][^"'`]+["'`])/g;

function specifiers(text: string): string[] {
  const direct = [SPECIFIER, ASSET].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((group) => group !== undefined)),
  );
  const globs = [...text.matchAll(GLOB)].flatMap((match) =>
    [...(match[1] ?? "").matchAll(/["'`]!?([^"'`]+)["'`]/g)].flatMap((inner) => inner[1] ?? []),
  );
  return [...direct, ...globs];
}

/** One line for each import that goes up or sideways. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const from = folderOf(file.path);
    return importedPaths(file).flatMap((target) => {
      const problem = from === undefined ? `${file.path} lies on no floor` : judge(from, target);
      return problem === undefined ? [] : [`${file.path} → ${target}: ${problem}`];
    });
  });
}

function judge(from: string, target: string): string | undefined {
  // Only the pages may read content; tests and scripts are nobody's foundation.
  if (isContent(target)) {
    return ["site", "pages", "content.config"].includes(from) ? undefined : `${from} may not read content`;
  }
  if (!target.startsWith("src/")) {
    return /^(tests|scripts)\//.test(target) ? `${from} may not import outside src` : undefined;
  }
  const to = folderOf(target);
  if (to === from) return undefined;
  const allowed = MAY_IMPORT[kindOf(from)];
  if (allowed === undefined) return `${from} is no known floor`;
  if (to !== undefined && allowed.includes(kindOf(to))) return undefined;
  return `${from} may not import ${to}`;
}
