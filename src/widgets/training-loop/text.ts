/** What the widget says of itself in sentences. */
import { numberText } from "../../ui/number-text.ts";
import { directionOf, type Guesses } from "./guess.ts";
import type { Example, Reading } from "./network.ts";
import { type LoopState, NAMES, stageReached } from "./state.ts";

export function verdictText(
  guesses: Guesses,
  asked: readonly number[],
  gradients: readonly number[],
  counts: boolean,
): string {
  const missed = asked.filter((i) => guesses[i] !== directionOf(gradients[i]!));
  const note = counts ? "" : " 이미 결과를 본 걸음이라 횟수에 넣지 않습니다.";
  if (missed.length === 0) return `${asked.length}개를 모두 맞혔습니다.${note}`;
  const names = missed.map((i) => NAMES[i]).join(", ");
  return `${asked.length}개 가운데 ${asked.length - missed.length}개를 맞혔습니다. 다른 것: ${names}.${note}`;
}

export function description(
  { stage, parameters, steps }: LoopState,
  { x, target }: Example,
  reading: Reading,
  meanLoss: number,
): string {
  const numbers = parameters.map((value, i) => `${NAMES[i]} ${numberText(value)}`).join(", ");
  const sentences = [
    `입력 두 개, 은닉 뉴런 두 개, 출력 하나인 신경망입니다. ${steps.toLocaleString("ko")}걸음 훈련했고, 네 예의 평균 손실은 ${numberText(meanLoss, 3)}입니다.`,
    `파라미터: ${numbers}.`,
    `지금 보는 예는 입력 ${numberText(x[0])}, ${numberText(x[1])}에 정답 ${numberText(target)}입니다.`,
  ];
  if (stageReached(stage, "forward")) sentences.push(`예측은 ${numberText(reading.output)}입니다.`);
  if (stageReached(stage, "loss")) sentences.push(`손실은 ${numberText(reading.loss, 3)}입니다.`);
  if (stageReached(stage, "hidden")) {
    const slopes = reading.gradients.map((value, i) => `${NAMES[i]} ${numberText(value, 3)}`).join(", ");
    sentences.push(`기울기: ${slopes}.`);
  }
  return sentences.join(" ");
}

/** Spoken when a stage has been reached; while the network runs silence is kinder. */
export function announcement(
  { stage, steps }: LoopState,
  reading: Reading,
  change: { readonly before: number; readonly after: number } | undefined,
  verdict: string | undefined,
  playing: boolean,
  meanLoss: number,
): string {
  if (playing) return "달리고 있습니다.";
  switch (stage) {
    case "start":
      return steps === 0
        ? ""
        : `${steps.toLocaleString("ko")}걸음. 네 예의 평균 손실 ${numberText(meanLoss, 3)}.`;
    case "forward":
      return `예측은 ${numberText(reading.output)}입니다.`;
    case "loss":
      return `손실은 ${numberText(reading.loss, 3)}입니다.`;
    case "ask-output":
      return "출력층의 세 수가 어느 쪽으로 움직일지 짐작하세요.";
    case "ask-hidden":
      return "은닉층의 여섯 수가 어느 쪽으로 움직일지 짐작하세요.";
    case "output":
      return verdict ?? `출력의 기울기는 ${numberText(reading.outputGradient)}입니다.`;
    case "hidden":
      return verdict ?? "은닉층의 기울기가 나왔습니다.";
    case "update":
      return change
        ? `고쳤습니다. 이 예의 손실, 전 ${numberText(change.before, 3)}, 후 ${numberText(change.after, 3)}.`
        : "";
  }
}
