/** Three words drawn by a rule with a seeded hand, so that teaching can be tried at once: heart, triangle, wave. */
import type { Stroke, StrokePoint } from "../../data/strokes.ts";
import { Random } from "../../engine/random.ts";
import { addDrawing, addWord, type OwnWord, WANTED_DRAWINGS } from "./own-words.ts";

type Outline = (t: number) => StrokePoint;

/** Corners joined by straight lines, once around. */
const polygon =
  (corners: readonly (readonly [number, number])[]): Outline =>
  (t) => {
    const at = Math.min(t, 0.9999) * (corners.length - 1);
    const [from, to] = [corners[Math.floor(at)]!, corners[Math.floor(at) + 1]!];
    const share = at - Math.floor(at);
    return { x: from[0] + (to[0] - from[0]) * share, y: from[1] + (to[1] - from[1]) * share };
  };

const OUTLINES: readonly (readonly [string, Outline])[] = [
  [
    "하트",
    (t) => {
      const angle = 2 * Math.PI * t;
      const y =
        13 * Math.cos(angle) - 5 * Math.cos(2 * angle) - 2 * Math.cos(3 * angle) - Math.cos(4 * angle);
      return { x: (16 * Math.sin(angle) ** 3) / 17, y: -y / 17 };
    },
  ],
  [
    "세모",
    polygon([
      [0, -0.9],
      [0.95, 0.8],
      [-0.95, 0.8],
      [0, -0.9],
    ]),
  ],
  ["물결", (t) => ({ x: 2 * t - 1, y: 0.35 * Math.sin(4 * Math.PI * t) })],
];

const POINTS = 40;

/** Turned, stretched and trembling a little, as hands do. */
function drawnBy(random: Random, outline: Outline): Stroke {
  const turn = random.normal(0, 0.18);
  const [wide, high] = [random.uniform(0.24, 0.4), random.uniform(0.24, 0.4)];
  const slow = [random.normal(0, 0.05), random.normal(0, 0.05)] as const;
  return Array.from({ length: POINTS }, (_, i) => {
    const t = i / (POINTS - 1);
    const { x, y } = outline(t);
    const [u, v] = [
      x * wide + slow[0] * Math.sin(5 * t) + random.normal(0, 0.006),
      y * high + slow[1] * Math.cos(4 * t) + random.normal(0, 0.006),
    ];
    const place = (value: number) => Math.max(0, Math.min(1, 0.5 + value));
    return {
      x: place(u * Math.cos(turn) - v * Math.sin(turn)),
      y: place(u * Math.sin(turn) + v * Math.cos(turn)),
    };
  });
}

export function exampleWords(seed = 7): readonly OwnWord[] {
  const random = new Random(seed);
  let words: readonly OwnWord[] = [];
  for (const [name, outline] of OUTLINES) {
    words = addWord(words, name);
    for (let i = 0; i < WANTED_DRAWINGS; i++) {
      words = addDrawing(words, words.length - 1, [drawnBy(random, outline)]);
    }
  }
  return words;
}
