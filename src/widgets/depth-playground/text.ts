/** Words of the playground that depend on what it shows. */
import type { Divergence } from "../../lab/protocol.ts";
import type { PlaygroundFrame } from "./network.ts";
import type { PlaygroundState } from "./state.ts";

export const ACTIVATION_OPTIONS = [
  { value: "tanh", label: "tanh" },
  { value: "relu", label: "ReLU" },
  { value: "leaky-relu", label: "Leaky ReLU" },
  { value: "sigmoid", label: "시그모이드" },
  { value: "gelu", label: "GELU" },
  { value: "linear", label: "선형" },
] as const;

export const OPTIMIZER_OPTIONS = [
  { value: "sgd", label: "경사하강(SGD)" },
  { value: "momentum", label: "모멘텀" },
  { value: "rmsprop", label: "RMSProp" },
  { value: "adam", label: "Adam" },
] as const;

/** “은닉층 1의 뉴런 2”, “출력”. */
export function neuronName(layer: number, index: number, layers: number): string {
  return layer === layers ? "출력" : `은닉층 ${layer}의 뉴런 ${index + 1}`;
}

export const percent = (share: number | undefined): string =>
  share === undefined ? "–" : `${(share * 100).toFixed(share >= 0.9995 ? 0 : 1)}%`;

/** A loss; what a diverging network computes is not a number any more, or beyond every scale. */
export const lossText = (loss: number): string =>
  Number.isFinite(loss) && loss < 1e6 ? loss.toFixed(3) : "너무 큰 값";

/** Names of layers in graph nodes (`z2`, `a1`, `loss`), as learners know them. */
export function divergenceText({ step, node }: Divergence, layers: number): string {
  const layer = Number(/^[az](\d+)$/.exec(node)?.[1] ?? Number.NaN);
  const where = Number.isNaN(layer) ? "손실" : layer === layers ? "출력층" : `은닉층 ${layer}`;
  return `${step.toLocaleString("ko")}번째 걸음에서 값이 너무 커져 계산할 수 없게 되었습니다(발산). 가장 먼저 무너진 곳은 ${where}입니다. 마지막으로 계산된 상태는 그대로 있습니다.`;
}

/** What the pictures show, for those who cannot see them. */
export function description(
  state: PlaygroundState,
  title: string,
  frame: PlaygroundFrame | undefined,
): string {
  const shape =
    state.hidden.length === 0
      ? "은닉층이 없어 입력이 바로 출력으로 이어집니다."
      : `은닉층이 ${state.hidden.length}개이고 뉴런 수는 차례로 ${state.hidden.join(", ")}개입니다.`;
  const result =
    frame === undefined || frame.steps === 0
      ? "아직 훈련하지 않았습니다."
      : `지금까지 ${frame.steps.toLocaleString("ko")}걸음 훈련했고, 시험 손실은 ${lossText(frame.testLoss)}${
          frame.testAccuracy === undefined
            ? "입니다."
            : `, 시험 정확도는 ${percent(frame.testAccuracy)}입니다.`
        }`;
  return `평면 위의 점(${title})을 신경망이 두 편으로 가릅니다. 파란 동그라미는 +1, 주황 네모는 −1인 점입니다. 배경은 신경망이 그 자리에 매기는 값으로, 파랑은 양수, 주황은 음수입니다. ${shape} 연결선은 굵을수록 가중치가 크고, 뉴런의 작은 그림은 그 뉴런이 평면의 어디에서 반응하는지 보여 줍니다. ${result}`;
}
