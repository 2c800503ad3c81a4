import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Cell } from "./experiment.ts";
import { bestHandMade, curveOf, endsOf, learnedCell } from "./results.ts";
import { SIDES, SIZES } from "./state.ts";

export const WANTED_SHARE = 0.9;
/** The accuracy that the nearest picture loses on the largest paper. */
const LOST = 0.3;

export function strengthsGoals(cells: readonly Cell[]): Goal[] {
  const hand = bestHandMade(cells);
  const learned = learnedCell(cells);
  const near = endsOf(curveOf(cells, "dimensions", "nearest"));
  const network = endsOf(curveOf(cells, "dimensions", "network"));
  const isComplete = (["hand-made", "network"] as const).every((learner) =>
    curveOf(cells, "data", learner).every((accuracy) => accuracy !== undefined),
  );
  return [
    {
      id: "designer",
      label: `특징을 골라, 층 하나로 ${100 * WANTED_SHARE}% 넘기기`,
      done: hand !== undefined && hand.accuracy > WANTED_SHARE,
    },
    {
      id: "beaten",
      label: "내가 고른 특징과 신경망이 찾은 특징을 겨루게 하기",
      done: hand !== undefined && learned !== undefined,
    },
    {
      id: "dimensions",
      label: `종이를 ${SIDES.at(-1)}×${SIDES.at(-1)}까지 넓혀, 가까운 그림 찾기가 무너지는 것 보기`,
      done: near !== undefined && network !== undefined && near[0] - near[1] > LOST && network[1] > near[1],
    },
    {
      id: "data",
      label: `훈련 그림을 ${SIZES[0]}장부터 ${SIZES.at(-1)!.toLocaleString("ko")}장까지 늘려 재기`,
      done: isComplete,
    },
  ];
}
