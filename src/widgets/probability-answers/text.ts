/** A number with a real minus sign. */
export const signed = (value: number, digits = 2): string => {
  const written = Math.abs(value).toFixed(digits);
  return value < 0 && Number(written) !== 0 ? `−${written}` : written;
};

/** A share in percent; what only rounds to 0 or 100 is not called so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  if (share < 1 && share >= 0.9995) return ">99.9%";
  return `${(share * 100).toFixed(1)}%`;
}

/** A power of e: four figures, or a power of ten. */
export function power(value: number): string {
  if (value !== 0 && (value >= 1e5 || value < 1e-3)) {
    const [digits, exponent] = value.toExponential(1).split("e");
    return `${digits}×10${superscript(Number(exponent))}`;
  }
  return String(Number(value.toPrecision(4)));
}

const superscript = (exponent: number) =>
  [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");
