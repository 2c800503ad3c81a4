/** What the layers are called, and one line on each. */
import type { ActivationKind, Layer, LayerKind } from "./layers.ts";

export const ACTIVATION_NAMES: Readonly<Record<ActivationKind, string>> = {
  relu: "렐루",
  sigmoid: "시그모이드",
  tanh: "tanh",
  gelu: "GELU",
};

export const KIND_NAMES: Readonly<Record<LayerKind, string>> = {
  dense: "완전 연결층",
  convolution: "합성곱",
  pool: "풀링",
  flatten: "펼치기",
  average: "전역 평균",
  activation: "활성화 함수",
  "batch-norm": "배치 정규화",
  "layer-norm": "층 정규화",
  dropout: "드롭아웃",
  embedding: "임베딩",
  residual: "잔차 블록",
  transformer: "트랜스포머 블록",
  unembedding: "토큰 출력층",
};

/** Two or three words. */
export function layerName(layer: Layer): string {
  if (layer.kind === "activation") return ACTIVATION_NAMES[layer.name];
  if (layer.kind === "pool") return layer.how === "max" ? "최대 풀링" : "평균 풀링";
  return KIND_NAMES[layer.kind];
}

/** What sets this layer apart from others of its kind; empty when there is nothing. */
export function layerDetail(layer: Layer): string {
  switch (layer.kind) {
    case "dense":
      return `뉴런 ${layer.units.toLocaleString("ko")}개`;
    case "convolution": {
      const stride = layer.stride > 1 ? `, ${layer.stride}칸씩` : "";
      const groups = layer.groups > 1 ? `, ${layer.groups}묶음` : "";
      return `${layer.window}칸 커널 ${layer.channels.toLocaleString("ko")}개${stride}${groups}`;
    }
    case "pool":
      return layer.window === layer.stride ? `${layer.window}칸` : `${layer.window}칸, ${layer.stride}칸씩`;
    case "dropout":
      return `${layer.percent}%`;
    case "embedding":
      return `너비 ${layer.width.toLocaleString("ko")}${layer.positions ? ", 자리 포함" : ""}`;
    case "residual": {
      const stride = layer.stride > 1 ? `, ${layer.stride}칸씩` : "";
      return `채널 ${layer.channels.toLocaleString("ko")}개 × ${layer.repeat}${layer.bottleneck ? ", 병목" : ""}${stride}`;
    }
    case "transformer":
      return `머리 ${layer.heads}개 × ${layer.repeat}`;
    default:
      return "";
  }
}
