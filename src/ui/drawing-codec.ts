/** A drawing as a field of a widget's state, so that a shared link carries it. */
import { decodeStrokes, encodeStrokes, LONGEST_DRAWING_TEXT } from "../data/stroke-text.ts";
import type { Stroke } from "../data/strokes.ts";
import type { Codec } from "./state-codec.ts";

/** A drawing with more lines than a link can carry is written without the last ones. */
export function drawing(fallback: readonly Stroke[] = []): Codec<readonly Stroke[]> {
  return {
    fallback,
    encode: (strokes) => {
      let kept = strokes;
      let text = encodeStrokes(kept);
      while (text.length > LONGEST_DRAWING_TEXT && kept.length > 0) {
        kept = kept.slice(0, -1);
        text = encodeStrokes(kept);
      }
      return text;
    },
    decode: decodeStrokes,
  };
}
