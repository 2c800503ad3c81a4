import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Score } from "./guess.ts";
import type { LoopState } from "./state.ts";

/** A prediction this near to its target is right. */
export const NEAR = 0.1;
export const GUESSED = 8;
/** Steps after which a network that cannot learn has had its chance. */
export const FAIR_TRIAL = 500;

/** Fewer steps are no learning: numbers set by hand to the solution would do as well. */
export const LEARNED = 40;

export interface LoopFacts {
  /** The predictions' distances from their targets. */
  readonly errors: readonly number[];
  readonly score: Score;
  /** Loss on the example at hand before and after the step; in the stage “update” only. */
  readonly change: { readonly before: number; readonly after: number } | undefined;
  /** Steps taken on this page since the nine numbers, the task or the neurons were last chosen by hand. */
  readonly sinceChoice: number;
  /** Steps since all nine parameters stood at 0; `undefined` when they never did or were edited since. */
  readonly sinceZero: number | undefined;
}

/** The tasks, judged from the network as it stands and the guesses of this visit. */
export function loopGoals(
  state: LoopState,
  { errors, score, change, sinceChoice, sinceZero }: LoopFacts,
): Goal[] {
  const solved = errors.every((error) => error < NEAR);
  const trained = sinceZero !== undefined && sinceZero >= FAIR_TRIAL;
  return [
    {
      id: "guess",
      label: `한 걸음에서 아홉 개의 방향을 짐작해 ${GUESSED}개 이상 맞히기`,
      done: score.best >= GUESSED,
    },
    {
      id: "same",
      label: "움직이지 않을 가중치를 ‘그대로’로 짐작해 맞히기",
      done: score.zeros > 0,
    },
    {
      id: "xor",
      label: `달려서 XOR 풀기 (네 예측이 모두 정답에서 ${NEAR}보다 가깝게)`,
      done: state.data === "xor" && sinceChoice >= LEARNED && solved,
    },
    {
      id: "overshoot",
      label: "학습률을 키워, 한 걸음 뒤에 손실이 오히려 커지게 하기",
      done: change !== undefined && change.after > change.before,
    },
    {
      id: "zero",
      label: `아홉 개를 모두 0에서 시작해 ${FAIR_TRIAL}걸음 달려 보기 (XOR을 배우지 못합니다)`,
      done: state.data === "xor" && trained && !solved,
    },
  ];
}
