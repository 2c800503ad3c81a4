import { defineState, integer, text } from "../../ui/state-codec.ts";

/** Letters of the field; what is longer is cut off, and the widget says so. */
export const LONGEST_TEXT = 300;

export const sentimentState = defineState(1, {
  text: text({ fallback: "국물은 맛있지만 직원이 너무 불친절해요", longest: LONGEST_TEXT }),
  /** Draws the sentences of the training and the first weights. */
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
});

export type SentimentState = (typeof sentimentState)["defaults"];

/** Sentences to begin with. */
export const EXAMPLES = [
  "빵이 정말 맛있어요",
  "전혀 안 좋아요",
  "맛은 있지만 너무 불친절해요",
  "한 시간이나 기다리게 해 주셔서 참 고맙네요",
] as const;
