import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { NameFrame } from "./experiment.ts";
import type { NameState } from "./state.ts";
import { learnsByHeart, type Turning, tallyOf } from "./tally.ts";

export function nameGoals(
  state: NameState,
  frame: NameFrame | undefined,
  turning: Turning | undefined,
): Goal[] {
  const tally = frame && frame.steps > 0 ? tallyOf(frame.made) : undefined;
  return [
    {
      id: "spell",
      label: "95% 이상이 글자가 되고, 그 가운데 새 낱말이 30% 이상이게 하기",
      done: tally !== undefined && tally.shares.broken <= 0.05 && tally.shares.new + tally.shares.kept >= 0.3,
    },
    {
      id: "kept",
      label: "감춰 둔 낱말을 보지 않고 스스로 지어내게 하기",
      done: tally !== undefined && tally.shares.kept > 0,
    },
    {
      id: "by-heart",
      label: "시험 손실이 다시 오를 때까지 훈련하기: 외우기 시작한 때를 보기",
      done: frame !== undefined && turning !== undefined && learnsByHeart(turning, frame),
    },
    {
      id: "cold",
      label: "온도만 낮춰서, 백 개를 지어도 서로 다른 낱말이 열 개 이하이게 하기",
      done: tally !== undefined && tally.distinct <= 10 && tally.shares.broken <= 0.05,
    },
    {
      id: "own",
      label: "내 낱말 목록으로 훈련해서 새 낱말 얻기",
      done: tally !== undefined && state.list === "own" && tally.shares.broken <= 0.1 && tally.shares.new > 0,
    },
  ];
}
