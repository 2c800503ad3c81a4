/**
 * Text as numbers and back, without a character that cannot be written. Frequent syllables, words and endings are one
 * token; a rare syllable falls into its jamo; any other character is named by its code point. A space belongs to the
 * token after it (`subwords.ts`).
 */
import { joinPairs, learnPairs, type Pair, WORD_START } from "./subwords.ts";

/** Between two stories, and before the first. */
export const STORY_END = 0;
/** Names a character: five tokens with the digits of its code point follow. */
const CODE_POINT = 1;
const DIGITS = 5;

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));

/** The first digit of a code point goes up to 10 (hexadecimal), the others to F. */
const DIGIT_PIECES = [...range(0x30, 0x39), ...range(0x41, 0x46), "10"].map((digit) => `U+${digit}`);
/** Initial, medial and final jamo; jamo that stand alone; Latin, digits and marks; Korean marks; the line break. */
const LETTERS = [
  ...[...range(0x1100, 0x1112), ...range(0x1161, 0x1175), ...range(0x11a8, 0x11c2)],
  ...range(0x3131, 0x3163),
  ...range(0x21, 0x7e),
  ...["“", "”", "‘", "’", "…", "·", "→", "×", "−", "\n"],
  WORD_START,
];
/** Pieces every tokenizer of this kind begins with. */
const BASE: readonly string[] = ["⟨끝⟩", "⟨글자⟩", ...DIGIT_PIECES, ...LETTERS];
const FIRST_DIGIT = 2;

const isSyllable = (letter: string) => letter >= "가" && letter <= "힣";

/** What a tokenizer is made of, as it is kept beside the network. */
export interface TokenTable {
  /** Syllables that are pieces by themselves. */
  readonly syllables: string;
  /** Joins in the order they were learned, as the numbers of both pieces. */
  readonly merges: readonly (readonly [number, number])[];
}

export class StoryTokens {
  readonly table: TokenTable;
  /** What each token stands for; a space before a word is ▁. */
  readonly pieces: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #pairs: readonly Pair[];
  readonly #known = new Map<string, readonly number[]>();

  /** @throws RangeError when a join names a piece that is not there. */
  constructor(table: TokenTable) {
    this.table = table;
    const pieces = [...BASE, ...table.syllables];
    const pairs: Pair[] = [];
    for (const [left, right] of table.merges) {
      const pair = [pieces[left], pieces[right]] as const;
      if (pair[0] === undefined || pair[1] === undefined) throw new RangeError(`no pieces ${left}, ${right}`);
      pairs.push([pair[0], pair[1]]);
      pieces.push(pair[0] + pair[1]);
    }
    this.pieces = pieces;
    this.#pairs = pairs;
    this.#ids = new Map(pieces.map((piece, id) => [piece, id]));
  }

  /** The text's tokens. Half a surrogate pair, which is no character, is left out. */
  encode(text: string): number[] {
    const whole = text.normalize("NFC").replace(/\p{Surrogate}/gu, "");
    return whole === "" ? [] : wordsOf(whole).flatMap((word) => this.encodeWord(word));
  }

  /** The text of tokens; `decode(encode(text))` is the text in composed form. */
  decode(tokens: readonly number[]): string {
    const text = this.texts(tokens).join("");
    return (text.startsWith(" ") ? text.slice(1) : text).normalize("NFC");
  }

  /**
   * What each token adds to the text. Digits of a code point add nothing before the last of them adds the character;
   * a name that breaks off stays readable as U+… .
   */
  texts(tokens: readonly number[]): string[] {
    const result = tokens.map((token) => this.#textOf(token));
    for (let at = 0; at < tokens.length; at++) {
      if (tokens[at] !== CODE_POINT) continue;
      const character = characterOf(tokens.slice(at + 1, at + 1 + DIGITS));
      if (character === undefined) continue;
      result.fill("", at, at + DIGITS);
      result[at + DIGITS] = character;
    }
    return result;
  }

  /** A token as it is shown by itself: ▁ for the space, a jamo as a letter. */
  label(token: number): string {
    const piece = this.pieces[token]!;
    if (piece === "\n") return "↵";
    return piece;
  }

  #textOf(token: number): string {
    if (token === STORY_END) return "";
    return this.pieces[token]!.replaceAll(WORD_START, " ");
  }

  /** Tokens of one word or mark, with the space before it. */
  encodeWord(word: string): readonly number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const letters = [...word].flatMap((letter) => this.#lettersOf(letter));
    const ids = joinPairs(letters, this.#pairs).map((piece) => this.#ids.get(piece)!);
    this.#known.set(word, ids);
    return ids;
  }

  /** One character in pieces of the base or syllables. */
  #lettersOf(letter: string): string[] {
    if (letter === " ") return [WORD_START];
    if (letter !== WORD_START && this.#ids.has(letter)) return [letter];
    if (isSyllable(letter)) return [...letter.normalize("NFD")];
    const digits = letter.codePointAt(0)!.toString(16).toUpperCase().padStart(DIGITS, "0");
    const first = digits.slice(0, digits.length - DIGITS + 1);
    return [BASE[CODE_POINT]!, `U+${first}`, ...[...digits.slice(first.length)].map((digit) => `U+${digit}`)];
  }
}

/** Words and marks, each with the one space before it; a line break, or a space that nothing follows, by itself. */
const wordsOf = (text: string): readonly string[] =>
  ` ${text}`.match(/ ?[\p{L}\p{N}]+| ?[^\s\p{L}\p{N}]|\s/gu) ?? [];

function characterOf(digits: readonly number[]): string | undefined {
  const values = digits.map((token) => token - FIRST_DIGIT);
  if (values.length < DIGITS || values.some((value, i) => value < 0 || value > (i === 0 ? 16 : 15))) {
    return undefined;
  }
  const code = values.reduce((sum, value) => sum * 16 + value, 0);
  return code >= 0xd800 && code < 0xe000 ? undefined : String.fromCodePoint(code);
}

export interface TokenLearning {
  /** Syllables that occur less often are left to their jamo. */
  readonly leastSyllable: number;
  readonly merges: number;
}

/** Learns which syllables and joins a text needs. */
export function learnTokens(texts: readonly string[], { leastSyllable, merges }: TokenLearning): StoryTokens {
  const words = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(wordsOf)) {
    words.set(word, (words.get(word) ?? 0) + 1);
    for (const letter of word) if (isSyllable(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const syllables = [...counts].filter(([, count]) => count >= leastSyllable).map(([letter]) => letter);
  const base = new StoryTokens({ syllables: syllables.sort().join(""), merges: [] });
  const pairs = learnPairs(
    [...words].map(([word, count]) => ({
      pieces: base.encodeWord(word).map((id) => base.pieces[id]!),
      count,
    })),
    merges,
  );
  const ids = new Map(base.pieces.map((piece, id) => [piece, id]));
  const joins = pairs.map(([left, right]): [number, number] => {
    const join: [number, number] = [ids.get(left)!, ids.get(right)!];
    ids.set(left + right, ids.size);
    return join;
  });
  return new StoryTokens({ syllables: base.table.syllables, merges: joins });
}
