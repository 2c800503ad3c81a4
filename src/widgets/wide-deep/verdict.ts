import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { ContestFrame } from "./experiment.ts";
import type { NetworkShape } from "./shapes.ts";
import { STEPS } from "./state.ts";

export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Smallest, middle and largest value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { low: sorted[0]!, median, high: sorted.at(-1)! };
}

/** Medians nearer than this count as equal: with 200 test points it is two of them. */
export const DRAW = 0.01;

/** A deeper network this far behind the wide one is worth a word, even when another deeper one leads. */
const HARM = 0.05;

export type Outcome = "deep" | "wide" | "draw";

/** Whether the best deeper network beats the one with a single hidden layer, by the median over the seeds. */
export function outcomeOf(accuracies: ContestFrame["accuracies"]): {
  readonly outcome: Outcome;
  /** Index of the shape with the highest median among the deeper ones. */
  readonly best: number;
  /** Median of the best deeper one, less that of the wide one. */
  readonly lead: number;
  /** The ranges of the two overlap: single runs may come out the other way. */
  readonly overlap: boolean;
} {
  const spreads = accuracies.map(spreadOf);
  const wide = spreads[0]!;
  let best = Math.min(1, spreads.length - 1);
  for (let i = best; i < spreads.length; i += 1) if (spreads[i]!.median > spreads[best]!.median) best = i;
  const deep = spreads[best]!;
  const lead = deep.median - wide.median;
  const outcome = Math.abs(lead) < DRAW + 1e-9 ? "draw" : lead > 0 ? "deep" : "wide";
  return { outcome, best, lead, overlap: deep.low <= wide.high && wide.low <= deep.high };
}

const points = (share: number) => `${Math.abs(share * 100).toFixed(1)}%p`;

/** What the numbers say, and no more. */
export function verdictText(shapes: readonly NetworkShape[], { steps, accuracies }: ContestFrame): string {
  if (steps === 0) return "아직 훈련하지 않았습니다. 지금의 정확도는 찍어서 맞힌 것과 같습니다.";
  const { outcome, best, lead, overlap } = outcomeOf(accuracies);
  const depth = shapes[best]!.hidden.length;
  const sure = overlap ? " 다만 점들이 퍼진 범위가 겹쳐서, 한 번만 해 보면 반대로 나올 수도 있습니다." : "";
  const texts: Readonly<Record<Outcome, string>> = {
    draw: `가운뎃값의 차이가 ${points(lead)}뿐입니다. 이 문제에서는 깊이가 도움이 되지 않았습니다.`,
    deep: `은닉층 ${depth}개짜리의 가운뎃값이 은닉층 1개짜리보다 ${points(lead)} 높습니다.${sure}`,
    wide: `은닉층 1개짜리의 가운뎃값이 가장 높습니다. 더 깊은 것보다 ${points(lead)} 앞섭니다.${sure}`,
  };
  const harm = outcome === "wide" ? "" : harmText(shapes, accuracies);
  return `${steps.toLocaleString("ko")}걸음: ${texts[outcome]}${harm}`;
}

/** The best deeper network speaks for depth in `outcomeOf`; the worst one must not be hidden behind it. */
function harmText(shapes: readonly NetworkShape[], accuracies: ContestFrame["accuracies"]): string {
  const medians = accuracies.map((row) => spreadOf(row).median);
  const worst = medians.indexOf(Math.min(...medians));
  const behind = medians[0]! - medians[worst]!;
  if (behind < HARM - 1e-9) return "";
  return ` 한편 은닉층 ${shapes[worst]!.hidden.length}개짜리는 은닉층 1개짜리보다 ${points(behind)} 낮습니다. 더 쌓는다고 늘 나아지지는 않습니다.`;
}

/** Tasks: see the spread, find where depth pays and where it does not. */
export function contestGoals(frame: ContestFrame | undefined): Goal[] {
  const finished = frame !== undefined && frame.steps >= STEPS;
  const result = finished ? outcomeOf(frame.accuracies) : undefined;
  return [
    {
      id: "finish",
      label: `모든 신경망을 ${STEPS.toLocaleString("ko")}걸음까지 훈련하기`,
      done: finished,
    },
    {
      id: "deep-wins",
      label: "깊은 쪽의 가운뎃값이 5%p 이상 앞서는 설정 찾기",
      done: result?.outcome === "deep" && result.lead >= 0.05,
    },
    {
      id: "no-gain",
      label: "깊이가 도움이 되지 않는 설정 찾기",
      done: result !== undefined && result.outcome !== "deep",
    },
  ];
}
