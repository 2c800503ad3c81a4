import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type PlaygroundFrame, parameterCount, widthsOf } from "./network.ts";
import type { PlaygroundState } from "./state.ts";

const SOLVED = 0.95;
/** Steps after which a network that cannot has had its chance. */
const FAIR_TRIAL = 500;
/** The spiral's goal. */
export const FEW_PARAMETERS = 30;

/** The tasks, judged from the settings and what the network does with them right now. */
export function playgroundGoals(state: PlaygroundState, frame: PlaygroundFrame | undefined): Goal[] {
  const { data, hidden, features } = state;
  const trained = frame !== undefined && frame.steps > 0;
  const test = (trained && frame.testAccuracy) || 0;
  const train = (trained && frame.trainAccuracy) || 0;
  const solved = test >= SOLVED;
  const positionsOnly = features.every((feature) => feature === "x1" || feature === "x2");
  const cannot =
    trained &&
    frame.steps >= FAIR_TRIAL &&
    data === "xor" &&
    hidden.length === 0 &&
    positionsOnly &&
    test < 0.8;
  return [
    {
      id: "circle",
      label: "원의 안팎을 시험 정확도 95% 이상으로 가르기",
      done: solved && data === "circle",
    },
    {
      id: "xor-line",
      label: "XOR을 은닉층 없이 x₁, x₂만으로 500걸음 훈련해 보기 (풀리지 않습니다)",
      done: cannot,
    },
    {
      id: "xor-feature",
      label: "은닉층 없이 XOR을 시험 정확도 95% 이상으로 풀기 (입력 특징을 바꿔 보세요)",
      done: solved && data === "xor" && hidden.length === 0,
    },
    {
      id: "xor-hidden",
      label: "x₁, x₂만 쓰고 은닉층으로 XOR을 95% 이상 풀기",
      done: solved && data === "xor" && hidden.length > 0 && positionsOnly,
    },
    {
      id: "spiral-deep",
      label: "은닉층 2개 이상으로 나선을 95% 이상 풀기",
      done: solved && data === "spiral" && hidden.length >= 2,
    },
    {
      id: "spiral-small",
      label: `파라미터 ${FEW_PARAMETERS}개 이하로 나선을 95% 이상 풀기`,
      done: solved && data === "spiral" && parameterCount(widthsOf(state)) <= FEW_PARAMETERS,
    },
    {
      id: "overfit",
      label: "과적합 만들기: 훈련 정확도가 시험 정확도보다 15%p 이상 높게",
      done: trained && frame.testAccuracy !== undefined && train - test >= 0.15,
    },
  ];
}
