import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Reliability } from "./calibration.ts";
import { softmax } from "./softmax.ts";
import { type AnswersState, FIRST_LOGITS, logitsOf } from "./state.ts";

export interface Reached {
  readonly state: AnswersState;
  /** Of the trained network: as it is, and with the temperature chosen. */
  readonly plain: Reliability | undefined;
  readonly cooled: Reliability | undefined;
  readonly steps: number;
  /** Largest probability the digit network gave to what is no digit: an oddity, or a picture by chance. */
  readonly fooled: number;
}

/** Below this many steps the network has learned nothing it could be wrong about. */
const TRAINED = 200;
/** How far confidence is above accuracy in a network that is too sure. */
const TOO_SURE = 0.08;

export function answersGoals({ state, plain, cooled, steps, fooled }: Reached): Goal[] {
  const logits = logitsOf(state);
  const top = Math.max(...softmax(logits, state.temperature));
  const [cat] = softmax(logits, state.temperature);
  const untouched = logits.every((value, i) => value === FIRST_LOGITS[i]);
  const trained = steps >= TRAINED;
  return [
    {
      id: "ninety-five",
      label: "온도 1에서 로짓을 고쳐 고양이의 확률을 95%(94.5~95.5%)로 만들기",
      done: state.temperature === 1 && cat! >= 0.945 && cat! <= 0.955,
    },
    {
      id: "temperature",
      label: "처음 로짓 그대로, 온도만 바꿔 가장 큰 확률을 40% 아래로 내리기",
      done: untouched && top < 0.4,
    },
    {
      id: "too-sure",
      label: "평균 확신이 정확도보다 8%p 넘게 높은, 지나치게 확신하는 신경망 만들기",
      done: trained && plain !== undefined && plain.confidence - plain.accuracy > TOO_SURE,
    },
    {
      id: "calibrate",
      label: "그 신경망의 보정 오차(ECE)를 온도로 3분의 1 아래로 줄이기",
      done:
        trained &&
        plain !== undefined &&
        cooled !== undefined &&
        plain.confidence - plain.accuracy > TOO_SURE &&
        cooled.ece < plain.ece / 3,
    },
    {
      id: "fooled",
      label: "숫자가 아닌 그림에 95% 넘게 확신하게 만들기",
      done: fooled > 0.95,
    },
  ];
}
