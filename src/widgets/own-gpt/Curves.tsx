import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { OwnGptCommand, OwnGptFrame } from "./experiment.ts";
import { percent } from "./text.ts";

const BOX = { width: 300, height: 90 };

export interface CurvesProps {
  lab: LabHandle<OwnGptFrame, OwnGptCommand>;
  network: string;
  /** Bits a character by the frequencies alone; drawn as a thin line. */
  frequency: number | undefined;
}

/** Bits a character, or a symbol of a puzzle's solution, and the share of puzzles solved. */
export function Curves({ lab, network, frequency }: CurvesProps) {
  const series = useMemo(() => createSeries(3), [network]);
  const latest = useRef(series);
  latest.current = series;
  const [, redraw] = useState(0);
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe(({ look }) => {
        const { current } = latest;
        if (current.length > 0 && look.at < current.steps.at(-1)!) current.clear();
        if (look.at === current.steps.at(-1)) return;
        current.push(look.at, [look.train, look.test, look.kind === "task" ? look.accuracy : Number.NaN]);
      }),
    [network],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  const [train, test, accuracy] = series.values as [number[], number[], number[]];
  const isTask = lab.frame?.look.kind === "task";
  const top = 1.05 * Math.max(0.5, frequency ?? 0, ...[...train, ...test].filter(Number.isFinite));
  const step = [series.steps[0] ?? 0, series.steps.at(-1) ?? 1] as const;
  const path = (values: readonly number[], highest: number) =>
    linePath(series.steps, values, { step, value: [0, highest] }, BOX);
  const level = frequency === undefined ? undefined : BOX.height * (1 - frequency / top);
  return (
    <figure class="og-curves">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        {level !== undefined && <path class="og-level" d={`M0 ${level}H${BOX.width}`} />}
        {isTask && <path class="og-accuracy" d={path(accuracy, 1.05)} />}
        <path class="og-test" d={path(test, top)} />
        <path class="og-train" d={path(train, top)} />
      </svg>
      <figcaption>
        <span class="og-key og-key-train">훈련 {train.at(-1)?.toFixed(2) ?? "–"}비트</span>
        <span class="og-key og-key-test">시험 {test.at(-1)?.toFixed(2) ?? "–"}비트</span>
        {frequency !== undefined && (
          <span class="og-key og-key-level">빈도만 알 때 {frequency.toFixed(2)}비트</span>
        )}
        {isTask && <span class="og-key og-key-accuracy">정답률 {percent(accuracy.at(-1) ?? 0)}</span>}
      </figcaption>
    </figure>
  );
}
