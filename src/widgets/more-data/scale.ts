/** Places in the chart: training pictures across on a logarithmic axis, accuracy or error up. */
import { SIZES } from "./state.ts";

export const BOX = { left: 52, right: 16, top: 12, bottom: 30, width: 340, height: 240 } as const;
/** Lowest error of the logarithmic axis. */
const LEAST_ERROR = 0.02;

const inner = { width: BOX.width - BOX.left - BOX.right, height: BOX.height - BOX.top - BOX.bottom };

export function xOf(size: number): number {
  const [first, last] = [Math.log(SIZES[0]), Math.log(SIZES.at(-1)!)];
  return BOX.left + ((Math.log(SIZES[size]!) - first) / (last - first)) * inner.width;
}

/** @param accuracy share, 0 to 1. */
export function yOf(accuracy: number, logError: boolean): number {
  const share = logError ? Math.log(Math.max(LEAST_ERROR, 1 - accuracy)) / Math.log(LEAST_ERROR) : accuracy;
  return BOX.top + (1 - share) * inner.height;
}

/** The accuracy, in whole percent, that stands at a height of the chart. */
export function percentAt(y: number, logError: boolean): number {
  const share = Math.max(0, Math.min(1, 1 - (y - BOX.top) / inner.height));
  return Math.round(100 * (logError ? 1 - LEAST_ERROR ** share : share));
}

/** Accuracies at which the axis is marked. */
export const ticks = (logError: boolean): readonly number[] =>
  logError ? [0, 0.5, 0.8, 0.9, 0.95, 0.98] : [0, 0.2, 0.4, 0.6, 0.8, 1];
