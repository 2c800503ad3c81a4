import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type HandwritingFrame, WANTED } from "./experiment.ts";
import { SHIFTS } from "./scores.ts";
import type { HandwritingState } from "./state.ts";

/** What happened since the laboratory was opened. */
export interface Visit {
  /** The learner's drawing was shown to a network that had not learned yet, and to one that had. */
  readonly before: boolean;
  readonly after: boolean;
  /** A training went wrong by its learning rate. */
  readonly broken: boolean;
}

export const SMALL = 5000;
const FAR = 5;
/** Steps from which on a network counts as trained. */
export const TRAINED = 300;

export function handwritingGoals(
  { data }: Pick<HandwritingState, "data">,
  frame: HandwritingFrame | undefined,
  { before, after, broken }: Visit,
): Goal[] {
  const trained = frame && frame.steps > 0 ? frame : undefined;
  const accuracy = trained?.scores.cnn.testAccuracy ?? 0;
  const isDigits = data === "digits";
  return [
    {
      id: "accurate",
      label: "CNN으로 숫자 시험 정확도 97% 넘기기",
      done: isDigits && accuracy >= WANTED,
    },
    {
      id: "own",
      label: "내 글씨를 훈련하기 전과 훈련한 뒤에 읽게 하기",
      done: before && after,
    },
    {
      id: "small",
      label: `파라미터 ${SMALL.toLocaleString("ko")}개 이하인 CNN으로 숫자 96% 넘기기`,
      done: isDigits && trained !== undefined && trained.parameters.cnn <= SMALL && accuracy >= 0.96,
    },
    {
      id: "shift",
      label: `그림을 ${FAR}픽셀 옮겨도 CNN이 80% 넘게 맞히게 하기 (마지막 층의 풀링을 빼고, 채널마다 평균으로)`,
      done: trained?.shift !== undefined && farAccuracy(trained.shift.cnn) >= 0.8,
    },
    {
      id: "repair",
      label: "학습률 때문에 훈련을 망가뜨린 다음, 고쳐서 90% 넘기기",
      done: broken && accuracy >= 0.9,
    },
  ];
}

const farAccuracy = (scores: readonly number[]) =>
  Math.min(scores[SHIFTS.indexOf(FAR)]!, scores[SHIFTS.indexOf(-FAR)]!);
