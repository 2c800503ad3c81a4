/**
 * Text in pieces that occur often: byte-pair encoding (R. Sennrich, B. Haddow, A. Birch 2016, arXiv:1508.07909) over
 * Korean syllables. A piece that begins a word carries a mark, so that the text can be put together again.
 */

/** Begins a piece that follows a space or the start. */
export const WORD_START = "▁";
/** Number of the piece that stands for what never occurred. */
export const UNKNOWN = 0;

export interface Subwords {
  /** Pieces by number; the first stands for the unknown. */
  readonly pieces: readonly string[];
  /** Pieces of a text in order: each with its number and its letters as they stood in the text. */
  encode(text: string): readonly Token[];
}

export interface Token {
  readonly id: number;
  readonly text: string;
}

/** Two pieces that become one. */
export type Pair = readonly [left: string, right: string];

/** Words as syllables, the first with the mark. */
function syllablesOf(text: string): string[][] {
  return text
    .normalize("NFC")
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => [...word].map((letter, i) => (i === 0 ? WORD_START + letter : letter)));
}

/** Joins every neighbouring occurrence of the pair. */
function joined(word: readonly string[], [left, right]: Pair): string[] {
  const result: string[] = [];
  for (let i = 0; i < word.length; i++) {
    if (word[i] === left && word[i + 1] === right) {
      result.push(left + right);
      i += 1;
    } else result.push(word[i]!);
  }
  return result;
}

/** The pair that stands side by side most often, the first in order of their letters among equals. */
function commonestPair(words: readonly CountedWord[]): Pair | undefined {
  const counts = new Map<string, { pair: Pair; count: number }>();
  for (const { pieces, count } of words) {
    for (let i = 0; i + 1 < pieces.length; i++) {
      const key = `${pieces[i]} ${pieces[i + 1]}`;
      const known = counts.get(key);
      if (known) known.count += count;
      else counts.set(key, { pair: [pieces[i]!, pieces[i + 1]!], count });
    }
  }
  let best: { key: string; pair: Pair; count: number } | undefined;
  for (const [key, { pair, count }] of counts) {
    if (!best || count > best.count || (count === best.count && key < best.key)) best = { key, pair, count };
  }
  return best && best.count > 1 ? best.pair : undefined;
}

/** A word as its pieces, and how often it occurs. */
export interface CountedWord {
  readonly pieces: readonly string[];
  readonly count: number;
}

/** Learns at most `merges` joins within words; the first learned comes first. */
export function learnPairs(words: readonly CountedWord[], merges: number): Pair[] {
  const counted = words.map(({ pieces, count }) => ({ pieces, count }));
  const pairs: Pair[] = [];
  while (pairs.length < merges) {
    const pair = commonestPair(counted);
    if (!pair) break;
    pairs.push(pair);
    for (const word of counted) word.pieces = joined(word.pieces, pair);
  }
  return pairs;
}

/** A word's pieces after every learned join, in the order they were learned. */
export const joinPairs = (word: readonly string[], pairs: readonly Pair[]): readonly string[] =>
  pairs.reduce((current, pair) => (current.includes(pair[0]) ? joined(current, pair) : current), word);

/** Learns at most `merges` joins from texts. Marks such as ? and ! stay pieces of their own. */
export function learnSubwords(texts: readonly string[], merges: number): Subwords {
  const words = new Map<string, { pieces: string[]; count: number }>();
  for (const pieces of texts.flatMap(parted)) {
    const key = pieces.join(" ");
    const known = words.get(key);
    if (known) known.count += 1;
    else words.set(key, { pieces, count: 1 });
  }
  const counted = [...words.values()];
  const letters = [...new Set(counted.flatMap(({ pieces }) => pieces))].sort();
  const pairs = learnPairs(counted, merges);
  const pieces = ["", ...letters, ...pairs.map(([left, right]) => left + right)];
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  return { pieces, encode: (text) => parted(text).flatMap((word) => encodeWord(word, pairs, ids)) };
}

/** Words in syllables, with every mark of punctuation a word of its own without a mark. */
function parted(text: string): string[][] {
  return syllablesOf(text).flatMap((word) => {
    const parts: string[][] = [[]];
    for (const letter of word) {
      if (/^▁?\p{P}$/u.test(letter)) parts.push([letter], []);
      else parts.at(-1)!.push(letter);
    }
    return parts.filter((part) => part.length > 0);
  });
}

function encodeWord(
  word: readonly string[],
  pairs: readonly Pair[],
  ids: ReadonlyMap<string, number>,
): Token[] {
  return joinPairs(word, pairs).map((piece) => ({
    // At the start of a word a syllable may be known only from the middle of words.
    id: ids.get(piece) ?? ids.get(piece.replace(WORD_START, "")) ?? UNKNOWN,
    text: piece.replace(WORD_START, ""),
  }));
}
