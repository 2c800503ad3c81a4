import type { Goal } from "../../ui/WidgetFrame.tsx";
import { countDrawings, FEWEST_WORDS, type OwnWord, WANTED_DRAWINGS } from "./own-words.ts";
import type { LeftOut, Survey } from "./recognizer.ts";

export interface Visit {
  /** Words asked for that the network recognised, as positions in its classes. */
  readonly recognised: ReadonlySet<number>;
  readonly survey: Survey | undefined;
  readonly words: readonly OwnWord[];
  readonly isTaught: boolean;
  /** Of the words as they are now. */
  readonly leftOut: LeftOut | undefined;
}

export const WANTED_WORDS = 3;
/** Fewer drawings say too little about a share. */
export const FEWEST_MEASURED = 10;
export const WANTED_SHARE = 0.8;

export function doodleGoals({ recognised, survey, words, isTaught, leftOut }: Visit): Goal[] {
  const full = words.filter(({ drawings }) => drawings.length >= WANTED_DRAWINGS).length;
  return [
    {
      id: "recognised",
      label: `시키는 낱말 ${WANTED_WORDS}개를 그려 신경망이 첫째로 맞히게 하기`,
      done: recognised.size >= WANTED_WORDS,
    },
    {
      id: "confusions",
      label: "시험 낙서를 모두 넣어 보고, 가장 자주 헷갈리는 두 낱말 찾기",
      done: survey !== undefined && survey.confusions.length > 0,
    },
    {
      id: "taught",
      label: `내 낱말 ${FEWEST_WORDS}개 이상을 그림 ${WANTED_DRAWINGS}장씩으로 가르치기`,
      done: isTaught && full >= FEWEST_WORDS && full === words.length,
    },
    {
      id: "left-out",
      label: `내 그림 ${FEWEST_MEASURED}장 이상을 한 장씩 빼고 재어, ${100 * WANTED_SHARE}% 이상 맞히게 하기`,
      done:
        leftOut !== undefined &&
        leftOut.count === countDrawings(words) &&
        leftOut.count >= FEWEST_MEASURED &&
        leftOut.features >= WANTED_SHARE * leftOut.count,
    },
  ];
}
