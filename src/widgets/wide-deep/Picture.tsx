import { useEffect, useRef } from "preact/hooks";
import { divergingScale, drawHeatmap } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import { type ContestFrame, GRID } from "./experiment.ts";

/** What one network makes of the plane, drawn with every frame. */
export function Picture({ lab, shape }: { lab: LabHandle<ContestFrame, never>; shape: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { subscribe } = lab;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let scale = divergingScale(readPalette(element));
    let last: ContestFrame | undefined;
    const draw = (frame: ContestFrame) => {
      last = frame;
      const values = frame.pictures[shape];
      if (values) drawHeatmap(element, GRID, { values, offset: 0, stride: 1 }, scale);
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
  }, [shape, subscribe]);
  return <canvas ref={canvas} width={GRID} height={GRID} />;
}
