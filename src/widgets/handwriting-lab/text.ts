/** Sentences made of the numbers of the moment. */
import { josa } from "es-hangul";
import type { Divergence } from "../../lab/protocol.ts";
import type { HandwritingFrame, NetworkId } from "./experiment.ts";
import { SHIFTS, type ShiftScores, worstPairs } from "./scores.ts";

export const NAMES: Readonly<Record<NetworkId, string>> = { cnn: "CNN", mlp: "MLP" };

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)}%`;

export function verdictText(frame: HandwritingFrame, classes: readonly string[]): string {
  const { cnn, mlp } = frame.scores;
  if (frame.steps === 0) {
    return `아직 배우지 않았습니다. 찍으면 ${percent(1 / classes.length)}쯤 맞는데, 지금 CNN은 ${percent(cnn.testAccuracy)}, MLP는 ${percent(mlp.testAccuracy)}를 맞힙니다.`;
  }
  if (cnn.testAccuracy < 2 / classes.length) {
    return `CNN의 시험 정확도가 ${percent(cnn.testAccuracy)}로, 찍는 것과 다르지 않습니다. 학습률이 너무 크면 이렇게 됩니다. 낮추고 새로 시작하세요.`;
  }
  const worst = worstPairs(cnn.confusion, classes.length, 1)[0];
  const confused = worst
    ? ` CNN은 ${quoted(classes[worst.label]!, "을/를")} ${quoted(classes[worst.answer]!, "으로/로")} ${worst.count}번 잘못 읽어, 이 실수가 가장 많습니다.`
    : "";
  return `처음 보는 그림에서 CNN은 ${percent(cnn.testAccuracy)}, MLP는 ${percent(mlp.testAccuracy)}를 맞힙니다.${confused}`;
}

/** How a class's name is read, for the particle behind it. */
const READINGS: Readonly<Record<string, string>> = Object.fromEntries([
  ...["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"].map((reading, digit) => [
    String(digit),
    reading,
  ]),
  ...[..."ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"].map((letter) => [letter, letter === "ㄹ" ? "리을" : "기역"]),
  ...[..."ㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ"].map((letter) => [letter, "아"]),
]);

type Particle = "을/를" | "으로/로" | "이라/라";

/** `‘7’을`: the name with the particle its reading asks for. */
export function quoted(name: string, particle: Particle): string {
  return `‘${name}’${josa.pick(READINGS[name] ?? name, particle)}`;
}

export function divergenceText({ step, node }: Divergence): string {
  const [id, ...rest] = node.split(" ");
  const name = id === "cnn" ? "CNN" : "MLP";
  return `${step.toLocaleString("ko")}번째 걸음에서 ${name}의 값(${rest.join(" ")})이 셀 수 없이 커져 멈췄습니다. 학습률을 낮추고 ‘새로 시작’을 누르세요.`;
}

/** What the shifted pictures say, in the measured numbers. */
export function shiftText({ cnn, mlp }: ShiftScores): string {
  const mean = (scores: readonly number[], by: number) =>
    (scores[SHIFTS.indexOf(by)]! + scores[SHIFTS.indexOf(-by)]!) / 2;
  const at = (scores: readonly number[], by: number) => percent(mean(scores, by), 0);
  return `2픽셀 옮기면 CNN ${at(cnn, 2)}, MLP ${at(mlp, 2)}. 4픽셀 옮기면 CNN ${at(cnn, 4)}, MLP ${at(mlp, 4)}입니다(왼쪽과 오른쪽의 평균).`;
}
