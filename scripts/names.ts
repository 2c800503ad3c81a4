/**
 * Writes `src/data/given-names.ts`: the Korean given names of two syllables that `@faker-js/faker` holds. The package is
 * far too large for a page; a test compares the file with it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakerKO } from "@faker-js/faker";

/** In the order of the alphabet. */
export function givenNames(): string[] {
  const names = fakerKO.rawDefinitions.person?.first_name ?? {};
  const all = Object.values(names).flatMap((list) => list ?? []);
  const plain = all.filter((name) => typeof name === "string");
  return [...new Set(plain)].filter((name) => /^[가-힣]{2}$/.test(name)).sort();
}

export function givenNamesFile(): string {
  const lines: string[] = [];
  for (const name of givenNames()) {
    const last = lines.at(-1);
    if (last !== undefined && last.length < 88) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(name);
  }
  return [
    "/** Korean given names of two syllables, from @faker-js/faker (MIT). Written by `npm run names`. */",
    "export const GIVEN_NAMES: readonly string[] = `",
    ...lines,
    "`",
    "  .trim()",
    "  .split(/\\s+/);",
    "",
  ].join("\n");
}

if (import.meta.main)
  writeFileSync(join(import.meta.dirname, "../src/data/given-names.ts"), givenNamesFile());
