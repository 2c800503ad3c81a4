import { disassemble } from "es-hangul";

/** A text as its letters (jamo, Latin letters, digits) without spaces and marks, each with its origin. */
export interface Letters {
  readonly letters: string;
  /** Letter → index of its character in the text. */
  readonly origin: Int32Array;
  /** Letter → it begins a character. */
  readonly starts: Uint8Array;
}

const known = new Map<string, string>();

/** The letters of one character; double vowels and double finals come apart (과 → ㄱㅗㅏ). */
function lettersOf(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const letters = /[가-힣ㄱ-ㅣ]/.test(character)
    ? disassemble(character)
    : /[\p{L}\p{N}]/u.test(character)
      ? character
      : "";
  if (known.size < 20_000) known.set(character, letters);
  return letters;
}

/** Takes a text apart. A final ㄲ or ㅆ stays one letter, as on the keyboard. */
export function takeApart(text: string): Letters {
  const parts: string[] = [];
  const origin: number[] = [];
  const starts: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const letters = lettersOf(text[index]!);
    for (let i = 0; i < letters.length; i += 1) {
      origin.push(index);
      starts.push(i === 0 ? 1 : 0);
    }
    parts.push(letters);
  }
  return { letters: parts.join(""), origin: Int32Array.from(origin), starts: Uint8Array.from(starts) };
}
