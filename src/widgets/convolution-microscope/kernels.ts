/** Kernels that one meets in textbooks and picture editors, as whole numbers with one divisor. */

export type KernelSide = 3 | 5;

export interface Kernel {
  readonly side: KernelSide;
  /** Side × side weights, row by row. */
  readonly weights: readonly number[];
  /** The sum of the products is divided by it. */
  readonly divisor: number;
}

export interface KernelPreset extends Kernel {
  readonly id: string;
  readonly name: string;
  /** What it does and why, in one or two sentences. */
  readonly about: string;
}

const preset = (
  id: string,
  name: string,
  about: string,
  rows: readonly (readonly number[])[],
  divisor = 1,
): KernelPreset => ({ id, name, about, side: rows.length as KernelSide, weights: rows.flat(), divisor });

export const KERNELS: readonly KernelPreset[] = [
  preset("identity", "그대로", "가운데만 1입니다. 가운데 픽셀을 그대로 옮겨 적습니다.", [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]),
  preset(
    "blur",
    "흐리게",
    "아홉 픽셀의 평균입니다. 이웃과 섞여 흐려집니다.",
    [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    9,
  ),
  preset(
    "gauss",
    "가우스 흐림",
    "가운데에 가까울수록 크게 칩니다. 고르게 섞을 때보다 부드럽습니다.",
    [
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ],
    16,
  ),
  preset("sharpen", "또렷하게", "가운데를 키우고 이웃을 뺍니다. 이웃과 다른 곳이 더 달라집니다.", [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ]),
  preset(
    "vertical",
    "세로 가장자리",
    "오른쪽에서 왼쪽을 뺍니다(소벨 커널). 왼쪽이 어둡고 오른쪽이 밝으면 양수, 거꾸로면 음수입니다.",
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  ),
  preset(
    "horizontal",
    "가로 가장자리",
    "아래에서 위를 뺍니다(소벨 커널). 위가 어둡고 아래가 밝으면 양수입니다.",
    [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
  ),
  preset(
    "laplace",
    "라플라스",
    "위아래와 양옆을 더하고 가운데의 네 배를 뺍니다. 어느 방향이든 밝기가 꺾이는 곳에서 커집니다.",
    [
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ],
  ),
  preset("outline", "윤곽", "가운데의 여덟 배에서 이웃 여덟을 뺍니다. 평평한 곳은 0이 됩니다.", [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ]),
  preset("emboss", "돋을새김", "왼쪽 위를 빼고 오른쪽 아래를 더합니다. 빛이 비스듬히 든 것처럼 보입니다.", [
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ]),
  preset(
    "gauss5",
    "가우스 5×5",
    "더 넓게 섞습니다. 가우스 3×3을 두 번 한 것과 같습니다.",
    [
      [1, 4, 6, 4, 1],
      [4, 16, 24, 16, 4],
      [6, 24, 36, 24, 6],
      [4, 16, 24, 16, 4],
      [1, 4, 6, 4, 1],
    ],
    256,
  ),
  preset(
    "motion",
    "움직임 흐림",
    "대각선의 다섯 픽셀만 섞습니다. 사진기가 비스듬히 흔들린 것 같습니다.",
    [
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 1],
    ],
    5,
  ),
];

/** The preset with these very numbers. */
export const presetOf = ({ side, weights, divisor }: Kernel): KernelPreset | undefined =>
  KERNELS.find(
    (known) =>
      known.side === side &&
      known.divisor === divisor &&
      known.weights.every((weight, i) => weight === weights[i]),
  );

/** Turned by 180°: what mathematics lays on the picture where deep learning lays the kernel itself. */
export const turned = (kernel: Kernel): Kernel => ({ ...kernel, weights: [...kernel.weights].reverse() });

/** The same kernel in the middle of a larger one, or the middle of a larger one; `divisor` stays. */
export function resized({ side, weights, divisor }: Kernel, wanted: KernelSide): Kernel {
  const shift = (wanted - side) / 2;
  const fresh = Array.from({ length: wanted ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / wanted) - shift, (i % wanted) - shift];
    const inside = row >= 0 && row < side && column >= 0 && column < side;
    return inside ? weights[row * side + column]! : 0;
  });
  return { side: wanted, weights: fresh, divisor };
}

/** Largest weight that may be typed, and digits behind the point. */
export const LARGEST_WEIGHT = 999;
export const WEIGHT_DIGITS = 2;
