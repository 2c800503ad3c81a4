/** Values between −1 and 1 as colours: negative – neutral – positive. */
import type { Palette, Rgb } from "./palette.ts";

/** Shades on each side of zero. */
const SHADES = 127;
/** How far the ends go from neutral to the full colour, so that points of the full colour stand out. */
const STRENGTH = 0.62;

export interface DivergingScale {
  /** Packed pixel (bytes red, green, blue, alpha in memory order) of a value; beyond ±1 the end of the scale. */
  pixel(value: number): number;
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

/** The colour of a value between −1 and 1; beyond that the end of the scale, and neutral for NaN. */
export function divergingColor(palette: Palette, value: number): Rgb {
  const bounded = Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value));
  return mix(
    palette.neutral,
    bounded < 0 ? palette.negative : palette.positive,
    Math.abs(bounded) * STRENGTH,
  );
}

/** A table of colours: a heatmap of thousands of values is drawn many times a second. */
export function divergingScale(palette: Palette): DivergingScale {
  const bytes = new Uint8ClampedArray((2 * SHADES + 1) * 4);
  for (let i = 0; i <= 2 * SHADES; i++) {
    bytes.set([...divergingColor(palette, (i - SHADES) / SHADES), 255], i * 4);
  }
  const pixels = new Uint32Array(bytes.buffer);
  return {
    pixel: (value) => {
      const bounded = value < -1 ? -1 : value > 1 ? 1 : value || 0;
      return pixels[Math.round(bounded * SHADES) + SHADES]!;
    },
  };
}

export interface HeatmapSource {
  readonly values: Float32Array;
  /** Where the first value lies, and how far apart neighbours are: one column of a [points, width] matrix. */
  readonly offset: number;
  readonly stride: number;
}

/**
 * Draws a square of values, row by row from the top, into a canvas of the same number of pixels.
 * @param shape what is applied to each value first; the identity by default.
 */
export function drawHeatmap(
  canvas: HTMLCanvasElement,
  size: number,
  { values, offset, stride }: HeatmapSource,
  scale: DivergingScale,
  shape?: (value: number) => number,
): void {
  if (canvas.width !== size) canvas.width = size;
  if (canvas.height !== size) canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(size, size);
  fillPixels(new Uint32Array(image.data.buffer), { values, offset, stride }, scale, shape);
  context.putImageData(image, 0, 0);
}

/** The pixels of a heatmap, for those that paint by themselves. */
export function fillPixels(
  pixels: Uint32Array,
  { values, offset, stride }: HeatmapSource,
  scale: DivergingScale,
  shape?: (value: number) => number,
): void {
  for (let i = 0, at = offset; i < pixels.length; i++, at += stride) {
    pixels[i] = scale.pixel(shape ? shape(values[at]!) : values[at]!);
  }
}
