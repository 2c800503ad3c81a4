/** Numbers as the page writes them. */

const THREE = new Intl.NumberFormat("ko-KR", { maximumSignificantDigits: 3 });

/** Three digits that mean something. */
export const speedText = (value: number): string => THREE.format(value);

/** Two digits: a ratio of two measurements is no better known. */
export const relativeText = (ratio: number): string => String(Number(ratio.toPrecision(2)));

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 3.14·10²³ */
export function powerText(value: number): string {
  const [mantissa, exponent] = value.toExponential(2).split("e") as [string, string];
  const raised = [...String(Math.abs(Number(exponent)))].map((digit) => DIGITS[Number(digit)]).join("");
  return `${Number(mantissa)} × 10${Number(exponent) < 0 ? "⁻" : ""}${raised}`;
}
