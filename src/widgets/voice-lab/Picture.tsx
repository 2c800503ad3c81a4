import { useEffect, useRef } from "preact/hooks";
import { BANDS } from "../../data/mel.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { HEIGHT, paintTrack, WIDTH } from "./paint.ts";
import { COLUMNS } from "./track.ts";
import type { VoiceHandle } from "./use-voice.ts";

/** The sound of the last four seconds. */
export function Picture({
  voice,
  speech,
  label,
}: {
  voice: VoiceHandle;
  speech: readonly boolean[] | undefined;
  label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const known = useRef(speech);
  known.current = speech;
  const redraw = useRef<() => void>(undefined);
  const { subscribe, track } = voice;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    const element = canvas.current;
    const scratch = document.createElement("canvas");
    scratch.width = COLUMNS;
    scratch.height = BANDS;
    let palette = readPalette(element);
    let asked = 0;
    const paint = () => paintTrack(context, scratch, palette, { track, speech: known.current });
    redraw.current = () => {
      // However many pieces arrive, one picture for each frame of the screen.
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(paint);
    };
    const stopTheme = onThemeChange(() => {
      // Not before the page itself has taken the new colours on.
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        palette = readPalette(element);
        paint();
      });
    });
    const stop = subscribe(() => redraw.current?.());
    return () => {
      stop();
      stopTheme();
      cancelAnimationFrame(asked);
    };
  }, []);
  useEffect(() => redraw.current?.(), [speech]);
  return (
    <figure class="vl-picture">
      <canvas ref={canvas} width={WIDTH} height={HEIGHT} role="img" aria-label={label} />
      <figcaption>
        <span>위: 낮은 소리가 아래, 높은 소리가 위 (60 Hz~7.8 kHz, 4.1초)</span>
        <span class="vl-key-network">말소리일 확률</span>
        <span class="vl-key-loud">소리 크기</span>
        {speech && <span class="vl-key-true">실제로 말하는 때</span>}
      </figcaption>
    </figure>
  );
}
