/** Draws the plane: the discriminator's map, both clouds, arrows and the bent lattice of noise. */
import { divergingScale, fillPixels } from "../../draw/heatmap.ts";
import { cssColor, type Palette } from "../../draw/palette.ts";
import type { GanFrame } from "./experiment.ts";
import { MANIFOLD, MAP, MAP_EXTENT } from "./network.ts";

export interface Layers {
  readonly map: boolean;
  readonly real: boolean;
  readonly fake: boolean;
  readonly arrows: boolean;
  readonly manifold: boolean;
}

export interface Scene {
  readonly frame: GanFrame;
  readonly real: Float32Array;
  readonly layers: Layers;
  /** From a score to −1 … 1. */
  readonly certainty: (score: number) => number;
}

/** Arrows are drawn for every so many points, and no longer than this share of the plane. */
const ARROW_EVERY = 4;
const LONGEST_ARROW = 0.18;

/** @param side of the square canvas in its own pixels; `scratch` a canvas for the map. */
export function drawScene(
  context: CanvasRenderingContext2D,
  scratch: HTMLCanvasElement,
  palette: Palette,
  scene: Scene,
): void {
  const side = context.canvas.width;
  const unit = side / 320;
  const at = (value: number) => ((value + MAP_EXTENT) / (2 * MAP_EXTENT)) * side;
  const place = (points: Float32Array, i: number): [number, number] => [at(points[i]!), at(-points[i + 1]!)];
  const { frame, real, layers } = scene;
  context.fillStyle = cssColor(palette.neutral);
  context.fillRect(0, 0, side, side);
  if (layers.map) drawMap(context, scratch, palette, scene);
  if (layers.manifold) drawManifold(context, palette, unit, (i) => place(frame.manifold, 2 * i));
  if (layers.real) {
    context.fillStyle = cssColor(palette.real, 0.85);
    for (let i = 0; i < real.length; i += 2) {
      const [x, y] = place(real, i);
      context.beginPath();
      context.arc(x, y, 2.1 * unit, 0, 2 * Math.PI);
      context.fill();
    }
  }
  if (layers.arrows) drawArrows(context, palette, unit, frame, place);
  if (layers.fake) {
    context.fillStyle = cssColor(palette.fake);
    context.strokeStyle = cssColor(palette.neutral);
    context.lineWidth = 0.5 * unit;
    for (let i = 0; i < frame.samples.length; i += 2) {
      const [x, y] = place(frame.samples, i);
      triangle(context, x, y, 3.1 * unit);
    }
  }
}

/** Fakes are triangles, so that the two sides differ without colour too. */
function triangle(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + 0.9 * size, y + 0.7 * size);
  context.lineTo(x - 0.9 * size, y + 0.7 * size);
  context.closePath();
  context.fill();
  context.stroke();
}

function drawMap(
  context: CanvasRenderingContext2D,
  scratch: HTMLCanvasElement,
  palette: Palette,
  { frame, certainty }: Scene,
): void {
  scratch.width = MAP;
  scratch.height = MAP;
  const small = scratch.getContext("2d");
  if (!small) return;
  const image = small.createImageData(MAP, MAP);
  const scale = divergingScale({ ...palette, positive: palette.real, negative: palette.fake });
  fillPixels(
    new Uint32Array(image.data.buffer),
    { values: frame.map, offset: 0, stride: 1 },
    scale,
    certainty,
  );
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.globalAlpha = 0.75;
  context.drawImage(scratch, 0, 0, context.canvas.width, context.canvas.height);
  context.globalAlpha = 1;
}

function drawManifold(
  context: CanvasRenderingContext2D,
  palette: Palette,
  unit: number,
  place: (i: number) => [number, number],
): void {
  context.strokeStyle = cssColor(palette.fake, 0.45);
  context.lineWidth = unit;
  const line = (indices: readonly number[]) => {
    context.beginPath();
    for (const i of indices) context.lineTo(...place(i));
    context.stroke();
  };
  const range = Array.from({ length: MANIFOLD }, (_, i) => i);
  for (const i of range) {
    line(range.map((j) => i * MANIFOLD + j));
    line(range.map((j) => j * MANIFOLD + i));
  }
}

function drawArrows(
  context: CanvasRenderingContext2D,
  palette: Palette,
  unit: number,
  { samples, arrows }: GanFrame,
  place: (points: Float32Array, i: number) => [number, number],
): void {
  context.strokeStyle = cssColor(palette.accent);
  context.lineWidth = 1.2 * unit;
  const longest = Math.max(1e-9, ...lengthsOf(arrows));
  const scale = (LONGEST_ARROW * 2 * MAP_EXTENT) / longest;
  for (let i = 0; i < samples.length; i += 2 * ARROW_EVERY) {
    const end = new Float32Array([
      samples[i]! + arrows[i]! * scale,
      samples[i + 1]! + arrows[i + 1]! * scale,
    ]);
    const [from, to] = [place(samples, i), place(end, 0)];
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    for (const turn of [2.6, -2.6]) {
      context.moveTo(...to);
      context.lineTo(to[0] + 4 * unit * Math.cos(angle + turn), to[1] + 4 * unit * Math.sin(angle + turn));
    }
    context.stroke();
  }
}

function lengthsOf(arrows: Float32Array): number[] {
  return Array.from({ length: arrows.length / 2 }, (_, i) => Math.hypot(arrows[2 * i]!, arrows[2 * i + 1]!));
}
