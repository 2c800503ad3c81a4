/** The plane as a hidden layer sees it: every point goes where two of its neurons put it. */

import type { PlanePoint } from "../../data/plane.ts";
import { divergingColor } from "../../draw/heatmap.ts";
import { cssColor, type Palette } from "../../draw/palette.ts";
import { GRID } from "./network.ts";

export interface WarpSource {
  /** Activations [points, width] of the layer, and of the output. */
  readonly layer: Float32Array;
  readonly width: number;
  readonly output: Float32Array;
  /** Neurons on the axes, from 0; the vertical one may be missing in a layer of one neuron. */
  readonly axes: readonly [number, number | undefined];
  readonly logit: boolean;
}

/** Positions of all points, two numbers each. */
export function warpPositions({ layer, width, axes }: WarpSource): Float32Array {
  const count = layer.length / width;
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    positions[2 * i] = layer[i * width + axes[0]]!;
    positions[2 * i + 1] = axes[1] === undefined ? 0 : layer[i * width + axes[1]]!;
  }
  return positions;
}

export interface Window {
  readonly centreX: number;
  readonly centreY: number;
  /** Half the side of the square that is shown. */
  readonly half: number;
}

/** The smallest square around all points, a little larger. */
export function windowOf(positions: Float32Array): Window {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    left = Math.min(left, positions[i]!);
    right = Math.max(right, positions[i]!);
    low = Math.min(low, positions[i + 1]!);
    high = Math.max(high, positions[i + 1]!);
  }
  const half = Math.max(right - left, high - low, 1e-3) * 0.55;
  return { centreX: (left + right) / 2, centreY: (low + high) / 2, half };
}

/** Goes a share of the way, so that the window does not jump. */
export function approach(from: Window | undefined, to: Window, share: number): Window {
  if (!from) return to;
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    centreX: mix(from.centreX, to.centreX),
    centreY: mix(from.centreY, to.centreY),
    half: mix(from.half, to.half),
  };
}

/** Goes a share of the way from the positions before; all the way when there are none of the same number. */
export function approachPositions(
  from: Float32Array | undefined,
  to: Float32Array,
  share: number,
): Float32Array {
  if (from?.length !== to.length) return to;
  return to.map((value, i) => from[i]! + (value - from[i]!) * share);
}

/** Every how many lattice points a line of the bent grid is drawn. */
const SPACING = 7;

export interface WarpPicture {
  readonly positions: Float32Array;
  readonly window: Window;
  readonly output: Float32Array;
  readonly logit: boolean;
  readonly points: readonly PlanePoint[];
}

/** Draws cells coloured by the output, the bent grid lines and the data. */
export function drawWarp(
  context: CanvasRenderingContext2D,
  side: number,
  picture: WarpPicture,
  palette: Palette,
) {
  const { positions, window, points } = picture;
  const toX = (i: number) => side / 2 + ((positions[2 * i]! - window.centreX) / window.half) * (side / 2);
  const toY = (i: number) => side / 2 - ((positions[2 * i + 1]! - window.centreY) / window.half) * (side / 2);
  context.clearRect(0, 0, side, side);
  drawCells(context, picture, palette, toX, toY);
  context.lineWidth = side / 500;
  context.strokeStyle = cssColor(palette.muted, 0.7);
  for (let line = 0; line < GRID; line += SPACING) {
    for (const index of [(i: number) => line * GRID + i, (i: number) => i * GRID + line]) {
      context.beginPath();
      for (let i = 0; i < GRID; i++) context.lineTo(toX(index(i)), toY(index(i)));
      context.stroke();
    }
  }
  const radius = side / 90;
  context.strokeStyle = cssColor(palette.neutral);
  points.forEach(({ target }, i) => {
    const [x, y] = [toX(GRID * GRID + i), toY(GRID * GRID + i)];
    context.fillStyle = cssColor(target < 0 ? palette.negative : palette.positive);
    context.beginPath();
    if (target < 0) context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
}

const CELL = 2;

function drawCells(
  context: CanvasRenderingContext2D,
  { output, logit }: WarpPicture,
  palette: Palette,
  toX: (i: number) => number,
  toY: (i: number) => number,
): void {
  const colours = Array.from({ length: 33 }, (_, i) => cssColor(divergingColor(palette, (i - 16) / 16)));
  for (let row = 0; row + 1 < GRID; row += CELL) {
    for (let column = 0; column + 1 < GRID; column += CELL) {
      const [right, below] = [Math.min(GRID - 1, column + CELL), Math.min(GRID - 1, row + CELL)];
      const corners = [row * GRID + column, row * GRID + right, below * GRID + right, below * GRID + column];
      const mean = corners.reduce((sum, i) => sum + output[i]!, 0) / 4;
      const value = Math.max(-1, Math.min(1, logit ? Math.tanh(mean / 2) : mean));
      context.fillStyle = colours[Math.round(value * 16) + 16] ?? colours[16]!;
      context.beginPath();
      for (const i of corners) context.lineTo(toX(i), toY(i));
      context.fill();
    }
  }
}
