import { useEffect, useRef } from "preact/hooks";
import { lattice } from "../../data/features.ts";
import { PLANE_EXTENT } from "../../data/plane.ts";
import { type DivergingScale, divergingScale, drawHeatmap } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import { type EditCommand, GRID, type PlaygroundFrame } from "./network.ts";
import type { NeuronChoice } from "./View.tsx";

/** From a logit to −1 … 1: twice the probability, less one. */
export const fromLogit = (z: number): number => Math.tanh(z / 2);

export interface LayerPictureProps {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  choice: NeuronChoice;
  width: number;
  /** The values are logits. */
  logit: boolean;
  /** Only the sign is shown. */
  discrete?: boolean;
  class?: string;
}

/** What one neuron makes of every place of the plane, drawn with every frame. */
export function LayerPicture({ lab, choice, width, logit, discrete, class: className }: LayerPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { subscribe } = lab;
  const { layer, index } = choice;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let scale: DivergingScale = divergingScale(readPalette(element));
    let last: PlaygroundFrame | undefined;
    const shape = discrete ? Math.sign : logit ? fromLogit : undefined;
    const draw = (frame: PlaygroundFrame) => {
      last = frame;
      const values = frame.layers[layer - 1];
      if (values) drawHeatmap(element, GRID, { values, offset: index, stride: width }, scale, shape);
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
  }, [layer, index, width, logit, discrete]);
  return <canvas ref={canvas} width={GRID} height={GRID} class={className} />;
}

/** An input over the plane; values are brought into −1 … 1 as the neurons' are. */
export function FeaturePicture({ value }: { value: (x: number, y: number) => number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const values = Float32Array.from(lattice(GRID, PLANE_EXTENT), ({ x, y }) => value(x, y));
    const draw = () =>
      drawHeatmap(element, GRID, { values, offset: 0, stride: 1 }, divergingScale(readPalette(element)));
    draw();
    return onThemeChange(draw);
  }, [value]);
  return <canvas ref={canvas} width={GRID} height={GRID} />;
}
