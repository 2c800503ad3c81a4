/** How many characters of an answer are graded. */
export const GRADED_CHARACTERS = 1000;

export interface NormalizedAnswer {
  /** Small letters, single spaces, NFC. */
  readonly text: string;
  /** The same with capitals: the other keyboard mode needs them. */
  readonly cased: string;
  /** The answer went on beyond what is graded. */
  readonly truncated: boolean;
}

/** Formatting that people paste; the arrow `<->` and `<CNN>` are no tags. */
const TAGS =
  /<\/?(?:a|b|br|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|s|script|small|span|strong|style|sub|sup|table|td|tr|u|ul)\b[^<>]*>/gi;
/** Soft hyphens, zero-width characters, direction marks, variation selectors. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;

/**
 * Brings an answer into the form that is searched. Canonical composition only: NFKC would turn the separate
 * letters of 추ㅜ, which is CNN in the other keyboard mode, into conjoining ones.
 */
export function normalizeAnswer(answer: string): NormalizedAnswer {
  // Bounded before anything else, generously: what is dropped below must not make room for text beyond.
  const raw = answer.slice(0, GRADED_CHARACTERS * 4).normalize("NFC");
  const folded = raw
    .replace(INVISIBLE, "")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(TAGS, " ")
    .replace(/[*_`#~]+/g, " ")
    .replace(/[‘’]/g, "'")
    .replace(/(\S)\1{2,}/gu, "$1$1")
    .replace(/[\s\u3000]+/g, " ")
    .trim();
  const cased = folded.slice(0, GRADED_CHARACTERS);
  const truncated = folded.length > GRADED_CHARACTERS || answer.length > raw.length;
  // Some capitals change their length in small letters; positions must stay.
  const text = [...cased]
    .map((character) => {
      const small = character.toLowerCase();
      return small.length === character.length ? small : character;
    })
    .join("");
  return { text, cased, truncated };
}
