/** Features as people thought them up before networks found their own: each a rule that can be said in a sentence. */

/** Pictures here are 14 × 14. */
export const SIDE = 14;
export const PIXELS = SIDE * SIDE;

export type HandMadeId = "ink" | "rows" | "columns" | "holes" | "moments" | "edges";

export interface HandMade {
  readonly id: HandMadeId;
  readonly label: string;
  readonly about: string;
  /** How many numbers it gives. */
  readonly width: number;
  /** @param picture 14 × 14 values from 0 to 1, row by row. */
  measure(picture: ArrayLike<number>): readonly number[];
}

const INK = 0.5;
/** Cells along each side, and directions, of the edges. */
const CELLS = 3;
const DIRECTIONS = 4;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const at = (picture: ArrayLike<number>, row: number, column: number): number =>
  row < 0 || column < 0 || row >= SIDE || column >= SIDE ? 0 : picture[row * SIDE + column]!;

export const HAND_MADE: readonly HandMade[] = [
  {
    id: "ink",
    label: "잉크의 양",
    about: "먹이 묻은 칸의 평균 진하기",
    width: 1,
    measure: (picture) => [4 * mean(picture)],
  },
  {
    id: "rows",
    label: "줄마다 잉크",
    about: "가로줄마다 먹이 얼마나 묻었는지",
    width: SIDE,
    measure: (picture) => range(SIDE).map((row) => 2 * mean(range(SIDE).map((c) => at(picture, row, c)))),
  },
  {
    id: "columns",
    label: "칸마다 잉크",
    about: "세로줄마다 먹이 얼마나 묻었는지",
    width: SIDE,
    measure: (picture) =>
      range(SIDE).map((column) => 2 * mean(range(SIDE).map((r) => at(picture, r, column)))),
  },
  {
    id: "holes",
    label: "구멍의 수",
    about: "먹으로 둘러싸인 빈 곳이 몇 개인지",
    width: 1,
    measure: (picture) => [holesOf(picture)],
  },
  {
    id: "moments",
    label: "치우침과 퍼짐",
    about: "먹이 가운데에서 어느 쪽으로 얼마나 퍼졌는지",
    width: 5,
    measure: momentsOf,
  },
  {
    id: "edges",
    label: "가장자리의 방향",
    about: "아홉 자리마다 밝기가 어느 방향으로 바뀌는지 (HOG와 같은 생각)",
    width: CELLS * CELLS * DIRECTIONS,
    measure: edgesOf,
  },
];

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Empty regions that the paper's rim does not reach, found by flooding over neighbours above, below and beside. */
export function holesOf(picture: ArrayLike<number>): number {
  const seen = Array.from({ length: PIXELS }, (_, i) => picture[i]! >= INK);
  const flood = (start: number): boolean => {
    let touches = false;
    const waiting = [start];
    seen[start] = true;
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      const [row, column] = [Math.floor(place / SIDE), place % SIDE];
      if (row === 0 || column === 0 || row === SIDE - 1 || column === SIDE - 1) touches = true;
      const near = [
        ...(row > 0 ? [place - SIDE] : []),
        ...(row < SIDE - 1 ? [place + SIDE] : []),
        ...(column > 0 ? [place - 1] : []),
        ...(column < SIDE - 1 ? [place + 1] : []),
      ];
      for (const next of near) {
        if (seen[next]) continue;
        seen[next] = true;
        waiting.push(next);
      }
    }
    return touches;
  };
  return range(PIXELS).filter((start) => !seen[start] && !flood(start)).length;
}

/** Mean place, spread along both axes and their product, weighted by ink, in half sides from the middle. */
function momentsOf(picture: ArrayLike<number>): readonly number[] {
  const half = SIDE / 2;
  let total = 1e-6;
  const sums = [0, 0, 0, 0, 0];
  for (const place of range(PIXELS)) {
    const ink = picture[place]!;
    const y = (Math.floor(place / SIDE) + 0.5 - half) / half;
    const x = ((place % SIDE) + 0.5 - half) / half;
    total += ink;
    [x, y, x * x, y * y, x * y].forEach((value, k) => {
      sums[k]! += ink * value;
    });
  }
  return sums.map((sum) => (3 * sum) / total);
}

/** For each of 3 × 3 cells, how strongly brightness changes in each of four directions (N. Dalal, B. Triggs 2005). */
function edgesOf(picture: ArrayLike<number>): readonly number[] {
  const bins = new Array<number>(CELLS * CELLS * DIRECTIONS).fill(0);
  for (const place of range(PIXELS)) {
    const [row, column] = [Math.floor(place / SIDE), place % SIDE];
    const dx = at(picture, row, column + 1) - at(picture, row, column - 1);
    const dy = at(picture, row + 1, column) - at(picture, row - 1, column);
    const size = Math.hypot(dx, dy);
    if (size === 0) continue;
    const turn = (Math.atan2(dy, dx) / Math.PI + 1) % 1;
    const direction = Math.round(turn * DIRECTIONS) % DIRECTIONS;
    const cell = Math.floor((row * CELLS) / SIDE) * CELLS + Math.floor((column * CELLS) / SIDE);
    bins[cell * DIRECTIONS + direction]! += size / 8;
  }
  return bins;
}

/** All chosen features of every picture, [count, width]. */
export function handMadeOf(
  pictures: Float32Array,
  chosen: readonly HandMadeId[],
): { readonly values: Float32Array; readonly width: number } {
  const features = HAND_MADE.filter(({ id }) => chosen.includes(id));
  const width = features.reduce((sum, feature) => sum + feature.width, 0);
  const count = pictures.length / PIXELS;
  const values = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const picture = pictures.subarray(i * PIXELS, (i + 1) * PIXELS);
    values.set(
      features.flatMap((feature) => feature.measure(picture)),
      i * width,
    );
  }
  return { values, width };
}
