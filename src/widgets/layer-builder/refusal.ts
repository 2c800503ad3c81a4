/** Why a layer cannot stand where it was put, in Korean. */

export type RefusalCode =
  | "not-flat"
  | "no-neighbours"
  | "already-flat"
  | "window"
  | "groups"
  | "tokens"
  | "no-tokens"
  | "no-embedding"
  | "no-image"
  | "no-sequence"
  | "heads"
  | "bottleneck"
  | "norm-sequence"
  | "norm-image";

export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
}

const REASONS: Readonly<Record<RefusalCode, (...numbers: readonly number[]) => string>> = {
  "not-flat": () => "완전 연결층은 한 줄로 놓인 값을 받습니다. 지금은 값이 채널마다 따로 놓여 있습니다.",
  "no-neighbours": () =>
    "한 줄로 놓인 값이나 문장에는 위아래, 양옆의 이웃이 없습니다. 합성곱과 풀링은 그림이나 소리처럼 이웃이 있는 값을 받습니다.",
  "already-flat": () => "이미 한 줄이라 평균을 낼 자리가 없습니다. 전역 평균은 그림, 소리, 문장을 받습니다.",
  window: (extent, window) =>
    `${window}칸짜리 창이 ${extent}칸짜리 값에 들어가지 않습니다. 남은 자리보다 창이 큽니다.`,
  groups: (inputs, outputs, groups) =>
    `입력 채널 ${inputs}개와 출력 채널 ${outputs}개를 ${groups}묶음으로 똑같이 나눌 수 없습니다.`,
  tokens: () =>
    "토큰 번호는 이름표일 뿐이라 곱하고 더할 수 없습니다. 먼저 임베딩으로 번호를 벡터로 바꾸어야 합니다.",
  "no-tokens": () => "임베딩은 토큰 번호를 벡터로 바꾸는 층입니다. 여기에는 토큰 번호가 들어오지 않습니다.",
  "no-embedding": () =>
    "이 출력층은 임베딩의 표를 다시 씁니다. 앞에 임베딩이 있고 값이 토큰마다 놓여 있어야 합니다.",
  "no-image": () => "잔차 블록 안에는 합성곱이 있습니다. 채널 × 세로 × 가로로 놓인 그림을 받습니다.",
  "no-sequence": () => "트랜스포머 블록은 토큰마다 벡터가 하나씩 있는 값을 받습니다.",
  heads: (width, heads) => `너비 ${width}칸을 어텐션 머리 ${heads}개로 똑같이 나눌 수 없습니다.`,
  bottleneck: (channels) =>
    `병목 블록의 안쪽은 채널이 4분의 1입니다. 채널 ${channels}개는 4로 나누어떨어지지 않습니다.`,
  "norm-sequence": () =>
    "배치 정규화는 채널마다 미니배치 전체의 평균을 냅니다. 문장에는 토큰마다 맞추는 층 정규화를 씁니다.",
  "norm-image": () =>
    "여기의 층 정규화는 토큰이나 한 줄의 값마다 맞춥니다. 그림과 소리에는 배치 정규화를 씁니다.",
};

export function refuse(code: RefusalCode, ...numbers: readonly number[]): Refusal {
  return { code, reason: REASONS[code](...numbers) };
}
