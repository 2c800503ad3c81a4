/**
 * Points of a plane to learn from. The shapes are those TensorFlow Playground made familiar
 * (https://playground.tensorflow.org), so that what is found there can be tried here.
 */
import { Random } from "../engine/random.ts";

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  /** −1 or 1 for a class, anything between for a quantity. */
  readonly target: number;
}

/** Points lie in [−6, 6]². */
export const PLANE_EXTENT = 6;

export interface PlaneDataset {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is to be found out. */
  readonly about: string;
  readonly kind: "classification" | "regression";
  /** @param noise 0 (none) to 0.5. */
  readonly generate: (random: Random, count: number, noise: number) => PlanePoint[];
}

const RADIUS = 5;
const clamp = (value: number) => Math.max(-1, Math.min(1, value));
const inside = (value: number) => Math.max(-PLANE_EXTENT, Math.min(PLANE_EXTENT, value));
const times = (count: number, make: (i: number) => PlanePoint) =>
  Array.from({ length: count }, (_, i) => make(i));

/** One class fills a disc, the other a ring around it. */
function circle(random: Random, count: number, noise: number): PlanePoint[] {
  return times(count, (i) => {
    const inner = i < count / 2;
    const radius = inner ? random.uniform(0, 0.5 * RADIUS) : random.uniform(0.7 * RADIUS, RADIUS);
    const angle = random.uniform(0, 2 * Math.PI);
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    const shift = () => random.uniform(-RADIUS, RADIUS) * noise;
    const seen = Math.hypot(x + shift(), y + shift());
    return { x, y, target: seen < 0.5 * RADIUS ? 1 : -1 };
  });
}

/** The class is the sign of x·y: quadrants lie crosswise. A gap keeps the axes free. */
function xor(random: Random, count: number, noise: number): PlanePoint[] {
  const gap = 0.3;
  const coordinate = () => {
    const value = random.uniform(-RADIUS, RADIUS);
    return value + (value > 0 ? gap : -gap);
  };
  return times(count, () => {
    const [x, y] = [coordinate(), coordinate()];
    const shift = () => random.uniform(-RADIUS, RADIUS) * noise;
    return { x, y, target: (x + shift()) * (y + shift()) >= 0 ? 1 : -1 };
  });
}

/** Two round clouds. */
function gauss(random: Random, count: number, noise: number): PlanePoint[] {
  const deviation = Math.sqrt(0.5 + 7 * noise);
  return times(count, (i) => {
    const target = i < count / 2 ? 1 : -1;
    return {
      x: inside(random.normal(2 * target, deviation)),
      y: inside(random.normal(2 * target, deviation)),
      target,
    };
  });
}

/** Two arms wound around each other, one turn and three quarters each. */
function spiral(random: Random, count: number, noise: number): PlanePoint[] {
  const half = Math.ceil(count / 2);
  return times(count, (i) => {
    const target = i < half ? 1 : -1;
    const along = (i % half) / half;
    const angle = 1.75 * along * 2 * Math.PI + (target > 0 ? 0 : Math.PI);
    return {
      x: inside(along * RADIUS * Math.sin(angle) + random.uniform(-1, 1) * noise),
      y: inside(along * RADIUS * Math.cos(angle) + random.uniform(-1, 1) * noise),
      target,
    };
  });
}

/** A quantity that grows along the diagonal. */
function slope(random: Random, count: number, noise: number): PlanePoint[] {
  return times(count, () => {
    const [x, y] = [random.uniform(-PLANE_EXTENT, PLANE_EXTENT), random.uniform(-PLANE_EXTENT, PLANE_EXTENT)];
    const shift = () => random.uniform(-PLANE_EXTENT, PLANE_EXTENT) * noise;
    return { x, y, target: clamp((x + shift() + y + shift()) / 10) };
  });
}

const HILLS = [
  [-4, 2.5, 1],
  [0, 2.5, -1],
  [4, 2.5, 1],
  [-4, -2.5, -1],
  [0, -2.5, 1],
  [4, -2.5, -1],
] as const;

/** Six hills and hollows, each falling off to nothing at distance 2. */
function hills(random: Random, count: number, noise: number): PlanePoint[] {
  const height = (x: number, y: number) =>
    HILLS.reduce((best, [centreX, centreY, sign]) => {
      const value = sign * Math.max(0, 1 - Math.hypot(x - centreX, y - centreY) / 2);
      return Math.abs(value) > Math.abs(best) ? value : best;
    }, 0);
  return times(count, () => {
    const [x, y] = [random.uniform(-PLANE_EXTENT, PLANE_EXTENT), random.uniform(-PLANE_EXTENT, PLANE_EXTENT)];
    const shift = () => random.uniform(-PLANE_EXTENT, PLANE_EXTENT) * noise;
    return { x, y, target: height(x + shift(), y + shift()) };
  });
}

export const PLANE_DATASETS = [
  { id: "circle", title: "원", about: "안과 밖을 가릅니다.", kind: "classification", generate: circle },
  {
    id: "xor",
    title: "XOR",
    about: "마주 보는 사분면끼리 한 편입니다.",
    kind: "classification",
    generate: xor,
  },
  { id: "gauss", title: "두 무리", about: "두 덩어리를 가릅니다.", kind: "classification", generate: gauss },
  {
    id: "spiral",
    title: "나선",
    about: "서로 감긴 두 팔을 가릅니다.",
    kind: "classification",
    generate: spiral,
  },
  {
    id: "slope",
    title: "비탈(회귀)",
    about: "대각선으로 커지는 값을 맞힙니다.",
    kind: "regression",
    generate: slope,
  },
  {
    id: "hills",
    title: "언덕(회귀)",
    about: "언덕과 골짜기의 높이를 맞힙니다.",
    kind: "regression",
    generate: hills,
  },
  { id: "empty", title: "빈 평면", about: "점을 직접 찍습니다.", kind: "classification", generate: () => [] },
] as const satisfies readonly PlaneDataset[];

export type PlaneDatasetId = (typeof PLANE_DATASETS)[number]["id"];

export function planeDataset(id: PlaneDatasetId): PlaneDataset {
  return PLANE_DATASETS.find((dataset) => dataset.id === id)!;
}

export interface SplitPoints {
  readonly train: readonly PlanePoint[];
  readonly test: readonly PlanePoint[];
}

/**
 * Generates `count` points and divides them at random.
 * @param options.trainShare part that goes into training, 0 to 1.
 */
export function splitPlane(
  id: PlaneDatasetId,
  options: { count: number; noise: number; trainShare: number; seed: number },
): SplitPoints {
  const random = new Random(options.seed);
  const points = planeDataset(id).generate(random, options.count, options.noise);
  const order = random.shuffle(Int32Array.from(points, (_, i) => i));
  const shuffled = Array.from(order, (i) => points[i]!);
  const trainCount = Math.round(points.length * options.trainShare);
  return { train: shuffled.slice(0, trainCount), test: shuffled.slice(trainCount) };
}
