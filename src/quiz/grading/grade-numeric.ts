import type { NumericQuestion, NumericVariant } from "../question.ts";
import type { SimpleGrade } from "./grade-choice.ts";

/**
 * A number as learners write it: 1,200 and −0.5 and 3/4, with a unit behind it.
 *
 * @returns `undefined` when it is none
 */
export function readNumber(text: string): number | undefined {
  const compact = text
    .normalize("NFC")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[−–—]/g, "-")
    .replace(/\s+/g, "");
  const match =
    /^[a-z=]*=?(?<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(?:\/(?<below>\d+(?:\.\d+)?))?(?:[%가-힣a-z].*)?\.?$/i.exec(
      compact,
    );
  const digits = match?.groups?.number ?? "";
  if (!/\d/.test(digits)) return undefined;
  const below = match?.groups?.below === undefined ? 1 : Number(match.groups.below);
  const value = Number(digits.replaceAll(",", "")) / below;
  return Number.isFinite(value) ? value : undefined;
}

/** The variant of a question at the nth attempt, from 0; each attempt has fresh numbers. */
export function variantAt({ variants }: NumericQuestion, attempt: number): NumericVariant {
  return variants[attempt % variants.length]!;
}

export function gradeNumeric(question: NumericQuestion, variant: NumericVariant, text: string): SimpleGrade {
  const value = readNumber(text);
  if (value === undefined) return { verdict: "incorrect", feedback: ["숫자를 하나 적어 주세요. 예: -1.5"] };
  // Binary fractions: 0.1 + 0.2 must still count as 0.3.
  const slack = 1e-9 * Math.max(1, Math.abs(variant.answer));
  if (Math.abs(value - variant.answer) <= question.tolerance + slack) {
    return { verdict: "correct", feedback: ["맞습니다."] };
  }
  const signWrong = value !== 0 && Math.abs(value + variant.answer) <= question.tolerance + slack;
  if (signWrong) return { verdict: "incorrect", feedback: ["크기는 맞습니다. 부호를 다시 보세요."] };
  return { verdict: "incorrect", feedback: ["다시 계산해 보세요."] };
}
