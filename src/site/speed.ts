/** What the page of measurements says about each workload and contestant, and how it writes its numbers. */
import type { Program } from "../engine/program.ts";
import type { Row } from "../lab/speed/measure.ts";
import { OUR_PEER } from "../lab/speed/trained.ts";
import { TWO_THREADS_PEER } from "../lab/speed/two-threads.ts";
import type { WorkloadName } from "../lab/speed/workloads.ts";

interface SpeedText {
  readonly title: string;
  /** What is computed, and what one unit is. */
  readonly explanation: string;
}

/** In the order in which they are measured. */
export const SPEED_TEXTS = {
  "mlp-playground-b10": {
    title: "작은 신경망 훈련",
    explanation:
      "입력 2개, 뉴런 8개짜리 은닉층 둘, 출력 1개인 신경망입니다. 한 단계는 점 10개를 보고 모든 가중치를 한 번 고치는 일입니다.",
  },
  "mlp-mnist": {
    title: "숫자 그림 분류기 훈련",
    explanation:
      "픽셀 784개를 뉴런 128개로, 다시 숫자 10가지로 잇는 신경망입니다. 한 단계에 그림 64장을 봅니다.",
  },
  "cnn-mnist": {
    title: "합성곱 신경망 훈련",
    explanation:
      "5×5 필터 8개와 16개를 쓰는 신경망을 그림 32장씩 훈련합니다. 1초에 그림 몇 장을 배우는지 셉니다.",
  },
  "gpt-tiny": {
    title: "작은 GPT 훈련",
    explanation:
      "토큰 64개를 읽고 다음 토큰을 맞히는 트랜스포머(transformer)입니다. 블록 2개, 어텐션 헤드 4개이고 글 8개씩 훈련합니다. 1초에 토큰 몇 개를 배우는지 셉니다.",
  },
  "gemm-512": {
    title: "행렬 곱",
    explanation:
      "512×512 행렬 둘을 곱합니다. 곱셈과 덧셈을 합쳐 약 2억 7천만 번입니다. GFLOP/s는 1초에 소수 계산을 10억 번 단위로 센 수입니다.",
  },
} as const satisfies Partial<Record<WorkloadName, SpeedText>>;

export type SpeedName = keyof typeof SPEED_TEXTS;

export const SPEED_NAMES = Object.keys(SPEED_TEXTS) as SpeedName[];

export const isSpeedName = (name: string): name is SpeedName => Object.hasOwn(SPEED_TEXTS, name);

const PEERS: Readonly<Record<string, string>> = {
  [OUR_PEER]: "이 강의의 엔진",
  [TWO_THREADS_PEER]: "이 강의의 엔진, 스레드 둘",
  "JavaScript, objects": "JavaScript, 뉴런을 객체로",
  "JavaScript, flat arrays": "JavaScript, 숫자 배열로",
  "registers, multiply-add": "한계: 곱셈·덧셈 한 명령",
  "registers, multiply and add": "한계: 곱셈과 덧셈 따로",
};

export const peerText = (peer: string): string => PEERS[peer] ?? peer;

const UNITS: Readonly<Record<Row["unit"], string>> = {
  ...{ "steps/s": "단계/초", "samples/s": "장/초", "tokens/s": "토큰/초", "GFLOP/s": "GFLOP/s" },
};

export const unitText = (unit: Row["unit"]): string => UNITS[unit];

const NUMBER = new Intl.NumberFormat("ko-KR", { maximumSignificantDigits: 3 });

/** Three digits that mean something. */
export const speedText = (value: number): string => NUMBER.format(value);

export const BACKENDS: Readonly<Record<Program["backend"], string>> = {
  "wasm-relaxed-simd":
    "WebAssembly, 완화된 SIMD(relaxed SIMD): 숫자 네 개를 한꺼번에, 곱셈과 덧셈을 한 명령으로 계산합니다.",
  "wasm-simd": "WebAssembly SIMD: 숫자 네 개를 한꺼번에, 곱셈과 덧셈은 따로 계산합니다.",
  interpreter:
    "해석기: 이 브라우저에는 WebAssembly SIMD가 없어 JavaScript로 계산합니다. 브라우저를 새 판으로 바꾸면 훨씬 빨라집니다.",
};

/** What the rows of a workload say, in a sentence; nothing when there is nothing to compare with. */
export function conclusion(rows: readonly Row[]): string | undefined {
  const ours = rows.find(({ peer }) => peer === OUR_PEER);
  const two = rows.find(({ peer }) => peer === TWO_THREADS_PEER);
  if (ours && two) {
    if (two.median < 1.1 * ours.median) {
      return "지금은 스레드 둘이 하나보다 빠르지 않습니다. 다른 프로그램이 코어를 쓰고 있으면 그렇습니다. 훈련은 이럴 때 스레드 하나로 합니다.";
    }
    return `스레드 둘이 나누어 계산하면 하나일 때의 ${speedText(two.median / ours.median)}배 속도가 나옵니다. 결과는 똑같습니다.`;
  }
  const others = rows.filter(({ peer }) => peer !== OUR_PEER);
  if (!ours || others.length === 0) return undefined;
  const best = others.reduce((a, b) => (b.median > a.median ? b : a));
  const ratio = ours.median / best.median;
  if (best.yardstick) {
    return `이 엔진의 행렬 곱은 레지스터만 쓰는 계산의 ${Math.round(100 * ratio)}% 속도를 냅니다. 메모리에서 수를 읽고 쓰면서 낸 속도입니다.`;
  }
  return `이 엔진의 속도는 JavaScript로 짠 것 가운데 빠른 쪽의 ${speedText(ratio)}배입니다.`;
}
