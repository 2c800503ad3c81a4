import type { z } from "astro/zod";
import { isNode, LineCounter, parseDocument } from "yaml";

/** A content file that does not hold what it must; the message has one `file:line` for each fault. */
export class ContentError extends Error {
  constructor(faults: readonly string[]) {
    super(`\n${faults.join("\n")}`);
    this.name = "ContentError";
  }
}

/** Where a value stands in its text. */
type LineOf = (path: readonly PropertyKey[]) => number;

/** A YAML text as data. `firstLine` is the line of the file on which the text begins. */
function read(text: string, file: string, firstLine: number): { data: unknown; lineOf: LineOf } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors.map(
    ({ message, linePos }) => `${file}:${(linePos?.[0].line ?? 1) + firstLine - 1} ${message}`,
  );
  if (broken.length > 0) throw new ContentError(broken);
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line + firstLine - 1;
    }
    return firstLine;
  };
  return { data: document.toJS(), lineOf };
}

/** One line for each field that is not as the schema wants it. `path` leads to the checked value. */
function faultsOf(error: z.ZodError, file: string, lineOf: LineOf, path: readonly PropertyKey[]): string[] {
  return error.issues.map(
    (issue) =>
      `${file}:${lineOf([...path, ...issue.path])} ${issue.path.join(".") || "entry"}: ${issue.message}`,
  );
}

/**
 * Reads a YAML list and checks each member.
 *
 * @param file how the messages name the text
 * @throws {ContentError} naming every wrong field by file, line and what was expected
 */
export function parseYamlList<S extends z.ZodType<{ id: string }>>(
  text: string,
  file: string,
  schema: S,
): z.infer<S>[] {
  const { data, lineOf } = read(text, file, 1);
  const members = data ?? [];
  if (!Array.isArray(members)) throw new ContentError([`${file}:1 expected a list ("- id: …")`]);
  const faults: string[] = [];
  const seen = new Set<string>();
  const entries = members.flatMap((member: unknown, index) => {
    const result = schema.safeParse(member);
    if (!result.success) {
      faults.push(...faultsOf(result.error, file, lineOf, [index]));
      return [];
    }
    const { id } = result.data;
    if (seen.has(id)) faults.push(`${file}:${lineOf([index, "id"])} id: ${id} stands twice`);
    seen.add(id);
    return [result.data];
  });
  if (faults.length > 0) throw new ContentError(faults);
  return entries;
}

/**
 * Checks the frontmatter of an MDX text.
 *
 * @throws {ContentError} as `parseYamlList` does; the lines are those of the whole file
 */
export function checkFrontmatter(text: string, file: string, schema: z.ZodType): void {
  const yaml = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (yaml === undefined) throw new ContentError([`${file}:1 expected frontmatter between two lines of ---`]);
  const { data, lineOf } = read(yaml, file, 2);
  const result = schema.safeParse(data);
  if (!result.success) throw new ContentError(faultsOf(result.error, file, lineOf, []));
}
