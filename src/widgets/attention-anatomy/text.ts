/** Words about a head's numbers. */
import type { Step } from "./state.ts";

/** Said before the network is fetched; a test compares it with the file. */
export const DOWNLOAD_SIZE = "1.1 MB";

/** Two decimals, with a true minus; −∞ as it is. */
export function signed(value: number): string {
  if (value === Number.NEGATIVE_INFINITY) return "−∞";
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}%`;

/** A change of probability, in percentage points. */
export function points(change: number): string {
  const text = Math.abs(100 * change).toFixed(1);
  if (Number(text) === 0) return "변화 없음";
  return `${change > 0 ? "−" : "+"}${text}%p`;
}

export const STEP_NAMES: Readonly<Record<Step, string>> = {
  position: "토큰과 위치",
  projection: "Q, K, V",
  product: "곱",
  scale: "나누기",
  mask: "마스크",
  softmax: "소프트맥스",
  sum: "가중합",
  next: "다음 토큰",
};
