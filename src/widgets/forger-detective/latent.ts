/** Ways through the space of noise vectors. Whatever is fed to the generator must look like what it learned on. */
import { Random } from "../../engine/random.ts";
import { LATENT } from "../../models/digit-gan-network.ts";
import { noiseVectors } from "../../models/digit-gan-trainer.ts";

/** Pictures along one side of the map. */
export const MAP_SIDE = 6;

/** `count` noise vectors of their own for every seed. */
export function drawNoise(count: number, seed: number): Float32Array[] {
  const all = noiseVectors(count, new Random(seed));
  return Array.from({ length: count }, (_, i) => all.subarray(i * LATENT, (i + 1) * LATENT));
}

/**
 * Σwᵢzᵢ/√Σwᵢ²: of independent standard normal vectors it is standard normal again, for any weights. The plain mean would
 * be shorter than every vector the generator has seen.
 */
export function blend(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const length = Math.hypot(...weights);
  return Float32Array.from({ length: LATENT }, (_, k) => {
    const sum = vectors.reduce((total, vector, i) => total + weights[i]! * vector[k]!, 0);
    return sum / length;
  });
}

/** A place on the pad between four corners: top left, top right, bottom left, bottom right. x and y from 0 to 1. */
export function padNoise(corners: readonly Float32Array[], x: number, y: number): Float32Array {
  return blend(corners, [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y]);
}

/** From one vector to another. */
export const between = (a: Float32Array, b: Float32Array, share: number): Float32Array =>
  blend([a, b], [1 - share, share]);

/** z + strength·direction. */
export const along = (z: Float32Array, direction: Float32Array, strength: number): Float32Array =>
  z.map((value, k) => value + strength * direction[k]!);

/**
 * The direction of unit length along which an attribute of the pictures grows most: E[z·(attribute − mean)], which for
 * standard normal z is the slope of the best straight line. All zeros where the attribute does not vary.
 * @param noise [count, 32], `attribute` [count].
 */
export function directionOf(noise: Float32Array, attribute: ArrayLike<number>): Float32Array {
  const count = attribute.length;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += attribute[i]!;
  mean /= count;
  const sums = new Float64Array(LATENT);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < LATENT; k++) sums[k]! += noise[i * LATENT + k]! * (attribute[i]! - mean);
  }
  const length = Math.hypot(...sums);
  return Float32Array.from(sums, (sum) => (length > 0 ? sum / length : 0));
}

export const joined = (vectors: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(vectors.length * LATENT);
  vectors.forEach((vector, i) => {
    all.set(vector, i * LATENT);
  });
  return all;
};
