/** Names and words of the examination. */
import type { Divergence } from "../../lab/protocol.ts";
import { gradientFinding, layerName, outcomeFinding, sizeText, troubleFinding } from "./findings.ts";
import { CLIP_NORM } from "./graph.ts";
import type { HealthState, PatientId } from "./state.ts";
import type { HealthFrame } from "./trainer.ts";

export const PATIENT_OPTIONS = [
  { value: "vanishing", label: "소실 환자" },
  { value: "exploding", label: "폭주 환자" },
  { value: "degrading", label: "50층 환자" },
  { value: "own", label: "내 신경망" },
] as const;

export const ACTIVATION_OPTIONS = [
  { value: "sigmoid", label: "시그모이드" },
  { value: "tanh", label: "tanh" },
  { value: "relu", label: "렐루(ReLU)" },
  { value: "leaky-relu", label: "Leaky ReLU" },
  { value: "gelu", label: "GELU" },
] as const;

export const INIT_OPTIONS = [
  { value: "zeros", label: "모두 0" },
  { value: "small", label: "작은 난수 N(0, 0.01²)" },
  { value: "normal", label: "큰 난수 N(0, 1)" },
  { value: "xavier", label: "Xavier" },
  { value: "he", label: "He" },
] as const;

export const NORM_OPTIONS = [
  { value: "none", label: "없음" },
  { value: "batch", label: "배치 정규화" },
  { value: "layer", label: "층 정규화" },
] as const;

export const OPTIMIZER_OPTIONS = [
  { value: "sgd", label: "경사하강(SGD)" },
  { value: "momentum", label: "모멘텀" },
  { value: "adam", label: "Adam" },
] as const;

export const DATA_OPTIONS = [
  { value: "circle", label: "원" },
  { value: "xor", label: "XOR" },
  { value: "spiral", label: "나선" },
] as const;

export const MEASURE_OPTIONS = [
  { value: "activations", label: "활성값의 크기" },
  { value: "spreads", label: "입력에 따른 차이" },
  { value: "changes", label: "가중치가 바뀐 정도" },
] as const;

/** What a measure is, under its chart. */
export const MEASURE_NOTES: Readonly<Record<HealthState["measure"], string>> = {
  activations: "층이 내보내는 값의 제곱평균제곱근입니다.",
  spreads:
    "점을 바꾸어 넣을 때 층의 값이 얼마나 달라지는지(표준편차)입니다. 0이면 입력이 층을 지나지 못합니다.",
  changes:
    "훈련 전 가중치의 크기에 견주어 지금까지 움직인 거리입니다. 처음이 모두 0이면 움직인 거리 그대로입니다.",
};

export const PATIENT_NOTES: Readonly<Record<PatientId, string>> = {
  vanishing: "30층을 쌓았는데 아무것도 배우지 못하는 신경망입니다.",
  exploding: "훈련을 시작하자마자 무너지는 신경망입니다.",
  degrading: "He 초기화와 배치 정규화를 모두 썼는데도 배우지 못하는 신경망입니다.",
  own: "층수와 설정을 마음대로 바꾸어 보세요.",
};

const labelOf = <T extends string>(options: readonly { value: T; label: string }[], value: T): string =>
  options.find((option) => option.value === value)?.label ?? value;

/** The settings in one line. */
export function summary(state: HealthState): string {
  const parts = [
    `${state.depth}층`,
    labelOf(ACTIVATION_OPTIONS, state.activation),
    labelOf(INIT_OPTIONS, state.init),
    state.norm === "none" ? "정규화 없음" : labelOf(NORM_OPTIONS, state.norm),
    state.residual ? "잔차 연결" : "",
    state.clip ? `자르기 ${CLIP_NORM}` : "",
    state.optimizer === "sgd" ? "" : labelOf(OPTIMIZER_OPTIONS, state.optimizer),
    `학습률 ${state.rate}`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** Tells where the numbers ran out; nodes are named in `graph.ts`. */
export function divergenceText({ step, node }: Divergence, depth: number): string {
  const [, way, number] = /^(forward|backward|layer) (\d+)/.exec(node) ?? [];
  const layer = layerName(Number(number), depth + 1);
  const where =
    way === "forward"
      ? `순전파를 하던 중 ${layer}의 값이`
      : way === "backward"
        ? `역전파를 하던 중 ${layer}의 기울기가`
        : way === "layer"
          ? `고친 뒤 ${layer}의 가중치가`
          : node === "loss"
            ? "손실이"
            : "계산 도중의 값이";
  return `발산했습니다. ${step.toLocaleString("en")}번째 걸음에서 ${where} 가장 먼저 32비트 수의 한계(약 3.4×10³⁸)를 넘었습니다. 그 걸음은 버렸고, 마지막으로 계산된 상태를 보여 드립니다.`;
}

/** Findings about the present frame. */
export const verdict = (frame: HealthFrame): string =>
  gradientFinding(frame) + troubleFinding(frame) + outcomeFinding(frame);

/** All that was measured of one layer. */
export function layerText(frame: HealthFrame, layer: number): string {
  const { gradients, activations, spreads, changes } = frame;
  const at = (values: Float64Array) => sizeText(values[layer - 1]!);
  return `${layerName(layer, gradients.length)}: 기울기 ${at(gradients)} · 활성값 ${at(activations)} · 입력에 따른 차이 ${at(spreads)} · 가중치가 바뀐 정도 ${at(changes)}`;
}

/** How the guess came out. */
export function guessText(guess: number, frame: HealthFrame): string {
  const { firstGradients: gradients } = frame;
  const count = gradients.length;
  const smallest = Math.min(...gradients);
  const where = [...gradients].flatMap((value, i) => (value === smallest ? [i + 1] : []));
  const first = layerName(where[0]!, count);
  const place = where.length === 1 ? first : `${first} 등 ${where.length}개 층`;
  const own = gradients[guess - 1]!;
  const result = `훈련 전 기울기가 가장 작은 곳은 ${place}(${sizeText(smallest)})입니다.`;
  return guess === 0
    ? result
    : `${result} 예측한 ${layerName(guess, count)}의 기울기는 ${sizeText(own)}입니다.`;
}

/** For those who cannot see the bars. */
export function description(state: HealthState, frame: HealthFrame | undefined): string {
  const task = `평면의 점(${labelOf(DATA_OPTIONS, state.data)})을 두 편으로 가르는 신경망입니다. 설정: ${summary(state)}.`;
  const bars =
    "위 막대그래프는 층마다 가중치 하나가 받는 기울기의 크기, 아래 막대그래프는 고른 값의 크기입니다. 세로축은 로그 눈금이라 한 칸이 여러 자릿수입니다. 왼쪽이 입력 쪽, 오른쪽이 출력 쪽입니다.";
  if (!state.open) return `${task} ${bars} 아직 진찰하지 않아 막대가 가려져 있습니다.`;
  return frame ? `${task} ${bars} ${verdict(frame)}` : `${task} ${bars}`;
}
