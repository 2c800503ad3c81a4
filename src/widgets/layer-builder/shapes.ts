/** How the values between two layers are laid out, for one example. */
export type ValueShape =
  | { readonly kind: "vector"; readonly size: number }
  | { readonly kind: "image"; readonly channels: number; readonly rows: number; readonly columns: number }
  | { readonly kind: "wave"; readonly channels: number; readonly length: number }
  /** Numbers of tokens: they have no size, so nothing can be multiplied with them. */
  | { readonly kind: "tokens"; readonly length: number; readonly vocabulary: number }
  | { readonly kind: "sequence"; readonly length: number; readonly width: number };

export type ShapeKind = ValueShape["kind"];

/** Extents, outermost first. */
export function extentsOf(shape: ValueShape): readonly number[] {
  switch (shape.kind) {
    case "vector":
      return [shape.size];
    case "image":
      return [shape.channels, shape.rows, shape.columns];
    case "wave":
      return [shape.channels, shape.length];
    case "tokens":
      return [shape.length];
    case "sequence":
      return [shape.length, shape.width];
  }
}

/** Number of values. */
export const sizeOfValues = (shape: ValueShape): number =>
  extentsOf(shape).reduce((product, extent) => product * extent, 1);

export const number = (value: number): string => value.toLocaleString("ko");

/** `6 × 28 × 28`. */
export const shapeText = (shape: ValueShape): string => extentsOf(shape).map(number).join(" × ");

const MEANINGS: Readonly<Record<ShapeKind, string>> = {
  vector: "한 줄로 놓인 값",
  image: "채널 × 세로 × 가로",
  wave: "채널 × 시간",
  tokens: "토큰 번호",
  sequence: "토큰 × 너비",
};

/** What the axes mean. */
export const meaningOf = ({ kind }: ValueShape): string => MEANINGS[kind];

/** The channels' axis has this extent; `undefined` for token numbers, which have none. */
export function channelsOf(shape: ValueShape): number | undefined {
  switch (shape.kind) {
    case "vector":
      return shape.size;
    case "image":
    case "wave":
      return shape.channels;
    case "sequence":
      return shape.width;
    case "tokens":
      return undefined;
  }
}

/**
 * `1억 3,836만`, `6만 1,706`: grouped by four digits, as Korean numbers are read; rounded to the two largest groups, so
 * exact below a hundred million.
 */
export function koreanNumber(value: number): string {
  const units = ["", "만", "억", "조"];
  const size = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 4)));
  const [large, small] = [10_000 ** size, 10_000 ** Math.max(0, size - 1)];
  const rounded = Math.round(value / small) * small;
  const [first, second] = [Math.floor(rounded / large), Math.round((rounded % large) / small)];
  if (size === 0) return number(rounded);
  return `${number(first)}${units[size]}${second > 0 ? ` ${number(second)}${units[size - 1]}` : ""}`;
}

/** With its counter: `208개`, `1억 3,836만 개`. */
export function withCounter(value: number, counter: string): string {
  const text = koreanNumber(value);
  return /\d$/.test(text) ? text + counter : `${text} ${counter}`;
}

/** `244 MB`; a kilobyte has 1,000 bytes. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString("ko", { maximumFractionDigits: digits })} ${units[unit]}`;
}
