import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type Kernel, presetOf } from "./kernels.ts";
import type { Setting } from "./slide.ts";

/** What happened since the widget was opened or reset. */
export interface Visit {
  /** A setting without any place for the window was seen, and left again by changing numbers. */
  readonly repaired: boolean;
  /** The learner computed a covered value rightly. */
  readonly computed: boolean;
}

export interface Sizes {
  readonly input: number;
  /** Rows of the map before pooling; 0 when nothing fits. */
  readonly output: number;
}

const isZero = (value: number) => Math.abs(value) < 1e-9;

/** Sums over the columns of the kernel: what it answers to a picture that changes only sideways. */
function marginal({ side, weights }: Kernel, along: "rows" | "columns"): number[] {
  return Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (_, j) =>
      along === "columns" ? weights[j * side + i]! : weights[i * side + j]!,
    ).reduce((sum, weight) => sum + weight, 0),
  );
}

/** Deaf to every picture that changes only sideways, and not to those that change only downwards. */
export function seesOnlyHorizontalEdges(kernel: Kernel): boolean {
  return marginal(kernel, "columns").every(isZero) && !marginal(kernel, "rows").every(isZero);
}

/** A single 1 left of the middle: every place copies its left neighbour, the picture moves to the right. */
export function movesRight({ side, weights, divisor }: Kernel): boolean {
  const wanted = Math.floor(side / 2) * side + Math.floor(side / 2) - 1;
  return weights.every((weight, i) => (i === wanted ? isZero(weight - divisor) : isZero(weight)));
}

export function microscopeGoals(
  { kernel, stride, dilation, pool }: Setting,
  { input, output }: Sizes,
  visit: Visit,
): Goal[] {
  const everyPlace = output > 0 && stride === 1 && dilation === 1;
  return [
    {
      id: "compute",
      label: "값을 가리고, 곱을 더해 결과 한 칸을 직접 맞히기",
      done: visit.computed,
    },
    {
      id: "horizontal",
      label: "세로 방향 변화에만 반응하는 커널을 손으로 만들기 (준비된 커널 말고)",
      done: presetOf(kernel) === undefined && seesOnlyHorizontalEdges(kernel),
    },
    {
      id: "move",
      label: "그림을 밝기는 그대로 두고 오른쪽으로 한 칸 옮기는 커널 만들기",
      done: everyPlace && movesRight(kernel),
    },
    {
      id: "half",
      label: "풀링 없이 5×5 커널로 결과를 정확히 절반 크기로 만들기",
      done: pool === "none" && kernel.side === 5 && output > 0 && 2 * output === input,
    },
    {
      id: "repair",
      label: "창을 놓을 자리가 없는 설정을 만들고, 그림을 바꾸지 않고 고치기",
      done: visit.repaired,
    },
  ];
}
