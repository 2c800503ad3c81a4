/**
 * Small sets to train on, drawn by rule and seeded: pictures of shapes, sounds, rows of tokens, points of a spiral.
 * Every kind fits an input of any size, and has classes enough for a first try.
 */
import { splitPlane } from "../../data/plane.ts";
import { Random } from "../../engine/random.ts";
import { sizeOfValues, type ValueShape } from "./shapes.ts";

export interface SmallData {
  /** Values of all examples; token numbers are whole. */
  readonly values: Float32Array;
  readonly labels: Int32Array;
}

export interface Task {
  readonly title: string;
  /** What one has to tell apart. */
  readonly about: string;
  readonly classes: readonly string[];
  /** Examples for training, and as many apart for the test as asked. */
  readonly make: (shape: ValueShape, count: number, classes: number, random: Random) => SmallData;
}

const TAU = 2 * Math.PI;

/** Whether a point, seen from the middle of the figure in units of its size, is inked. */
type Figure = (x: number, y: number) => boolean;

const inSquare: Figure = (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85;
const FIGURES: readonly { readonly name: string; readonly inked: Figure }[] = [
  { name: "원", inked: (x, y) => Math.hypot(x, y) < 0.9 },
  { name: "고리", inked: (x, y) => Math.abs(Math.hypot(x, y) - 0.75) < 0.17 },
  { name: "네모", inked: inSquare },
  { name: "네모 테두리", inked: (x, y) => Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 0.7) < 0.16 },
  { name: "세모", inked: (x, y) => y < 0.7 && y > 1.9 * Math.abs(x) - 0.9 },
  {
    name: "십자",
    inked: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.2 && Math.max(Math.abs(x), Math.abs(y)) < 0.95,
  },
  { name: "가위표", inked: (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) < 0.26 && inSquare(x, y) },
  { name: "가로줄", inked: (x, y) => inSquare(x, y) && Math.cos(y * 2.5 * TAU * 0.8) > 0 },
  { name: "세로줄", inked: (x, y) => inSquare(x, y) && Math.cos(x * 2.5 * TAU * 0.8) > 0 },
  { name: "바둑판", inked: (x, y) => inSquare(x, y) && Math.sin(x * 5.5) * Math.sin(y * 5.5) > 0 },
];

function drawFigure(
  shape: Extract<ValueShape, { kind: "image" }>,
  inked: Figure,
  random: Random,
  target: Float32Array,
) {
  const { channels, rows, columns } = shape;
  const size = random.uniform(0.28, 0.42);
  const [cx, cy] = [random.uniform(0.42, 0.58), random.uniform(0.42, 0.58)];
  const turn = random.uniform(-0.2, 0.2);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const ink = Array.from({ length: channels }, () => random.uniform(0.55, 1));
  const paper = Array.from({ length: channels }, () => random.uniform(0, 0.25));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [dx, dy] = [((column + 0.5) / columns - cx) / size, ((row + 0.5) / rows - cy) / size];
      const on = inked(dx * cos + dy * sin, dy * cos - dx * sin);
      for (let channel = 0; channel < channels; channel++) {
        const value = (on ? ink : paper)[channel]! + random.uniform(-0.06, 0.06);
        target[(channel * rows + row) * columns + column] = Math.max(0, Math.min(1, value));
      }
    }
  }
}

type Wave = (phase: number, random: Random) => number;
const WAVES: readonly { readonly name: string; readonly at: Wave }[] = [
  { name: "사인파", at: (phase) => Math.sin(TAU * phase) },
  { name: "사각파", at: (phase) => (phase % 1 < 0.5 ? 1 : -1) },
  { name: "톱니파", at: (phase) => 2 * (phase % 1) - 1 },
  { name: "펄스", at: (phase) => (phase % 1 < 0.1 ? 1 : -0.1) },
  { name: "잡음", at: (_phase, random) => random.uniform(-1, 1) },
];

function examples(
  shape: ValueShape,
  count: number,
  classes: number,
  draw: (label: number, target: Float32Array) => void,
): SmallData {
  const size = sizeOfValues(shape);
  const values = new Float32Array(count * size);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  labels.forEach((label, i) => {
    draw(label, values.subarray(i * size, (i + 1) * size));
  });
  return { values, labels };
}

const KINDS = 5;

const TASKS = {
  image: {
    title: "도형 그림",
    about: "코드로 그린 도형의 이름을 맞힙니다. 자리, 크기, 기울기, 밝기가 그림마다 다릅니다.",
    classes: FIGURES.map(({ name }) => name),
    make: (shape, count, classes, random) =>
      examples(shape, count, classes, (label, target) => {
        if (shape.kind === "image") drawFigure(shape, FIGURES[label]!.inked, random, target);
      }),
  },
  wave: {
    title: "소리의 파형",
    about: "코드로 만든 소리가 어떤 파형인지 맞힙니다. 높이와 크기가 소리마다 다릅니다.",
    classes: WAVES.map(({ name }) => name),
    make: (shape, count, classes, random) =>
      examples(shape, count, classes, (label, target) => {
        const frequency = random.uniform(200, 900) / 16_000;
        const loudness = random.uniform(0.3, 1);
        const start = random.uniform();
        for (let t = 0; t < target.length; t++) {
          target[t] = loudness * WAVES[label]!.at(start + t * frequency, random) + random.normal(0, 0.03);
        }
      }),
  },
  tokens: {
    title: "가장 많은 토큰",
    about: "0번부터 4번 토큰 가운데 어느 것이 문장에 가장 많이 나오는지 맞힙니다.",
    classes: Array.from({ length: KINDS }, (_, i) => `${i}번 토큰`),
    make: (shape, count, classes, random) =>
      examples(shape, count, classes, (label, target) => {
        const vocabulary = shape.kind === "tokens" ? shape.vocabulary : 1;
        const order = random.shuffle(Int32Array.from({ length: target.length }, (_, i) => i));
        const most = Math.max(1, Math.min(4, target.length));
        order.forEach((place, i) => {
          // The winner four times, every rival at most twice, the rest other words.
          if (i < most) target[place] = label;
          else if (i < most + 2 * (classes - 1) && random.uniform() < 0.5) {
            target[place] = (label + 1 + ((i - most) % Math.max(1, classes - 1))) % classes;
          } else
            target[place] = Math.min(vocabulary - 1, KINDS + random.below(Math.max(1, vocabulary - KINDS)));
        });
      }),
  },
  vector: {
    title: "나선",
    about: "나선으로 감긴 두 무리 가운데 어느 쪽의 점인지 맞힙니다.",
    classes: ["주황 무리", "파란 무리"],
    make: (shape, count, _classes, random) => {
      const { train } = splitPlane("spiral", {
        count: 2 * count,
        noise: 0.05,
        trainShare: 0.5,
        seed: random.below(1e6),
      });
      const points = train.slice(0, count);
      const size = sizeOfValues(shape);
      const values = new Float32Array(count * size);
      points.forEach(({ x, y }, i) => {
        values.set([x, y].slice(0, size), i * size);
      });
      return { values, labels: Int32Array.from(points, ({ target }) => (target > 0 ? 1 : 0)) };
    },
  },
} as const satisfies Readonly<Record<string, Task>>;

/** What a network with this input can be tried on. */
export function taskFor({ kind }: ValueShape): Task {
  return kind === "sequence" ? TASKS.tokens : TASKS[kind];
}

/** How many of the task's classes a network with so many outputs can name. */
export const classesFor = (task: Task, outputs: number): number => Math.min(task.classes.length, outputs);

/** Training and test examples; equal seeds give equal data. */
export function smallData(
  shape: ValueShape,
  outputs: number,
  counts: { readonly train: number; readonly test: number },
  seed: number,
) {
  const task = taskFor(shape);
  const classes = classesFor(task, outputs);
  const random = new Random(seed);
  return {
    train: task.make(shape, counts.train, classes, random),
    test: task.make(shape, counts.test, classes, random),
  };
}
