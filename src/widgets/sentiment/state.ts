import { type Codec, defineState, integer } from "../../ui/state-codec.ts";

/** Letters of the field; what is longer is cut off, and the widget says so. */
export const LONGEST_TEXT = 300;

/** Free text, without the marks that divide the fields of an address. */
const text = (fallback: string): Codec<string> => ({
  fallback,
  encode: (value) => encodeURIComponent(value),
  decode: (encoded) => {
    try {
      const value = decodeURIComponent(encoded);
      return value.length <= LONGEST_TEXT ? value : undefined;
    } catch {
      return undefined;
    }
  },
});

export const sentimentState = defineState(1, {
  text: text("국물은 맛있지만 직원이 너무 불친절해요"),
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
