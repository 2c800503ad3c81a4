/** A text of the learner's own as a small language model reads it: cleaned, divided, and cut into symbols. */
import { Random } from "../engine/random.ts";
import { letterOf, symbolsOf, textOf, type WordUnit } from "./words.ts";

/** Shorter texts leave nothing to be tested on. */
export const SHORTEST_TEXT = 200;
/** Characters that are learned from; what lies beyond is not read. */
export const LONGEST_TEXT = 60_000;
/** Different symbols; rarer ones become `RARE`. */
export const MOST_SYMBOLS = 1200;
export const RARE = "□";
/** A symbol should be seen so often on the average, or syllables are cut into jamo. */
const SEEN_OFTEN = 5;
/** A text of so many lines is a list: single lines are kept back, not its end. */
const LIST_LINES = 40;
const KEPT_BACK = 0.1;

export interface OwnText {
  /** Composed (NFC), without control characters, joined emoji taken apart. */
  readonly text: string;
  /** Characters that were not read. */
  readonly beyond: number;
}

/** @param raw anything at all; it is looked at up to a little beyond what can be learned from. */
export function readOwnText(raw: string): OwnText {
  const text = raw
    .slice(0, 2 * LONGEST_TEXT)
    .normalize("NFC")
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[\uFFFD\p{Cf}\p{Variation_Selector}]/gu, "")
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ *\n */g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replaceAll(/(?!\n)[\p{Cc}\p{Cs}]/gu, "")
    .trim();
  const symbols = [...text];
  const kept = symbols.slice(0, LONGEST_TEXT);
  return {
    text: kept.join(""),
    beyond: symbols.length - kept.length + Math.max(0, raw.length - 2 * LONGEST_TEXT),
  };
}

/** Syllables, unless they are so many that each would hardly be seen. */
export function unitFor(text: string): WordUnit {
  return text.length >= SEEN_OFTEN * new Set(text).size ? "syllable" : "jamo";
}

export interface Division {
  readonly train: string;
  /** A tenth, never trained on. */
  readonly test: string;
}

/** Of a list, lines drawn at random are kept back; of running text, its end. */
export function divideText(text: string, seed: number): Division {
  const lines = text.split("\n");
  if (lines.length < LIST_LINES) {
    const symbols = [...text];
    const cut = Math.round(symbols.length * (1 - KEPT_BACK));
    return { train: symbols.slice(0, cut).join(""), test: symbols.slice(cut).join("") };
  }
  const order = new Random(seed).shuffle(Int32Array.from(lines, (_, i) => i));
  const kept = new Set(order.subarray(0, Math.round(lines.length * KEPT_BACK)));
  const part = (back: boolean) => lines.filter((_, i) => kept.has(i) === back).join("\n");
  return { train: `${part(false)}\n`, test: `${part(true)}\n` };
}

/** Symbols by their number, and texts as numbers. */
export class Vocabulary {
  readonly unit: WordUnit;
  readonly symbols: readonly string[];
  /** How many kinds of symbol were too rare to keep. */
  readonly rare: number;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(text: string, unit: WordUnit) {
    const counts = new Map<string, number>();
    for (const symbol of symbolsOf(text, unit)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    const often = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!).slice(0, MOST_SYMBOLS);
    this.unit = unit;
    this.rare = counts.size - often.length;
    this.symbols = (this.rare > 0 ? [...often, RARE] : often).toSorted();
    this.#numbers = new Map(this.symbols.map((symbol, i) => [symbol, i]));
  }

  /** Numbers of a text's symbols; those never seen are left out, unless there is a symbol for rare ones. */
  encode(text: string): number[] {
    return symbolsOf(text, this.unit)
      .map((symbol) => this.#numbers.get(symbol) ?? this.#numbers.get(RARE) ?? -1)
      .filter((number) => number >= 0);
  }

  decode(numbers: readonly number[]): string {
    return textOf(numbers.map((number) => this.symbols[number]!));
  }

  /** How a symbol is shown by itself. */
  shown(number: number): string {
    const symbol = this.symbols[number]!;
    if (symbol === "\n") return "↵";
    return symbol === " " ? "␣" : letterOf(symbol);
  }
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The longest part of `sample` that stands in `text` letter by letter; the first of several. */
export function longestCopy(sample: string, text: string): Span {
  let best: Span = { start: 0, end: 0 };
  let end = 0;
  for (let start = 0; start < sample.length; start++) {
    end = Math.max(end, start);
    while (end < sample.length && text.includes(sample.slice(start, end + 1))) end++;
    if (end - start > best.end - best.start) best = { start, end };
  }
  return best;
}

/** Bits a character of `test` takes when only the frequencies of `train` are known, every character counted once more. */
export function frequencyBits({ train, test }: Division): number {
  const counts = new Map<string, number>();
  for (const letter of train) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const kinds = new Set([...train, ...test]).size;
  const letters = [...test];
  const total = [...train].length + kinds;
  const bits = letters.map((letter) => -Math.log2(((counts.get(letter) ?? 0) + 1) / total));
  return bits.reduce((sum, value) => sum + value, 0) / letters.length;
}
