/** Sentences about what the network does at the moment. */
import type { OwnText } from "../../data/own-text.ts";
import { LONGEST_TEXT, SHORTEST_TEXT } from "../../data/own-text.ts";
import type { OwnGptFrame } from "./experiment.ts";
import { COPIED, learnsByHeart, type Progress, SOLVED } from "./progress.ts";
import { SHARED_TEXT } from "./state.ts";

const bits = (value: number) => `${value.toFixed(2)}비트`;
export const percent = (share: number) => `${Math.round(100 * share)}%`;

export function verdictText(
  { steps, look }: OwnGptFrame,
  progress: Progress | undefined,
  frequency: number | undefined,
): string {
  if (look.kind === "task") {
    const share = `본 적 없는 문제 100개 가운데 ${Math.round(100 * look.accuracy)}개를 끝까지 맞힙니다.`;
    if (steps === 0) return `아직 아무것도 배우지 않았습니다. ${share}`;
    return look.accuracy >= SOLVED ? `${share} 푸는 법을 찾아냈습니다.` : share;
  }
  if (steps === 0) return "아직 아무것도 배우지 않아서 글자를 아무렇게나 늘어놓습니다.";
  const copied = look.copied.end - look.copied.start;
  if (progress && learnsByHeart(progress, look)) {
    const most = copied > COPIED ? `지금 쓴 글에서 ${copied}글자가 훈련한 글과 똑같습니다.` : "";
    return `감춰 둔 글의 비트가 다시 오르고 있습니다. 배우기를 지나 외우는 중입니다. ${most}`.trim();
  }
  const base = frequency === undefined ? "" : ` 글자의 빈도만 알면 ${bits(frequency)}가 듭니다.`;
  return `감춰 둔 글의 한 글자를 맞히는 데 ${bits(look.test)}가 듭니다.${base}`;
}

export interface TextReport {
  readonly text: OwnText;
  readonly kinds: number;
}

/** What was read of an own text, and what was not. */
export function reportOf({ text: { text, beyond }, kinds }: TextReport): string {
  const count = [...text].length;
  if (count === 0) return "적은 글이 없습니다. 글을 적거나 붙여 넣고 다시 누르세요.";
  if (count < SHORTEST_TEXT) {
    return `읽은 글이 ${count}자입니다. ${SHORTEST_TEXT}자는 되어야 배울 수 있습니다.`;
  }
  const cut =
    beyond > 0
      ? ` 앞의 ${LONGEST_TEXT.toLocaleString("ko")}자만 읽고, 뒤의 ${beyond.toLocaleString("ko")}자는 뺐습니다.`
      : "";
  const shared =
    count > SHARED_TEXT ? ` 공유 링크에는 앞의 ${SHARED_TEXT.toLocaleString("ko")}자만 담깁니다.` : "";
  return `글자 ${count.toLocaleString("ko")}자, ${kinds.toLocaleString("ko")}가지로 배웁니다.${cut}${shared}`;
}
