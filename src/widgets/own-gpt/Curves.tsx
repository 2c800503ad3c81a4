import { type Curve, CurveChart, topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { OwnGptCommand, OwnGptFrame } from "./experiment.ts";
import { percent } from "./text.ts";

export interface CurvesProps {
  lab: LabHandle<OwnGptFrame, OwnGptCommand>;
  network: string;
  /** Bits a character by the frequencies alone; drawn as a level line. */
  frequency: number | undefined;
}

/** Bits a character, or a symbol of a puzzle's solution, and the share of puzzles solved. */
export function Curves({ lab, network, frequency }: CurvesProps) {
  const { steps, values } = useSeries(lab, network, 3, ({ look }) => [
    look.at,
    [look.train, look.test, look.kind === "task" ? look.accuracy : Number.NaN],
  ]);
  const [train, test, accuracy] = values as [number[], number[], number[]];
  const isTask = lab.frame?.look.kind === "task";
  const curves: Curve[] = [
    { label: `훈련 ${train.at(-1)?.toFixed(2) ?? "–"}비트`, values: train },
    { label: `시험 ${test.at(-1)?.toFixed(2) ?? "–"}비트`, values: test, isDashed: true },
  ];
  if (isTask) {
    const label = `정답률 ${percent(accuracy.at(-1) ?? 0)}`;
    curves.push({ label, values: accuracy, tone: "accent", isWide: true, range: [0, 1.05] });
  }
  if (frequency !== undefined) {
    const label = `빈도만 알 때 ${frequency.toFixed(2)}비트`;
    curves.push({ label, values: steps.map(() => frequency), tone: "muted" });
  }
  const top = 1.05 * topOf(0.5, train, test, [frequency ?? 0]);
  return <CurveChart steps={steps} range={[0, top]} height={90} curves={curves} />;
}
