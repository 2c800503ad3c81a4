/** Logarithmic bars: the decades shown, and the path of all bars at once. */

/** Exponents of ten at the bottom and the top of a chart. */
export interface Decades {
  readonly low: number;
  readonly high: number;
}

/** Steps in which a chart grows: in large ones, so that it seldom does. */
const LOWS = [-6, -12, -24, -46];
const HIGHS = [1, 6, 20, 39];

/** The decades needed for all values that have a logarithm; never fewer than `before`. */
export function decadesFor(
  values: readonly Float64Array[],
  before: Decades = { low: LOWS[0]!, high: HIGHS[0]! },
): Decades {
  let { low, high } = before;
  for (const list of values) {
    for (const value of list) {
      if (!Number.isFinite(value) || value <= 0) continue;
      const power = Math.log10(value);
      low = Math.min(low, LOWS.find((candidate) => candidate <= power) ?? LOWS.at(-1)!);
      high = Math.max(high, HIGHS.find((candidate) => candidate >= power) ?? HIGHS.at(-1)!);
    }
  }
  return { low, high };
}

/** Height of a value's bar as a share of the chart: 0 for zero, 1 for what is beyond every number. */
export function heightOf(value: number, { low, high }: Decades): number {
  if (!Number.isFinite(value)) return 1;
  if (value <= 0) return 0;
  // A value in the lowest decades still shows that it is not 0.
  return Math.max(0.015, Math.min(1, (Math.log10(value) - low) / (high - low)));
}

/** About four powers of ten to mark on the axis. */
export function ticksOf({ low, high }: Decades): number[] {
  const step = [1, 2, 3, 5, 10, 20].find((candidate) => (high - low) / candidate <= 6) ?? 20;
  const first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, i) => first + i * step);
}

/** Bars in a box of `width` × 100, one for each value that `keep` accepts, as an SVG path. */
export function barsPath(
  values: Float64Array,
  decades: Decades,
  width: number,
  keep: (index: number) => boolean = () => true,
): string {
  const slot = width / values.length;
  let path = "";
  values.forEach((value, i) => {
    const height = 100 * heightOf(value, decades);
    if (height === 0 || !keep(i)) return;
    const left = (i + 0.12) * slot;
    path += `M${left.toFixed(2)} 100v${(-height).toFixed(2)}h${(0.76 * slot).toFixed(2)}V100z`;
  });
  return path;
}

/** The tops of the bars as one stepped line: a run that was pinned. */
export function outlinePath(values: Float64Array, decades: Decades, width: number): string {
  const slot = width / values.length;
  return Array.from(values, (value, i) => {
    const y = (100 * (1 - heightOf(value, decades))).toFixed(2);
    return `${i === 0 ? "M0" : "L"}${i === 0 ? "" : (i * slot).toFixed(2)} ${y}H${((i + 1) * slot).toFixed(2)}`;
  }).join("");
}
