/** Small random deformations of a picture: what a network must not mind. */
import type { Random } from "../engine/random.ts";

export interface Deformation {
  /** Largest turn either way, radians. */
  readonly turn: number;
  /** Largest relative change of size, the same along both axes. */
  readonly scale: number;
  /** Largest relative change of each axis by itself, and largest slant. */
  readonly shear: number;
  /** Largest shift, pixels. */
  readonly shift: number;
  /** Height of the waves that bend lines, pixels: two slow sines along each axis. */
  readonly wave: number;
  /** Whether half of the pictures are mirrored left to right. */
  readonly mirror: boolean;
}

export const NO_DEFORMATION: Deformation = { turn: 0, scale: 0, shear: 0, shift: 0, wave: 0, mirror: false };

interface Wave {
  readonly height: number;
  readonly along: number;
  readonly across: number;
  readonly phase: number;
}

function drawWave(random: Random, height: number): Wave {
  // At most one and a half periods over the picture: bends, no noise.
  return {
    height: random.uniform(-height, height),
    along: random.uniform(-1.5, 1.5) * Math.PI,
    across: random.uniform(-1.5, 1.5) * Math.PI,
    phase: random.uniform(0, 2 * Math.PI),
  };
}

const at = ({ height, along, across, phase }: Wave, u: number, v: number) =>
  height * Math.sin(along * u + across * v + phase);

/**
 * Draws one deformation and applies it, with bilinear interpolation; what lies outside the picture is 0.
 * @param source `size` × `size` values of one channel.
 * @param target of the same size.
 */
export function deform(
  source: ArrayLike<number>,
  target: Float32Array,
  size: number,
  deformation: Deformation,
  random: Random,
): void {
  const { turn, scale, shear, shift, wave, mirror } = deformation;
  const angle = random.uniform(-turn, turn);
  const zoom = 1 + random.uniform(-scale, scale);
  const [stretchX, stretchY] = [1 + random.uniform(-shear, shear), 1 + random.uniform(-shear, shear)];
  const slant = random.uniform(-shear, shear);
  const [dx, dy] = [random.uniform(-shift, shift), random.uniform(-shift, shift)];
  const [waveX, waveY] = [drawWave(random, wave), drawWave(random, wave)];
  const flip = mirror && random.uniform() < 0.5 ? -1 : 1;
  const [cos, sin] = [Math.cos(angle) / zoom, Math.sin(angle) / zoom];
  const middle = (size - 1) / 2;
  for (let row = 0, i = 0; row < size; row++) {
    for (let column = 0; column < size; column++, i++) {
      const [x, y] = [column - middle - dx, row - middle - dy];
      const [u, v] = [x / middle, y / middle];
      const fromX = (cos * x + sin * y) / stretchX + slant * y + at(waveX, u, v);
      const fromY = (cos * y - sin * x) / stretchY + at(waveY, v, u);
      target[i] = sample(source, size, flip * fromX + middle, fromY + middle);
    }
  }
}

function sample(source: ArrayLike<number>, size: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -1 || top < -1 || left >= size || top >= size) return 0;
  const [right, below] = [x - left, y - top];
  const pixel = (row: number, column: number) =>
    row < 0 || column < 0 || row >= size || column >= size ? 0 : source[row * size + column]!;
  const upper = pixel(top, left) * (1 - right) + pixel(top, left + 1) * right;
  const lower = pixel(top + 1, left) * (1 - right) + pixel(top + 1, left + 1) * right;
  return upper * (1 - below) + lower * below;
}
