/** Short Korean words to learn from, cut into symbols: syllables, or the jamo they are written with. */
import { GIVEN_NAMES } from "./given-names.ts";

export type WordUnit = "jamo" | "syllable";

/** Longer words are left out: the network is unrolled over the longest. */
export const LONGEST_WORD = 8;
export const MOST_WORDS = 2000;
/** Fewer cannot be divided into words to learn and words to test. */
export const FEWEST_WORDS = 10;

/** Initial, medial and final jamo in the order of Unicode's conjoining blocks, as they are shown alone. */
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/**
 * The symbols of a word. Jamo are the conjoining ones (U+1100 …), so that an initial ㄱ and a final ㄱ are two symbols
 * and a word can be put together again.
 */
export function symbolsOf(word: string, unit: WordUnit): string[] {
  return [...word.normalize(unit === "jamo" ? "NFD" : "NFC")];
}

/** Symbols put together; jamo that form no syllable stay alone, shown as letters. */
export function textOf(symbols: readonly string[]): string {
  return [...symbols.join("").normalize("NFC")].map(letterOf).join("");
}

/** How a symbol is shown by itself. */
export function letterOf(symbol: string): string {
  const code = symbol.codePointAt(0)!;
  return INITIALS[code - 0x1100] ?? MEDIALS[code - 0x1161] ?? FINALS[code - 0x11a8] ?? symbol;
}

/** Where in a syllable a jamo stands, as a learner would say it; `undefined` for a syllable. */
export function placeOf(symbol: string): "첫소리" | "가운뎃소리" | "끝소리" | undefined {
  const code = symbol.codePointAt(0)!;
  if (code >= 0x1100 && code < 0x1161) return "첫소리";
  if (code >= 0x1161 && code < 0x11a8) return "가운뎃소리";
  if (code >= 0x11a8 && code < 0x1200) return "끝소리";
  return undefined;
}

/** Whether a text consists of whole Hangul syllables. */
export const isHangul = (text: string): boolean => /^[가-힣]+$/.test(text);

/** Country and region names as this device writes them: those of Hangul alone. */
export function countryNames(): string[] {
  const names = new Intl.DisplayNames(["ko"], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const all = letters.flatMap((a) => letters.map((b) => names.of(a + b)));
  return distinct(all.filter((name) => name !== undefined));
}

const distinct = (words: readonly string[]): string[] =>
  [...new Set(words)].filter((word) => isHangul(word) && word.length <= LONGEST_WORD).sort();

export interface WordList {
  readonly words: readonly string[];
  /** What was left out of the learner's text, by reason. */
  readonly foreign: number;
  readonly long: number;
  readonly repeated: number;
  readonly beyond: number;
}

/** The words of a text, one a line or parted by commas and spaces. */
export function readWords(text: string): WordList {
  const found = new Set<string>();
  const left = { foreign: 0, long: 0, repeated: 0, beyond: 0 };
  for (const match of text.matchAll(/[^\s,;·/]+/g)) {
    const word = match[0].normalize("NFC");
    if (!isHangul(word)) left.foreign++;
    else if (word.length > LONGEST_WORD) left.long++;
    else if (found.has(word)) left.repeated++;
    else if (found.size >= MOST_WORDS) left.beyond++;
    else found.add(word);
  }
  return { words: [...found], ...left };
}

export const namesToLearn = (): readonly string[] => GIVEN_NAMES;
