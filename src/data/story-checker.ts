/**
 * Reads sentences with the grammar the stories were drawn from: a sentence is right when the grammar can make it, with
 * every word in its place, the particles its sounds ask for, and no one's name twice for two.
 */

import { type Part, partsOf, withParticle } from "./stories.ts";
import { OPENINGS, PLOTS, SCENERY } from "./story-plots.ts";
import { type SlotName, wordsOf } from "./story-words.ts";

/** The words a sentence of the grammar was made with. */
export type Reading = Readonly<Partial<Record<SlotName, string>>>;

/** Sentences with their marks; what a speaker says between “ and ” ends none. An unfinished rest comes last. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "“") quoted = true;
    if (letter === "”") quoted = false;
    if (quoted || !/[.!?]/.test(letter)) continue;
    sentences.push(text.slice(start, at + 1).trim());
    start = at + 1;
  }
  const rest = text.slice(start).trim();
  return rest === "" ? sentences : [...sentences, rest];
}

/** Whether a sentence is closed. */
export const isClosed = (sentence: string): boolean => /[.!?]$/.test(sentence);

/** Every sentence the grammar can make, in its parts. */
const SENTENCES: readonly (readonly Part[])[] = [
  ...new Set(
    [OPENINGS, SCENERY, ...PLOTS.flatMap(({ steps, endings }) => [...steps, endings])]
      .flat()
      .flatMap(splitSentences),
  ),
].map(partsOf);

const forms = new Map<string, readonly (readonly [form: string, word: string])[]>();

/** The words of a slot with their particle. */
function formsOf({ slot, particle }: Exclude<Part, string>) {
  const key = `${slot}:${particle ?? ""}`;
  const known = forms.get(key);
  if (known) return known;
  const made = wordsOf(slot).map((word) => [withParticle(word, particle), word] as const);
  forms.set(key, made);
  return made;
}

/** How the grammar makes a sentence; `undefined` when it cannot. */
export function readSentence(sentence: string): Reading | undefined {
  for (const parts of SENTENCES) {
    const reading = match(parts, 0, sentence, {});
    if (reading) return reading;
  }
  return undefined;
}

function match(parts: readonly Part[], at: number, rest: string, words: Reading): Reading | undefined {
  const part = parts[at];
  if (part === undefined) return rest === "" ? words : undefined;
  if (typeof part === "string") {
    return rest.startsWith(part) ? match(parts, at + 1, rest.slice(part.length), words) : undefined;
  }
  for (const [form, word] of formsOf(part)) {
    if (!rest.startsWith(form) || !fits(part.slot, word, words)) continue;
    const found = match(parts, at + 1, rest.slice(form.length), { ...words, [part.slot]: word });
    if (found) return found;
  }
  return undefined;
}

/** One slot holds one word in a sentence; hero and friend are two. */
function fits(slot: SlotName, word: string, words: Reading): boolean {
  if (words[slot] !== undefined) return words[slot] === word;
  if (slot === "hero") return words.friend !== word;
  return slot !== "friend" || words.hero !== word;
}

/** What a story speaks of throughout: it has one of each. */
const LASTING: readonly SlotName[] = ["thing", "seed", "skill", "dish", "built", "helper"];

/** Whether a story keeps to two names and to what it speaks of; sentences the grammar cannot make are passed over. */
export function isConsistent(text: string): boolean {
  const readings = splitSentences(text).flatMap((sentence) => readSentence(sentence) ?? []);
  const namesOf = ({ hero, friend }: Reading) => [hero, friend].filter((name) => name !== undefined);
  if (new Set(readings.flatMap(namesOf)).size > 2) return false;
  return LASTING.every((slot) => new Set(readings.flatMap((reading) => reading[slot] ?? [])).size <= 1);
}
