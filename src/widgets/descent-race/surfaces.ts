/** The surfaces of the race, each written once as graph; value, slope and curvature all come from the engine. */
import type { Tensor } from "../../engine/graph.ts";
import { add, multiply, subtract } from "../../engine/ops/arithmetic.ts";
import { square } from "../../engine/ops/functions.ts";

export type SurfaceId = "bowl" | "ravine" | "tilted" | "saddle" | "rosenbrock" | "himmelblau" | "network";

export type Place = readonly [x: number, y: number];

export interface Surface {
  readonly title: string;
  /** Formula as text; of the network there is none. */
  readonly formula: string;
  /** What is hard about it, in one sentence. */
  readonly about: string;
  /** The square that is drawn. */
  readonly window: { readonly x: number; readonly y: number; readonly half: number };
  readonly start: Place;
  /** A learning rate with which plain gradient descent arrives from `start`. */
  readonly rate: number;
  /** Whoever is this low has arrived. */
  readonly goal: number;
  /** Lowest value and where it is taken; the network's are found while it is built. */
  readonly lowest: number;
  readonly minima: readonly Place[];
  /**
   * Heights are drawn as ln(1 + (f − lowest)/bend): the smaller, the more the high parts are pressed together.
   * `undefined` where they are drawn as they are.
   */
  readonly bend: number | undefined;
  /** Deviation of the noise that “little noise” adds to each component of the slope. */
  readonly noise: number;
  /** The second derivatives, where they are the same everywhere: [f_xx, f_xy, f_yy]. */
  readonly curvature?: readonly [xx: number, xy: number, yy: number];
}

/** f(x, y) as graph, for scalars x and y. */
export type LossOf = (x: Tensor, y: Tensor) => Tensor;

const CENTRE = { x: 0, y: 0 };
/** Steep and flat curvature of both ravines: the same valley, once along the axes and once across. */
const STEEP = 20;
const FLAT = 0.5;

export const SURFACES: Readonly<Record<SurfaceId, Surface>> = {
  bowl: {
    ...{ title: "그릇", formula: "½(x² + 4y²)", about: "어디서나 바닥이 보이는 가장 쉬운 지형입니다." },
    ...{ window: { ...CENTRE, half: 4 }, start: [-3.2, 2.2], rate: 0.1, goal: 0.01, lowest: 0, noise: 1 },
    ...{ minima: [[0, 0]], bend: undefined, curvature: [1, 0, 4] },
  },
  ravine: {
    ...{ title: "골짜기", formula: "½(0.5x² + 20y²)" },
    about: "한 방향은 가파르고 한 방향은 거의 평평합니다. 가파른 쪽에 맞추면 평평한 쪽이 느립니다.",
    ...{ window: { ...CENTRE, half: 4 }, start: [-3.5, 1.2], rate: 0.04, goal: 0.01, lowest: 0, noise: 3 },
    ...{ minima: [[0, 0]], bend: 4, curvature: [FLAT, 0, STEEP] },
  },
  tilted: {
    ...{ title: "비스듬한 골짜기", formula: "½(10.25x² − 19.5xy + 10.25y²)" },
    about: "골짜기를 45° 돌렸습니다. 좌표마다 걸음을 따로 맞추는 방법의 이점이 사라집니다.",
    ...{ window: { ...CENTRE, half: 4 }, start: [-3.3, -1.6], rate: 0.04, goal: 0.01, lowest: 0, noise: 3 },
    ...{ minima: [[0, 0]], bend: 4 },
    curvature: [(STEEP + FLAT) / 2, (FLAT - STEEP) / 2, (STEEP + FLAT) / 2],
  },
  saddle: {
    ...{ title: "안장", formula: "½x² − ½y² + ¼y⁴ + ¼" },
    about: "가운데는 한쪽으로 내리막, 다른 쪽으로 오르막입니다. 기울기가 0이지만 바닥이 아닙니다.",
    ...{ window: { ...CENTRE, half: 2 }, start: [-1.7, 0.02], rate: 0.1, goal: 0.01, lowest: 0, noise: 0.2 },
    ...{
      minima: [
        [0, -1],
        [0, 1],
      ],
      bend: undefined,
    },
  },
  rosenbrock: {
    ...{ title: "로젠브록", formula: "(1 − x)² + 100(y − x²)²" },
    about: "휘어진 골짜기를 찾기는 쉽지만, 그 바닥을 따라 끝까지 가기가 어렵습니다.",
    ...{ window: { x: 0, y: 1, half: 2 }, start: [-1.2, 1], rate: 0.001, goal: 0.01, lowest: 0, noise: 4 },
    ...{ minima: [[1, 1]], bend: 0.5 },
  },
  himmelblau: {
    ...{ title: "히멜블라우", formula: "(x² + y − 11)² + (x + y² − 7)²" },
    about: "똑같이 깊은 최솟값이 네 곳에 있습니다. 어디로 가는지는 출발점과 방법이 정합니다.",
    ...{ window: { ...CENTRE, half: 5 }, start: [0.5, -0.5], rate: 0.01, goal: 0.1, lowest: 0, noise: 10 },
    minima: [
      [3, 2],
      [-2.805118, 3.131313],
      [-3.77931, -3.283186],
      [3.584428, -1.848127],
    ],
    bend: 5,
  },
  network: {
    ...{ title: "실제 신경망", formula: "" },
    about:
      "원의 안팎을 가르도록 훈련한 신경망(2–6–1)의 실제 손실을, 가중치 공간의 두 방향으로 자른 단면입니다.",
    ...{ window: { ...CENTRE, half: 1.5 }, start: [1.1, 0.8], rate: 0.1, goal: 0.1, lowest: 0, noise: 0 },
    ...{ minima: [], bend: undefined },
  },
};

export const SURFACE_IDS = Object.keys(SURFACES) as readonly SurfaceId[];

/** The second-order part ½·zᵀHz. */
function quadratic([xx, xy, yy]: readonly [number, number, number]): LossOf {
  return (x, y) => {
    const along = add(multiply(square(x), xx / 2), multiply(square(y), yy / 2));
    return xy === 0 ? along : add(along, multiply(multiply(x, y), xy));
  };
}

const saddle: LossOf = (x, y) => {
  const y2 = square(y);
  const across = add(multiply(square(y2), 0.25), multiply(y2, -0.5));
  return add(add(multiply(square(x), 0.5), across), 0.25);
};

/** H. Rosenbrock 1960. */
const rosenbrock: LossOf = (x, y) =>
  add(square(subtract(1, x)), multiply(square(subtract(y, square(x))), 100));

/** D. Himmelblau 1972. */
const himmelblau: LossOf = (x, y) =>
  add(square(subtract(add(square(x), y), 11)), square(subtract(add(x, square(y)), 7)));

/** The formula of a surface as graph. */
export const FORMULAS: Readonly<Record<Exclude<SurfaceId, "network">, LossOf>> = {
  bowl: quadratic(SURFACES.bowl.curvature!),
  ravine: quadratic(SURFACES.ravine.curvature!),
  tilted: quadratic(SURFACES.tilted.curvature!),
  ...{ saddle, rosenbrock, himmelblau },
};

/** Height as drawn. */
export const drawnHeight = (value: number, lowest: number, bend: number | undefined): number =>
  bend === undefined ? value - lowest : Math.log1p(Math.max(0, value - lowest) / bend);
