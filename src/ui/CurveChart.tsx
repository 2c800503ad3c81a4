import type { ComponentChildren } from "preact";
import { linePath, type Series } from "../draw/series.ts";
import "./curve-chart.css";

export interface Curve {
  /** What it is, with its present value where that helps. */
  readonly label: string;
  readonly values: readonly number[];
  /** Its colour's meaning; text colour when left out. */
  readonly tone?: "accent" | "real" | "fake" | "muted";
  /** Test data is dashed against solid training data, the fake against the real. */
  readonly isDashed?: boolean;
  /** For one that others may cover. */
  readonly isWide?: boolean;
  /** Its own lowest and highest value, where it shares no axis with the others. */
  readonly range?: readonly [number, number];
}

export interface CurveChartProps {
  steps: Series["steps"];
  /** The first one lies on top. */
  curves: readonly Curve[];
  /** Lowest and highest value of the vertical axis. */
  range: readonly [number, number];
  /** CSS pixels. */
  height?: number;
  /** After the names of the curves. */
  children?: ComponentChildren;
}

const WIDTH = 300;

/** Lines over the steps of a training, from its first to its last, with their names below. */
export function CurveChart({ steps, curves, range, height = 80, children }: CurveChartProps) {
  const step = [steps[0] ?? 0, steps.at(-1) ?? 1] as const;
  const box = { width: WIDTH, height };
  const look = ({ tone, isDashed, isWide }: Curve) => ({
    "data-tone": tone,
    "data-dashed": isDashed ? "" : undefined,
    "data-wide": isWide ? "" : undefined,
  });
  return (
    <figure class="curve-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        style={{ blockSize: `${height}px` }}
      >
        {[...curves].reverse().map((curve) => (
          <path
            key={curve.label}
            {...look(curve)}
            d={linePath(steps, curve.values, { step, value: curve.range ?? range }, box)}
          />
        ))}
      </svg>
      <figcaption>
        {curves.map((curve, i) => (
          <span key={i} class="curve-chart-key" {...look(curve)}>
            {curve.label}
          </span>
        ))}
        {children}
      </figcaption>
    </figure>
  );
}

/** Highest finite value of some curves, at least `least`. */
export const topOf = (least: number, ...curves: readonly (readonly number[])[]): number =>
  curves.flat().reduce((top, value) => (Number.isFinite(value) ? Math.max(top, value) : top), least);
