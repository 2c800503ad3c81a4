/** What the measurements allow to say. */
import type { Cell, LearnerId } from "./experiment.ts";
import { SIDES, SIZES } from "./state.ts";

export const NAMES: Readonly<Record<LearnerId, string>> = {
  "hand-made": "사람이 정한 특징 + 층 하나",
  pixels: "픽셀 + 층 하나",
  network: "합성곱 신경망",
  nearest: "가장 가까운 훈련 그림의 답",
};

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)}%`;
const points = (share: number): string => `${(100 * share).toFixed(1)}%p`;

export const bestHandMade = (cells: readonly Cell[]): Cell | undefined =>
  cells
    .filter(({ job }) => job === "hand-made")
    .reduce<Cell | undefined>(
      (best, cell) => (best && best.accuracy >= cell.accuracy ? best : cell),
      undefined,
    );

export const learnedCell = (cells: readonly Cell[]): Cell | undefined =>
  cells.find(({ job }) => job === "learned");

/** Accuracies along the sides of the paper or the sizes of the data; `undefined` where nothing is measured yet. */
export function curveOf(
  cells: readonly Cell[],
  job: "dimensions" | "data",
  learner: LearnerId,
): readonly (number | undefined)[] {
  const own = cells.filter((cell) => cell.job === job && cell.learner === learner);
  return job === "dimensions"
    ? SIDES.map((side) => own.find(({ inputs }) => inputs === side * side)?.accuracy)
    : SIZES.map((size) => own.find(({ count }) => count === size)?.accuracy);
}

/** First and last accuracy of a curve that is complete. */
export function endsOf(curve: readonly (number | undefined)[]): readonly [number, number] | undefined {
  const [first, last] = [curve[0], curve.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}

export function featuresText(cells: readonly Cell[]): string {
  const [hand, learned] = [bestHandMade(cells), learnedCell(cells)];
  if (!hand && !learned) return "아직 재지 않았습니다.";
  if (!learned)
    return `지금까지 가장 나은 특징 묶음은 ${percent(hand!.accuracy)}입니다. 신경망도 재어 보세요.`;
  if (!hand)
    return `신경망은 픽셀만 보고 ${percent(learned.accuracy)}를 맞혔습니다. 이길 수 있는 특징을 골라 보세요.`;
  const gap = learned.accuracy - hand.accuracy;
  if (gap <= 0)
    return `사람이 정한 특징이 ${points(-gap)} 앞섭니다. 대신 무엇을 잴지는 사람이 정해야 했습니다.`;
  return `신경망이 ${points(gap)} 앞섭니다. 무엇을 잴지 아무도 정해 주지 않았습니다.`;
}

export function dimensionsText(cells: readonly Cell[]): string {
  const [near, layer, network] = (["nearest", "pixels", "network"] as const).map((learner) =>
    endsOf(curveOf(cells, "dimensions", learner)),
  );
  if (!near || !layer || !network) return "끝까지 재면 여기에 무엇이 나왔는지 적습니다.";
  const [first, last] = [SIDES[0] ** 2, SIDES.at(-1)! ** 2];
  return (
    `입력이 ${first}개에서 ${last}개로 늘자, 가까운 그림을 찾는 방법은 ${percent(near[0])}에서 ${percent(near[1])}로, ` +
    `층 하나는 ${percent(layer[0])}에서 ${percent(layer[1])}로, 합성곱 신경망은 ${percent(network[0])}에서 ${percent(network[1])}로 바뀌었습니다.`
  );
}

export function dataText(cells: readonly Cell[]): string {
  const [hand, network] = (["hand-made", "network"] as const).map((learner) =>
    curveOf(cells, "data", learner),
  );
  const [handEnd, networkEnd] = [hand!.slice(-2), network!.slice(-2)];
  if ([...handEnd, ...networkEnd].includes(undefined)) return "끝까지 재면 여기에 무엇이 나왔는지 적습니다.";
  const gain = ([before, after]: readonly (number | undefined)[]) => after! - before!;
  const sign = (share: number) => `${share < 0 ? "−" : "+"}${points(Math.abs(share))}`;
  return `훈련 그림을 ${SIZES.at(-2)!.toLocaleString("ko")}장에서 ${SIZES.at(-1)!.toLocaleString("ko")}장으로 늘렸을 때, 사람이 정한 특징은 ${sign(gain(handEnd))}, 합성곱 신경망은 ${sign(gain(networkEnd))}였습니다.`;
}
