import type { Concept } from "../question.ts";
import { prefixDistances } from "./distance.ts";
import { type Letters, takeApart } from "./letters.ts";

/** A place where an answer names a concept. */
export interface Mention {
  readonly concept: string;
  /** Half-open range in the normalized text. */
  readonly start: number;
  readonly end: number;
  /** The term it was found as; `undefined` for a pattern. */
  readonly term: string | undefined;
  /** Letters by which the text differs from the term. */
  readonly distance: number;
}

/** Letters that may be wrong in a Hangul or Latin term of this many letters. */
export const tolerance = (letters: number): number => (letters < 6 ? 0 : letters < 10 ? 1 : 2);

/** So many letters in a row are no accident, wherever the spaces stand. */
const SURE = 7;

/** What may follow a noun within its word. */
const PARTICLES =
  "(?:은|는|이|가|을|를|의|에|에서|에게|와|과|랑|이랑|하고|도|만|로|으로|부터|까지|보다|처럼|같|들|간|끼리|및|나|이나|든|요|이요|임|야|이야|죠|이죠|지|이지|다|이다|예요|이에요|에요|입니다|인|일|라|이라|란|이란|네|이네|니|이니|고|이고|며|이며|면|이면|였|이었|뿐|밖|말고|때문|대|vs|때|들이|들을|들의|수|값|여|아니|없|씩|당|쪽|개|층|망)";
const AFTER_NOUN = new RegExp(`^(?:$|[^가-힣]|${PARTICLES})`);

/** The answer in the forms that are searched, made once for all terms. */
export interface Searchable {
  readonly text: string;
  readonly apart: Letters;
  readonly words: readonly LatinWord[];
  /** Without spaces, for patterns, with the origin of each character. */
  readonly dense: string;
  readonly denseOrigin: readonly number[];
}

interface LatinWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param masked the answer without its blockers; patterns see the answer as it is */
export function searchable(masked: string, text: string): Searchable {
  const denseOrigin = [...text.matchAll(/\S/g)].map(({ index }) => index);
  return {
    text: masked,
    apart: takeApart(masked),
    words: [...masked.matchAll(/[a-z0-9]+/g)].map(({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
      text: word,
    })),
    dense: denseOrigin.map((index) => text[index]).join(""),
    denseOrigin,
  };
}

/** Every mention of every concept, in order; of two that lie one in the other the longer stays. */
export function findMentions(answer: Searchable, concepts: Readonly<Record<string, Concept>>): Mention[] {
  const found = Object.entries(concepts).flatMap(([id, concept]) => [
    ...concept.terms.flatMap((term) => findTerm(answer, id, term)),
    ...concept.exact.flatMap((term) => findExact(answer, id, term)),
    ...concept.patterns.flatMap((pattern) => findPattern(answer, id, pattern)),
  ]);
  return withoutInner(found);
}

/** Of overlapping mentions the one that explains most letters stays; a wrong letter weighs as much as three. */
function withoutInner(mentions: readonly Mention[]): Mention[] {
  const weight = ({ term, distance }: Mention) => (term ? termLetters(term).length : 0) - 3 * distance;
  const ranked = [...mentions].sort(
    (a, b) => weight(b) - weight(a) || a.distance - b.distance || a.start - b.start,
  );
  const kept: Mention[] = [];
  for (const mention of ranked) {
    // A pattern says something about a whole stretch; it hides nothing and is not hidden.
    const hidden =
      mention.term !== undefined &&
      kept.some(({ term, start, end }) => term !== undefined && mention.start < end && start < mention.end);
    if (!hidden) kept.push(mention);
  }
  return kept.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Takes a term apart once; there are some hundreds of them. */
const parts = new Map<string, string>();
function termLetters(term: string): string {
  let letters = parts.get(term);
  if (letters === undefined) {
    letters = takeApart(term.toLowerCase()).letters;
    parts.set(term, letters);
  }
  return letters;
}

function findTerm(answer: Searchable, concept: string, term: string): Mention[] {
  return /[가-힣ㄱ-ㅣ]/.test(term) ? findHangul(answer, concept, term) : findLatin(answer, concept, term);
}

function findHangul({ text, apart }: Searchable, concept: string, term: string): Mention[] {
  const pattern = termLetters(term);
  const { letters, origin, starts } = apart;
  const limit = tolerance(pattern.length);
  const found: Mention[] = [];
  const distances = new Uint8Array(pattern.length + limit + 1);
  let free = 0;
  for (const from of candidates(pattern, letters, limit)) {
    if (starts[from] === 0 || from < free) continue;
    // A typo in the first letter is believed only where a word begins: 에이엔엔 is no 씨엔엔.
    const inside = /[가-힣]/.test(text[origin[from]! - 1] ?? " ");
    if ((limit === 0 || inside) && letters[from] !== pattern[0]) continue;
    const width = prefixDistances(pattern, letters, from, limit, distances);
    if (width < 0) continue;
    const end = bestEnd(distances.subarray(0, width + 1), limit, pattern.length, (length) =>
      fits(apart, text, from, length, term, distances[length] === 0 && length >= SURE),
    );
    if (end === undefined) continue;
    found.push({
      concept,
      term,
      distance: distances[end]!,
      start: origin[from]!,
      end: origin[from + end - 1]! + 1,
    });
    // Behind a typo the same term may begin anew, without one.
    if (distances[end] === 0) free = from + end;
  }
  return found;
}

/**
 * Where the pattern may begin, in order. A wrong letter spoils one of the pattern's pieces, two changed places at
 * most two; of 2·limit + 1 pieces one is therefore whole, and stands at most `limit` letters from its place.
 */
function candidates(pattern: string, letters: string, limit: number): number[] {
  const count = 2 * limit + 1;
  const found = new Set<number>();
  for (let piece = 0; piece < count; piece += 1) {
    const offset = Math.floor((piece * pattern.length) / count);
    const text = pattern.slice(offset, Math.floor(((piece + 1) * pattern.length) / count));
    for (let at = letters.indexOf(text); at >= 0; at = letters.indexOf(text, at + 1)) {
      for (let from = at - offset - limit; from <= at - offset + limit; from += 1) {
        if (from >= 0) found.add(from);
      }
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The prefix length of the smallest distance, the one nearest the term's own length among equals. */
function bestEnd(
  distances: Uint8Array,
  limit: number,
  wanted: number,
  allowed: (length: number) => boolean,
): number | undefined {
  let best: number | undefined;
  for (let length = Math.max(1, wanted - limit); length < distances.length; length += 1) {
    const distance = distances[length]!;
    if (distance > limit || (best !== undefined && distance >= distances[best]!)) continue;
    if (allowed(length)) best = length;
  }
  return best;
}

/**
 * Whether a stretch of letters may be read as the term: it ends with a character (the contracted particle of
 * 가중칠 or 가중친 may hang on), and where it runs over a space it begins and ends like a word (한편 향상 is no 편향)
 * unless it is `sure` to be no accident.
 */
function fits(
  { origin, starts, letters }: Letters,
  text: string,
  from: number,
  length: number,
  term: string,
  sure: boolean,
) {
  const after = from + length;
  const endsCharacter = (at: number) => at >= letters.length || starts[at] === 1;
  const contracted = /[ㄴㄹ]/.test(letters[after] ?? "") && endsCharacter(after + 1) && !endsInFinal(term);
  if (!endsCharacter(after) && !contracted) return false;
  const start = origin[from]!;
  const end = origin[after - 1]! + 1;
  const stretch = text.slice(start, end);
  if (/[.!?;\n]/.test(stretch)) return false;
  return sure || !/\s/.test(stretch) || boundedWord(text, start, end);
}

const endsInFinal = (term: string) => {
  const last = term.charCodeAt(term.length - 1);
  return last >= 0xac00 && last <= 0xd7a3 && (last - 0xac00) % 28 !== 0;
};

const boundedWord = (text: string, start: number, end: number) =>
  !/[가-힣]/.test(text[start - 1] ?? " ") && AFTER_NOUN.test(text.slice(end));

/** Latin terms are compared word by word; up to four letters they must be exact (CNN is not GNN). */
function findLatin({ text, words }: Searchable, concept: string, term: string): Mention[] {
  const pattern = termLetters(term);
  const limit = pattern.length < 5 ? 0 : tolerance(pattern.length);
  const found: Mention[] = [];
  for (let first = 0; first < words.length; first += 1) {
    let joined = "";
    for (let last = first; last < Math.min(words.length, first + 6); last += 1) {
      if (last > first && !/^[\s\-_]+$/.test(text.slice(words[last - 1]!.end, words[last]!.start))) break;
      joined += words[last]!.text;
      if (joined.length > pattern.length + limit + 2) break;
      const distance = latinDistance(pattern, joined, limit);
      if (distance > limit) continue;
      found.push({ concept, term, distance, start: words[first]!.start, end: words[last]!.end });
    }
  }
  return found;
}

/**
 * Of the word, or of the word without its plural or its version (ResNet50, YOLOv8). A typo in the first letter
 * makes another word (weight, eight).
 */
function latinDistance(pattern: string, word: string, limit: number): number {
  if (word[0] !== pattern[0]) return limit + 1;
  const forms = [
    word,
    ...(/[^s]s$/.test(word) ? [word.slice(0, -1)] : []),
    word.replace(/es$/, ""),
    word.replace(/v?\d+[a-z]?$/, ""),
  ];
  return Math.min(
    ...forms.map((form) =>
      Math.abs(form.length - pattern.length) > limit ? limit + 1 : distanceOfWords(pattern, form, limit),
    ),
  );
}

function distanceOfWords(pattern: string, word: string, limit: number): number {
  const distances = new Uint8Array(pattern.length + limit + 1);
  const width = prefixDistances(pattern, word, 0, limit, distances);
  return width === word.length ? distances[width]! : limit + 1;
}

/** A whole word, after which a particle may follow. */
function findExact({ text }: Searchable, concept: string, term: string): Mention[] {
  const escaped = term.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const word = new RegExp(`(?<![a-z0-9가-힣])${escaped}(?![a-z0-9])`, "g");
  return [...text.matchAll(word)]
    .filter(({ index }) => AFTER_NOUN.test(text.slice(index + term.length)))
    .map(({ index }) => ({ concept, term, distance: 0, start: index, end: index + term.length }));
}

function findPattern({ dense, denseOrigin }: Searchable, concept: string, pattern: string): Mention[] {
  return [...dense.matchAll(new RegExp(pattern, "g"))]
    .filter(([match]) => match.length > 0)
    .map(({ 0: match, index }) => ({
      concept,
      term: undefined,
      distance: 0,
      start: denseOrigin[index]!,
      end: denseOrigin[index + match.length - 1]! + 1,
    }));
}
