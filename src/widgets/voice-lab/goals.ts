import type { Goal } from "../../ui/WidgetFrame.tsx";
import { bestOf, type Finding, leftOutOf, type Recognised } from "./results.ts";
import type { Lesson } from "./use-voice.ts";

/** Right answers about new voices, one after another, that make a goal. */
export const IN_A_ROW = 5;

export function voiceGoals(
  findings: readonly Finding[],
  lesson: Lesson | undefined,
  recognised: readonly Recognised[],
): Goal[] {
  const left = lesson && leftOutOf(lesson);
  const whole = left?.isWhole ? left : undefined;
  const each = lesson && [0, 1, 2].map((label) => lesson.words.filter((word) => word.label === label).length);
  const row = recognised
    .slice(-IN_A_ROW)
    .filter(({ probabilities, truth }) => truth === bestOf(probabilities)).length;
  return [
    {
      id: "find",
      label: "말소리의 80% 이상을 찾고, 소음만 있는 소리는 5%도 말로 잘못 듣지 않게 하기",
      done:
        findings.some(({ scene, network }) => scene === "words" && network.hits >= 0.8) &&
        findings.some(
          ({ scene, network }) => Number.isNaN(network.hits) && scene !== "words" && network.false <= 0.05,
        ),
    },
    {
      id: "noise",
      label: "소음을 키워서, 신경망도 말소리를 절반 넘게 놓치는 크기를 찾기",
      done: findings.some(({ scene, network }) => scene === "mixed" && network.hits < 0.5),
    },
    {
      id: "teach",
      label: "세 낱말을 3번씩 넘게 모아 배우고, 하나씩 빼고 시험해서 80% 이상 맞히기",
      done:
        whole !== undefined && (each ?? []).every((count) => count >= 3) && whole.right >= 0.8 * whole.count,
    },
    {
      id: "row",
      label: `새로 말한 낱말을 연달아 ${IN_A_ROW}번 맞히게 하기`,
      done: row >= IN_A_ROW,
    },
    {
      id: "stranger",
      label: "가르치지 않은 말에도 80% 넘게 자신 있게 답하는 것을 보기",
      done: recognised.some(
        ({ probabilities, truth }) => truth === "stranger" && Math.max(...probabilities) > 0.8,
      ),
    },
  ];
}
