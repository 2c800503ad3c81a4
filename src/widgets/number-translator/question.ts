/** What the learner typed, as the translator takes it, or what is wrong with it. */
import { parseReading, READING_SYLLABLES, readNumber } from "../../data/number-reading.ts";
import { type Direction, LONGEST } from "../../models/number-network.ts";

export type Question =
  | {
      readonly source: string;
      readonly direction: Direction;
      /** By the rules of reading; `undefined` for syllables that are the reading of no number. */
      readonly truth: string | undefined;
      readonly problem?: undefined;
    }
  | { readonly problem: string };

/** Characters of the learner's text that are looked at. */
export const LONGEST_TEXT = 40;
const MOST_DIGITS = 8;
const NATIVE =
  /하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔|한|두|세|네/;

/** Digits with or without commas, or a Sino-Korean reading with or without spaces. */
export function questionOf(typed: string): Question {
  const text = typed
    .slice(0, LONGEST_TEXT)
    .normalize("NFC")
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\s,]/g, "");
  if (text === "") return { problem: "숫자나 한글로 읽은 수를 적어 주세요." };
  if (/^\d+$/.test(text)) return digitsOf(text);
  if (/\d/.test(text)) {
    if (/^[-−+]/.test(text))
      return { problem: "음수는 배우지 않았습니다. 0보다 크거나 같은 수를 적어 주세요." };
    if (text.includes(".")) return { problem: "소수는 배우지 않았습니다. 소수점 없는 수를 적어 주세요." };
    return { problem: "숫자와 다른 글자가 섞여 있습니다. 숫자로만, 또는 한글로만 적어 주세요." };
  }
  return readingOf(text);
}

function digitsOf(text: string): Question {
  if (text.length > 1 && text.startsWith("0")) return { problem: "맨 앞의 0을 빼고 적어 주세요." };
  if (text.length > MOST_DIGITS) {
    return { problem: `여덟 자리까지만 넣을 수 있습니다. 지금은 ${text.length}자리입니다.` };
  }
  return { source: text, direction: "read", truth: readNumber(Number(text)) };
}

function readingOf(text: string): Question {
  const strange = [...text].find((syllable) => !READING_SYLLABLES.includes(syllable));
  if (strange === undefined) {
    if (text.length >= LONGEST) return { problem: `${LONGEST - 1}글자까지만 넣을 수 있습니다.` };
    const value = parseReading(text);
    return { source: text, direction: "write", truth: value === undefined ? undefined : String(value) };
  }
  if (/[ㄱ-ㅎㅏ-ㅣ]/.test(text)) return { problem: "아직 다 적지 않은 글자가 있습니다." };
  if (/[억조경]/.test(text)) return { problem: "억 이상의 수는 배우지 않았습니다." };
  if (NATIVE.test(text)) {
    return { problem: "‘스물다섯’ 같은 고유어 수는 배우지 않았습니다. ‘이십오’처럼 적어 주세요." };
  }
  return {
    problem: `‘${strange}’ 글자는 배우지 않았습니다. 쓸 수 있는 글자는 ${READING_SYLLABLES.join(" ")}입니다.`,
  };
}
