import type { RatedSentence } from "../../data/sentiment.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type SentimentFrame, STEPS } from "./experiment.ts";
import { scoreOf, turningWord } from "./results.ts";

export interface Visit {
  readonly frame: SentimentFrame | undefined;
  /** The learner's sentences; the frame belongs to a network that was taught them. */
  readonly own: readonly RatedSentence[];
  /** The learner put right an answer of at least `SURE`. */
  readonly corrected: boolean;
}

export const WANTED_SHARE = 0.65;
export const SURE = 0.9;

export function sentimentGoals({ frame, own, corrected }: Visit): Goal[] {
  const isTrained = frame !== undefined && frame.steps >= STEPS;
  const score = frame && scoreOf(frame.test);
  const isMended =
    isTrained &&
    own.length > 0 &&
    frame.own.length === own.length &&
    own.every(({ label }, i) => frame.own[i]! > 0.5 === (label === 1));
  return [
    {
      id: "trained",
      label: `훈련을 마치고, 따로 쓴 시험 문장의 ${100 * WANTED_SHARE}% 이상을 맞히게 하기`,
      done: isTrained && score !== undefined && score.right / score.count >= WANTED_SHARE,
    },
    {
      id: "turning",
      label: "낱말 하나를 빼면 답이 뒤집히는 문장 찾기",
      done: isTrained && turningWord(frame.reading) !== undefined,
    },
    {
      id: "corrected",
      label: `${100 * SURE}% 넘게 확신하며 틀린 문장을 찾아 바로잡기`,
      done: corrected,
    },
    { id: "mended", label: "바로잡은 문장으로 다시 훈련해, 그 문장을 모두 맞히게 하기", done: isMended },
  ];
}
