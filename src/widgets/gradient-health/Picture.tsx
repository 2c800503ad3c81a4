import { useEffect, useRef } from "preact/hooks";
import { divergingScale, drawHeatmap } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import { GRID, type HealthFrame } from "./trainer.ts";

/** How the network divides the plane, drawn with every frame. */
export function Picture({ lab }: { lab: LabHandle<HealthFrame, never> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { subscribe } = lab;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let scale = divergingScale(readPalette(element));
    let last: HealthFrame | undefined;
    const draw = (frame: HealthFrame) => {
      last = frame;
      drawHeatmap(element, GRID, { values: frame.picture, offset: 0, stride: 1 }, scale);
    };
    const stopTheme = onThemeChange(() => {
      scale = divergingScale(readPalette(element));
      if (last) draw(last);
    });
    const stop = subscribe(draw);
    return () => {
      stop();
      stopTheme();
    };
  }, [subscribe]);
  return (
    <div class="gh-picture" aria-hidden="true">
      <canvas ref={canvas} width={GRID} height={GRID} />
    </div>
  );
}
