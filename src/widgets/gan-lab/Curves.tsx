import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { GanCommand, GanFrame } from "./experiment.ts";

const BOX = { width: 300, height: 64 };
const VIEW = `0 0 ${BOX.width} ${BOX.height}`;

/** Both losses, and below them the distance between the two clouds. */
export function Curves({ lab, network }: { lab: LabHandle<GanFrame, GanCommand>; network: string }) {
  const series = useMemo(() => createSeries(3), [network]);
  const latest = useRef(series);
  latest.current = series;
  const [, redraw] = useState(0);
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe(({ rounds, generatorLoss, discriminatorLoss, distance }) => {
        const { current } = latest;
        if (current.length > 0 && rounds < current.steps.at(-1)!) current.clear();
        if (rounds > 0 && rounds !== current.steps.at(-1))
          current.push(rounds, [generatorLoss, discriminatorLoss, distance]);
      }),
    [network],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  const [generator, discriminator, distance] = series.values as [number[], number[], number[]];
  const finite = [...generator, ...discriminator].filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0.001, ...finite)];
  const top = Math.max(0.001, ...distance.filter(Number.isFinite));
  const step = [series.steps[0] ?? 0, series.steps.at(-1) ?? 1] as const;
  const path = (values: readonly number[], value: readonly [number, number]) =>
    linePath(series.steps, values, { step, value }, BOX);
  return (
    <div class="gan-curves">
      <figure>
        <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
          <path class="gan-curve-real" d={path(discriminator, [low, high])} />
          <path class="gan-curve-fake" d={path(generator, [low, high])} />
        </svg>
        <figcaption>
          <span class="gan-key-real">판별자 손실</span>
          <span class="gan-key-fake">생성자 손실</span>
          <span>
            세로축 {low.toFixed(1)}~{high.toFixed(1)}
          </span>
        </figcaption>
      </figure>
      <figure>
        <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
          <path class="gan-curve-distance" d={path(distance, [0, top])} />
        </svg>
        <figcaption>
          <span class="gan-key-distance">분포 거리</span>
          <span>세로축 0~{top.toFixed(2)}</span>
        </figcaption>
      </figure>
    </div>
  );
}
