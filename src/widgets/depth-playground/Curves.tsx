import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { EditCommand, PlaygroundFrame } from "./network.ts";

const BOX = { width: 300, height: 72 };

/** Training and test loss since the network began. */
export function Curves({
  lab,
  structure,
}: {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  structure: string;
}) {
  // A new network starts a new curve.
  const series = useMemo(() => createSeries(2), [structure]);
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
    [structure],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  const [train, test] = series.values as [readonly number[], readonly number[]];
  const top = Math.max(0.001, ...[...train, ...test].filter(Number.isFinite));
  const range = { step: [series.steps[0] ?? 0, series.steps.at(-1) ?? 1], value: [0, top] } as const;
  return (
    <figure class="dp-curves">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="dp-curve-test" d={linePath(series.steps, test, range, BOX)} />
        <path class="dp-curve-train" d={linePath(series.steps, train, range, BOX)} />
      </svg>
      <figcaption>
        <span class="dp-key-train">훈련 손실</span>
        <span class="dp-key-test">시험 손실</span>
        <span class="dp-curve-top">세로축 최댓값 {top.toFixed(2)}</span>
      </figcaption>
    </figure>
  );
}
