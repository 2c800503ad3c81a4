import type { z } from "astro/zod";
import { isNode, LineCounter, parseDocument } from "yaml";

/** A content file that does not hold what it must; the message has one `file:line` for each fault. */
export class ContentError extends Error {
  constructor(faults: readonly string[]) {
    super(`\n${faults.join("\n")}`);
    this.name = "ContentError";
  }
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors.map(
    ({ message, linePos }) => `${file}:${linePos?.[0].line ?? 1} ${message}`,
  );
  if (broken.length > 0) throw new ContentError(broken);
  const members: unknown = document.toJS() ?? [];
  if (!Array.isArray(members)) throw new ContentError([`${file}:1 expected a list ("- id: …")`]);

  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const faults: string[] = [];
  const seen = new Set<string>();
  const entries = members.flatMap((member: unknown, index) => {
    const result = schema.safeParse(member);
    if (!result.success) {
      for (const issue of result.error.issues) {
        const path = [index, ...issue.path];
        faults.push(`${file}:${lineOf(path)} ${issue.path.join(".") || "entry"}: ${issue.message}`);
      }
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
