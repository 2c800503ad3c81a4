/**
 * Whole numbers in Sino-Korean words and back. Written by hand, it is what the translator learns from and is judged by.
 * Spaces come after 만 and 억 (한글 맞춤법 제44항); a leading 일 is left out before 십, 백, 천 and before a lone 만, as it is
 * spoken, or written out, as on cheques (일만, 일십).
 */
import type { Random } from "../engine/random.ts";

/** Numbers up to here are read: 8 digits. */
export const LARGEST_NUMBER = 99_999_999;

const DIGITS = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"] as const;
const PLACES = ["", "십", "백", "천"] as const;
const MYRIAD = "만";

/** Every syllable a reading can hold. */
export const READING_SYLLABLES: readonly string[] = [...DIGITS, ...PLACES.slice(1), MYRIAD];

/** Whether the 일 before a unit is spoken: `unit` is 십, 백, 천 or 만. */
type SaysOne = (unit: string) => boolean;

/** Four digits: 2026 → 이천이십육. */
function readGroup(group: number, saysOne: SaysOne): string {
  let text = "";
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) continue;
    const unit = PLACES[place]!;
    text += digit === 1 && unit !== "" && !saysOne(unit) ? unit : DIGITS[digit] + unit;
  }
  return text;
}

function read(value: number, saysOne: SaysOne): string {
  if (value === 0) return DIGITS[0];
  const [high, low] = [Math.floor(value / 10_000), value % 10_000];
  const loneOne = high === 1 && !saysOne(MYRIAD);
  return (high === 0 ? "" : (loneOne ? "" : readGroup(high, saysOne)) + MYRIAD) + readGroup(low, saysOne);
}

/**
 * The reading without spaces. `spoken` leaves 일 out (만이천), `written` keeps every one (일만이천).
 * @throws RangeError for anything but a whole number from 0 to 99,999,999.
 */
export function readNumber(value: number, style: "spoken" | "written" = "spoken"): string {
  if (!Number.isInteger(value) || value < 0 || value > LARGEST_NUMBER) {
    throw new RangeError(`${value} is no whole number from 0 to ${LARGEST_NUMBER}`);
  }
  return read(value, () => style === "written");
}

/** A reading in which each 일 is said or left out by chance: people do both. */
export const readNumberFreely = (value: number, random: Random): string =>
  read(value, () => random.uniform() < 0.5);

/** With the space after 만. */
export const spaced = (reading: string): string => reading.replace(/만(?=.)/, "만 ");

/** The number of a reading, with 일 said or left out; `undefined` when it is none up to 99,999,999. */
export function parseReading(text: string): number | undefined {
  const reading = text.replace(/\s/g, "");
  if (reading === "") return undefined;
  if (reading === DIGITS[0]) return 0;
  const parts = reading.split(MYRIAD);
  if (parts.length > 2) return undefined;
  if (parts.length === 1) return parseGroup(parts[0]!);
  const [high, low] = parts as [string, string];
  const many = high === "" ? 1 : parseGroup(high);
  const rest = low === "" ? 0 : parseGroup(low);
  return many === undefined || rest === undefined ? undefined : many * 10_000 + rest;
}

/** 1 to 9999; units must fall, and each has at most one digit before it. */
function parseGroup(text: string): number | undefined {
  const match =
    /^(?:([일이삼사오육칠팔구])?천)?(?:([일이삼사오육칠팔구])?백)?(?:([일이삼사오육칠팔구])?십)?([일이삼사오육칠팔구])?$/.exec(
      text,
    );
  if (!match || text === "") return undefined;
  const value = (digit: string | undefined, unit: string) => {
    if (digit !== undefined) return DIGITS.indexOf(digit as (typeof DIGITS)[number]);
    return unit !== "" && text.includes(unit) ? 1 : 0;
  };
  const [, thousands, hundreds, tens, ones] = match;
  return (
    1000 * value(thousands, "천") + 100 * value(hundreds, "백") + 10 * value(tens, "십") + value(ones, "")
  );
}

/** A number of exactly so many digits, each equally likely. */
export function drawNumber(digits: number, random: Random): number {
  const least = digits === 1 ? 0 : 10 ** (digits - 1);
  return least + random.below(10 ** digits - least);
}
