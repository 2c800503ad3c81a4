import { useEffect, useMemo, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import { numberText } from "../../ui/number-text.ts";

const BOX = { width: 300, height: 72 };

/** Mean loss over the four examples, at every number of steps seen. A change of `source` begins a new curve. */
export function Curve({ steps, loss, source }: { steps: number; loss: number; source: string }) {
  const series = useMemo(() => createSeries(1), [source]);
  const [, redraw] = useState(0);
  useEffect(() => {
    if (series.length > 0 && steps < series.steps.at(-1)!) series.clear();
    if (steps !== series.steps.at(-1)) series.push(steps, [loss]);
    redraw((count) => count + 1);
  }, [series, steps, loss]);
  const values = series.values[0]!;
  const top = Math.max(0.001, ...values.filter(Number.isFinite));
  const range = { step: [series.steps[0] ?? 0, series.steps.at(-1) ?? 1], value: [0, top] } as const;
  return (
    <figure class="tl-curve">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={linePath(series.steps, values, range, BOX)} />
      </svg>
      {series.length < 2 && <p>걸음마다 평균 손실이 여기에 그려집니다.</p>}
      <figcaption>
        네 예의 평균 손실 <strong>{numberText(loss, 3)}</strong>, 세로축 최댓값 {numberText(top)}
      </figcaption>
    </figure>
  );
}
