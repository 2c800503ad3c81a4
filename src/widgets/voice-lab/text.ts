/** Names and sentences of the widget. */
import { numberText } from "../../ui/number-text.ts";
import { bestOf, type Finding, leftOutOf, percent, type Recognised } from "./results.ts";
import type { SceneId } from "./scenes.ts";
import type { Lesson } from "./use-voice.ts";

export const SCENE_NAMES: Readonly<Record<SceneId, string>> = {
  words: "조용한 곳의 말",
  noise: "찻길 같은 소음",
  claps: "손뼉",
  music: "화음",
  mixed: "소음 속의 말",
};

/** “−10 dB” */
export const decibelText = (decibels: number) => `${numberText(decibels, 0)}\u00a0dB`;

/** How much louder or softer speech is than noise: “10 dB 큼”. */
export const louderText = (decibels: number) =>
  decibels === 0 ? "0 dB (같은 크기)" : `${Math.abs(decibels)} dB ${decibels > 0 ? "큼" : "작음"}`;

/** What the last finding says. */
export function findingText(finding: Finding | undefined): string {
  if (!finding) return "신경망을 받고 소리를 고르면, 말소리를 얼마나 찾는지 잽니다.";
  const { scene, network, loudness } = finding;
  const name = SCENE_NAMES[scene];
  if (Number.isNaN(network.hits)) {
    return `‘${name}’에는 말이 없습니다. 신경망은 ${percent(network.false)}를, 크기만 보는 방법은 ${percent(loudness.false)}를 말이라고 했습니다.`;
  }
  return `‘${name}’에서 신경망은 말하는 때의 ${percent(network.hits)}를 찾고, 말 아닌 때의 ${percent(network.false)}를 말로 잘못 들었습니다. 크기만 보면 각각 ${percent(loudness.hits)}와 ${percent(loudness.false)}입니다.`;
}

/** How far the recogniser can be trusted. */
export function leftOutText(lesson: Lesson | undefined, teaching: boolean, names: readonly string[]): string {
  if (!lesson) {
    return teaching ? "배우고 있습니다." : "낱말마다 녹음을 모은 뒤 배우게 하세요. 서너 번씩이면 됩니다.";
  }
  const { right, count, isWhole } = leftOutOf(lesson);
  const all = lesson.words.length;
  if (!isWhole) return `녹음을 하나씩 빼고 다시 배워 시험하고 있습니다: ${count}/${all}`;
  const wrong = lesson.leftOut.flatMap((answer, i) => {
    const { label } = lesson.words[i]!;
    return answer === label ? [] : [`‘${names[label]}’ → ‘${names[answer]}’`];
  });
  const mistakes = wrong.length > 0 ? ` 잘못 들은 것: ${wrong.slice(0, 3).join(", ")}.` : "";
  return `파라미터 ${lesson.parameters.toLocaleString("ko")}개를 훈련했습니다. 녹음을 하나씩 빼고 나머지로 배워, 뺀 것을 ${all}개 가운데 ${right}개 맞혔습니다.${mistakes}`;
}

/** What the network said of the last word. */
export function answerText(last: Recognised | undefined, names: readonly string[]): string {
  if (!last) return "배운 뒤에 말하면 어느 낱말인지 답합니다.";
  const best = bestOf(last.probabilities);
  const sure = Math.round(100 * last.probabilities[best]!);
  const said = `답은 ‘${names[best]}’, ${sure}% 자신합니다.`;
  if (last.truth === undefined) return `${said} 맞습니까?`;
  if (last.truth === "stranger") {
    return `${said} 그런데 가르치지 않은 말이었습니다. 확률은 배운 낱말끼리만 나누므로, 모른다는 답은 없습니다.`;
  }
  return last.truth === best
    ? `${said} 맞았습니다.`
    : `${said} 틀렸습니다. 실제로 한 말: ‘${names[last.truth]}’.`;
}
