/** Numbers as a learner reads them: a real minus sign, a fixed number of decimals, powers of ten where it must be. */

const LARGE = 10_000;

/**
 * `−0.38`; from 10,000 on `2.1×10⁵`; what is not finite as a word.
 * @param plus whether a positive number gets its sign too
 */
export function numberText(value: number, digits = 2, plus = false): string {
  if (Number.isNaN(value)) return "정의되지 않음";
  const sign = value < 0 ? "−" : plus && value > 0 ? "+" : "";
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}무한대`;
  if (size >= LARGE) return sign + powerText(size);
  const text = size.toFixed(digits);
  return Number(text) === 0 ? text : sign + text;
}

/** As `numberText`, but with powers of ten also where the decimals would show nothing but zeros. */
export function scientificText(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value) || size >= 10 ** -digits) return numberText(value, digits);
  return (value < 0 ? "−" : "") + powerText(size);
}

/** As `numberText`, a whole number without decimals. */
export function shortText(value: number, digits = 2): string {
  return numberText(value, Number.isInteger(value) ? 0 : digits);
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function powerText(size: number): string {
  const [mantissa, exponent] = size.toExponential(1).split("e") as [string, string];
  const digits = [...String(Math.abs(Number(exponent)))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return `${mantissa}×10${Number(exponent) < 0 ? "⁻" : ""}${digits}`;
}
