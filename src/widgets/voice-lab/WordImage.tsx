import { useEffect, useRef } from "preact/hooks";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { MOMENTS, REGIONS, wordPicture } from "../../models/spoken-words.ts";

/** A recorded word as the network reads it. */
export function WordImage({ signal }: { signal: Float32Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const picture = wordPicture(signal);
    const paint = () => {
      const { neutral, text } = readPalette(element);
      const image = context.createImageData(MOMENTS, REGIONS);
      for (let moment = 0; moment < MOMENTS; moment++) {
        for (let region = 0; region < REGIONS; region++) {
          const share = Math.max(0, Math.min(1, (picture[moment * REGIONS + region]! + 1) / 3.5));
          const at = 4 * ((REGIONS - 1 - region) * MOMENTS + moment);
          for (const channel of [0, 1, 2] as const) {
            image.data[at + channel] = neutral[channel] + (text[channel] - neutral[channel]) * share;
          }
          image.data[at + 3] = 255;
        }
      }
      context.putImageData(image, 0, 0);
    };
    paint();
    return onThemeChange(paint);
  }, [signal]);
  return <canvas ref={canvas} width={MOMENTS} height={REGIONS} />;
}
