import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { NameCommand, NameFrame } from "./experiment.ts";

const BOX = { width: 300, height: 80 };
const VIEW = `0 0 ${BOX.width} ${BOX.height}`;

/** Loss of one symbol: on the words learned from, and on those kept back. */
export function Curves({ lab, network }: { lab: LabHandle<NameFrame, NameCommand>; network: string }) {
  const series = useMemo(() => createSeries(2), [network]);
  const latest = useRef(series);
  latest.current = series;
  const [, redraw] = useState(0);
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe(({ steps, trainLoss, testLoss }) => {
        const { current } = latest;
        if (current.length > 0 && steps < current.steps.at(-1)!) current.clear();
        if (steps !== current.steps.at(-1)) current.push(steps, [trainLoss, testLoss]);
      }),
    [network],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  const [train, test] = series.values as [readonly number[], readonly number[]];
  const top = Math.max(0.5, ...[...train, ...test].filter(Number.isFinite));
  const range = { step: [series.steps[0] ?? 0, series.steps.at(-1) ?? 1], value: [0, top] } as const;
  return (
    <figure class="nm-curves">
      <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
        <path class="nm-curve-test" d={linePath(series.steps, test, range, BOX)} />
        <path class="nm-curve-train" d={linePath(series.steps, train, range, BOX)} />
      </svg>
      <figcaption>
        <span class="nm-key-train">훈련 손실 {train.at(-1)?.toFixed(2) ?? "–"}</span>
        <span class="nm-key-test">시험 손실 {test.at(-1)?.toFixed(2) ?? "–"}</span>
      </figcaption>
    </figure>
  );
}
