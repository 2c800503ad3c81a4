/** Outlines of glyphs: flattened, deformed, and drawn as small grey pictures. */
import type { Random } from "../../src/engine/random.ts";

/** x to the right, y upwards, in the font's units. */
export type Point = readonly [x: number, y: number];
/** A closed line. */
export type Contour = readonly Point[];

export interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

/** Straight pieces that a curve becomes. */
const PIECES = 6;

/** The closed lines of a font's path, curves as short straight pieces. */
export function contoursOf(commands: readonly PathCommand[]): Contour[] {
  const contours: Point[][] = [];
  for (const { command, args } of commands) {
    if (command === "moveTo") contours.push([]);
    const contour = contours.at(-1);
    if (!contour || command === "closePath") continue;
    const from = contour.at(-1) ?? ([args[0]!, args[1]!] as const);
    const places = args.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x, args[i + 1]!]] : []));
    const isCurve = command === "quadraticCurveTo" || command === "bezierCurveTo";
    if (!isCurve) contour.push(...places);
    else for (let i = 1; i <= PIECES; i++) contour.push(bezier([from, ...places], i / PIECES));
  }
  return contours.filter(({ length }) => length > 2);
}

/** De Casteljau: between neighbours again and again. */
function bezier(points: readonly Point[], share: number): Point {
  if (points.length === 1) return points[0]!;
  return bezier(
    points.slice(1).map(([x, y], i) => {
      const [fromX, fromY] = points[i]!;
      return [fromX + (x - fromX) * share, fromY + (y - fromY) * share] as const;
    }),
    share,
  );
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export function boundsOf(contours: readonly Contour[]): Bounds {
  const bounds = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const [x, y] of contours.flat()) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.min(bounds.bottom, y);
    bounds.top = Math.max(bounds.top, y);
  }
  return bounds;
}

/** Box of 1 around the middle 0, proportions kept. */
export function normalized(contours: readonly Contour[]): Contour[] {
  const { left, right, bottom, top } = boundsOf(contours);
  const extent = Math.max(right - left, top - bottom);
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return contours.map((contour) =>
    contour.map((point) => [(point[0] - x) / extent, (point[1] - y) / extent] as const),
  );
}

/** How far a hand may stray from a font. */
export interface Hand {
  /** Largest turn, radians. */
  readonly turn: number;
  /** Largest relative change of each axis, and largest slant. */
  readonly shear: number;
  /** Height of the waves, as a share of the sign. */
  readonly wave: number;
  /** By how much the stroke may grow on either side, as a share of the sign; it shrinks by at most half of that. */
  readonly width: number;
}

/** One sign of size 1 as another hand would write it: slow waves, then an affine map, then another stroke width. */
export function rewritten(contours: readonly Contour[], hand: Hand, random: Random): Contour[] {
  const angle = random.uniform(-hand.turn, hand.turn);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const stretch = [
    1 + random.uniform(-hand.shear, hand.shear),
    1 + random.uniform(-hand.shear, hand.shear),
  ] as const;
  const slant = random.uniform(-hand.shear, hand.shear);
  const waves = [drawWave(random, hand.wave), drawWave(random, hand.wave)] as const;
  const grow = random.uniform(-hand.width / 2, hand.width);
  return contours.map((contour) =>
    contour.map((point, i): Point => {
      const [nx, ny] = normalAt(contour, i);
      const [px, py] = [point[0] + grow * nx, point[1] + grow * ny];
      const x = (px + waves[0](px, py)) * stretch[0] + slant * py;
      const y = (py + waves[1](py, px)) * stretch[1];
      return [cos * x - sin * y, sin * x + cos * y];
    }),
  );
}

function drawWave(random: Random, height: number): (along: number, across: number) => number {
  const [size, phase] = [random.uniform(-height, height), random.uniform(0, 2 * Math.PI)];
  // At most one period over the sign.
  const [a, b] = [random.uniform(-2, 2) * Math.PI, random.uniform(-2, 2) * Math.PI];
  return (along, across) => size * Math.sin(a * along + b * across + phase);
}

/** TrueType outlines run clockwise around ink, so that ink lies on the right and the outer side on the left. */
function normalAt(contour: Contour, i: number): Point {
  const [x0, y0] = contour[(i + contour.length - 1) % contour.length]!;
  const [x1, y1] = contour[(i + 1) % contour.length]!;
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return [-(y1 - y0) / length, (x1 - x0) / length];
}

/** Twice the area inside all contours, positive where they run anticlockwise. */
export function signedArea(contours: readonly Contour[]): number {
  let sum = 0;
  for (const contour of contours) {
    contour.forEach(([x, y], i) => {
      const [nextX, nextY] = contour[(i + 1) % contour.length]!;
      sum += x * nextY - nextX * y;
    });
  }
  return sum;
}

/** Lines into which a pixel's row is divided. */
const LINES = 4;

/**
 * Coverage of each pixel by the outline (non-zero winding).
 * @param contours in pixels, y upwards, pixel (0, 0) from 0 to 1 at the bottom left.
 * @returns `size` × `size` values from 0 to 1, top row first.
 */
export function rasterize(contours: readonly Contour[], size: number): Float32Array {
  const picture = new Float32Array(size * size);
  for (let line = 0; line < size * LINES; line++) {
    const y = (line + 0.5) / LINES;
    const row = size - 1 - Math.floor(y);
    let [winding, start] = [0, 0];
    for (const [x, direction] of crossings(contours, y)) {
      if (winding !== 0) addSpan(picture, row * size, size, start, x);
      winding += direction;
      start = x;
    }
  }
  return picture.map((ink) => Math.min(1, ink));
}

function crossings(contours: readonly Contour[], y: number): [x: number, direction: number][] {
  const found: [number, number][] = [];
  for (const contour of contours) {
    let [x0, y0] = contour.at(-1)!;
    for (const [x1, y1] of contour) {
      if (y0 <= y !== y1 <= y) found.push([x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), y1 > y0 ? 1 : -1]);
      [x0, y0] = [x1, y1];
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function addSpan(picture: Float32Array, offset: number, size: number, from: number, to: number): void {
  const [start, end] = [Math.max(0, from), Math.min(size, to)];
  for (let column = Math.floor(start); column < end; column++) {
    const covered = Math.min(end, column + 1) - Math.max(start, column);
    if (covered > 0) picture[offset + column]! += covered / LINES;
  }
}
