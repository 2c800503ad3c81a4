/** What came out, and what it says. */
import type { Cell, LearnerId } from "./experiment.ts";
import { SIZES } from "./state.ts";

/** Accuracies of one learner at one size, one for each repetition so far. */
export function accuraciesOf(cells: readonly Cell[], learner: LearnerId, size: number): number[] {
  return cells.filter((cell) => cell.learner === learner && cell.size === size).map((cell) => cell.accuracy);
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean accuracy for each size; `undefined` where there is none yet. */
export const curveOf = (cells: readonly Cell[], learner: LearnerId): (number | undefined)[] =>
  SIZES.map((_, size) => {
    const values = accuraciesOf(cells, learner, size);
    return values.length > 0 ? meanOf(values) : undefined;
  });

/** Whether every learner has been tried at every size, so many times. */
export const isComplete = (cells: readonly Cell[], repetitions: number): boolean =>
  cells.length >= 3 * SIZES.length * repetitions;

/** The first size at which the large network passes what the small one reaches with all pictures. */
export function overtakingSize(cells: readonly Cell[]): number | undefined {
  const best = curveOf(cells, "small").at(-1);
  const large = curveOf(cells, "large");
  if (best === undefined || large.includes(undefined)) return undefined;
  const found = large.findIndex((value) => value! > best);
  return found < 0 ? undefined : found;
}

/** Largest and mean distance of the guess (percent) from the large network's curve, in percentage points. */
export function guessError(
  cells: readonly Cell[],
  guess: readonly number[],
): { largest: number; mean: number } | undefined {
  const large = curveOf(cells, "large");
  if (large.includes(undefined)) return undefined;
  const distances = large.map((value, i) => Math.abs(100 * value! - guess[i]!));
  return { largest: Math.max(...distances), mean: meanOf(distances) };
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const points = (share: number): string => `${(100 * share).toFixed(1)}%p`;
export const countText = (count: number): string => `${count.toLocaleString("en")}장`;

/** The findings, in sentences made of the measured numbers. */
export function findings(cells: readonly Cell[]): string[] {
  const [small, large, nearest] = [
    curveOf(cells, "small"),
    curveOf(cells, "large"),
    curveOf(cells, "nearest"),
  ];
  if ([...small, ...large, ...nearest].includes(undefined)) return [];
  const gain = (curve: readonly (number | undefined)[], to: number) => curve[to]! - curve[to - 1]!;
  const change = (share: number) =>
    share < 0 ? `${points(-share)} 내렸습니다` : `${points(share)} 올랐습니다`;
  const last = SIZES.length - 1;
  const error = [1 - large[0]!, 1 - large[last]!] as const;
  const ahead = large[last]! - nearest[last]!;
  return [
    `큰 신경망은 ${countText(SIZES[0])}에서 ${countText(SIZES[1])}으로 늘릴 때 ${change(gain(large, 1))}. ${countText(SIZES[last - 1]!)}에서 ${countText(SIZES[last]!)}으로 늘릴 때는 ${change(gain(large, last))}.`,
    `작은 신경망은 마지막 구간에서 ${change(gain(small, last))}. ${countText(SIZES[last]!)}에서 두 신경망의 차이는 ${points(large[last]! - small[last]!)}입니다.`,
    `큰 신경망이 틀리는 비율은 ${percent(error[0])}에서 ${percent(error[1])}로 바뀌었습니다. 가장 가까운 그림을 찾는 방법은 ${countText(SIZES[last]!)}에서 ${percent(nearest[last]!)}로, 큰 신경망보다 ${points(Math.abs(ahead))} ${ahead >= 0 ? "낮습니다" : "높습니다"}.`,
  ];
}
