/** Distributions in the plane for a generator to imitate, and how near a cloud of points comes to another. */
import type { Random } from "../engine/random.ts";

export type Place = readonly [x: number, y: number];

/** Clouds lie in [−1, 1]², so that a fresh network's outputs are of their size. */
export const CLOUD_EXTENT = 1;

export interface Cloud {
  readonly id: string;
  readonly title: string;
  readonly sample: (random: Random) => Place;
  /** Centres of its heaps, where it has any. */
  readonly modes?: readonly Place[];
}

const RING_RADIUS = 0.7;
/** Deviation of a heap around its centre. */
export const HEAP_DEVIATION = 0.04;

const ring: readonly Place[] = Array.from({ length: 8 }, (_, i) => {
  const angle = (i / 8) * 2 * Math.PI;
  return [RING_RADIUS * Math.cos(angle), RING_RADIUS * Math.sin(angle)];
});

const grid: readonly Place[] = Array.from({ length: 9 }, (_, i) => [
  0.65 * ((i % 3) - 1),
  0.65 * (Math.floor(i / 3) - 1),
]);

const heaps =
  (centres: readonly Place[]) =>
  (random: Random): Place => {
    const [x, y] = centres[random.below(centres.length)]!;
    return [x + random.normal(0, HEAP_DEVIATION), y + random.normal(0, HEAP_DEVIATION)];
  };

/** A parabola's arc with a little noise. */
function arc(random: Random): Place {
  const x = random.uniform(-0.8, 0.8);
  return [x + random.normal(0, 0.02), 1.7 * x * x - 0.6 + random.normal(0, 0.03)];
}

function circle(random: Random): Place {
  const angle = random.uniform(0, 2 * Math.PI);
  const radius = RING_RADIUS + random.normal(0, 0.03);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** One arm of a spiral, one turn and a half. */
function spiral(random: Random): Place {
  const along = Math.sqrt(random.uniform(0.02, 1));
  const angle = along * 3 * Math.PI;
  const around = () => random.normal(0, 0.02);
  return [0.85 * along * Math.sin(angle) + around(), 0.85 * along * Math.cos(angle) + around()];
}

export const CLOUDS = [
  { id: "arc", title: "활", sample: arc },
  { id: "circle", title: "고리", sample: circle },
  { id: "heaps", title: "여덟 무더기", sample: heaps(ring), modes: ring },
  { id: "grid", title: "아홉 무더기", sample: heaps(grid), modes: grid },
  { id: "spiral", title: "나선", sample: spiral },
] as const satisfies readonly Cloud[];

export type CloudId = (typeof CLOUDS)[number]["id"];

export const cloudOf = (id: CloudId): Cloud => CLOUDS.find((cloud) => cloud.id === id)!;

/** Points [count, 2], row by row. */
export function sampleCloud(sample: Cloud["sample"], count: number, random: Random): Float32Array {
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) points.set(sample(random), 2 * i);
  return points;
}

/**
 * Energy distance 2·E‖X−Y‖ − E‖X−X′‖ − E‖Y−Y′‖ of two samples [count, width]: 0 only where the distributions are equal
 * (G. Székely, M. Rizzo 2013, “Energy statistics”, doi:10.1016/j.jspi.2013.03.018). The means run over all pairs, a
 * point with itself included, so that the value is never negative.
 */
export function energyDistance(a: Float32Array, b: Float32Array, width = 2): number {
  return 2 * meanDistance(a, b, width) - meanDistance(a, a, width) - meanDistance(b, b, width);
}

function meanDistance(a: Float32Array, b: Float32Array, width: number): number {
  let total = 0;
  for (let i = 0; i < a.length; i += width) {
    for (let j = 0; j < b.length; j += width) {
      let squared = 0;
      for (let k = 0; k < width; k++) squared += (a[i + k]! - b[j + k]!) ** 2;
      total += Math.sqrt(squared);
    }
  }
  return total / ((a.length / width) * (b.length / width));
}

/** Nearer than this to a heap's centre a point counts as its own. */
const NEAR = 5 * HEAP_DEVIATION;
/** A heap is reached when it gets this part of its fair share. */
const FAIR = 0.25;

export interface Coverage {
  /** Heaps that get at least a quarter of their fair share of the points. */
  readonly reached: number;
  readonly heaps: number;
  /** Share of the points that lie in any heap, 0 to 1. */
  readonly inside: number;
}

/** How many heaps a sample [count, 2] reaches. */
export function coverageOf(points: Float32Array, modes: readonly Place[]): Coverage {
  const counts = modes.map(() => 0);
  for (let i = 0; i < points.length; i += 2) {
    const distances = modes.map(([x, y]) => Math.hypot(points[i]! - x, points[i + 1]! - y));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest]! <= NEAR) counts[nearest]! += 1;
  }
  const total = points.length / 2;
  return {
    heaps: modes.length,
    reached: counts.filter((count) => count >= (FAIR * total) / modes.length).length,
    inside: counts.reduce((sum, count) => sum + count, 0) / total,
  };
}
