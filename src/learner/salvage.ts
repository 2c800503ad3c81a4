/**
 * Rescue of a JSON text that breaks off or turns to garbage somewhere: the longest beginning that is still
 * valid JSON once its open objects and lists are closed.
 */

/** A place after a complete member, and what has to be closed there. */
interface Cut {
  readonly end: number;
  readonly closers: string;
}

/** Deeper than any record; a text full of brackets would otherwise cost its length squared. */
const MAX_DEPTH = 32;

/** @returns valid JSON text, or `undefined` when not even the first member is readable */
export function closePrefix(text: string): string | undefined {
  const cuts = findCuts(text);
  // A closed beginning is valid exactly until the first garbage, so the longest one can be bisected.
  let valid = -1;
  let broken = cuts.length;
  while (broken - valid > 1) {
    const middle = (valid + broken) >> 1;
    if (isJson(closed(text, cuts[middle]!))) valid = middle;
    else broken = middle;
  }
  return valid < 0 ? undefined : closed(text, cuts[valid]!);
}

function findCuts(text: string): Cut[] {
  const cuts: Cut[] = [];
  const closers: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length && closers.length <= MAX_DEPTH; at += 1) {
    const char = text[at]!;
    if (inString) {
      if (char === "\\") at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") closers.unshift("}");
    else if (char === "[") closers.unshift("]");
    else if (char === ",") cuts.push({ end: at, closers: closers.join("") });
    else if (char === "}" || char === "]") {
      closers.shift();
      cuts.push({ end: at + 1, closers: closers.join("") });
    }
  }
  return cuts;
}

const closed = (text: string, cut: Cut) => text.slice(0, cut.end) + cut.closers;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
