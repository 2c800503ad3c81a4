import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, linePath } from "../../draw/series.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { ForgerCommand, ForgerFrame } from "./experiment.ts";

const BOX = { width: 300, height: 64 };
const VIEW = `0 0 ${BOX.width} ${BOX.height}`;

/** Both losses, and below them how often the detective is right and how many pictures can be read. */
export function Curves({ lab, network }: { lab: LabHandle<ForgerFrame, ForgerCommand>; network: string }) {
  const series = useMemo(() => createSeries(4), [network]);
  const latest = useRef(series);
  latest.current = series;
  const [, redraw] = useState(0);
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe(({ train }) => {
        const { current } = latest;
        if (!train) return;
        const rounds = train.lookedAt;
        if (current.length > 0 && rounds < current.steps.at(-1)!) current.clear();
        if (rounds > 0 && rounds !== current.steps.at(-1)) {
          const right = (train.judged.real + train.judged.fake) / 2;
          current.push(rounds, [train.generatorLoss, train.discriminatorLoss, right, train.tally.recognised]);
        }
      }),
    [network],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  const [generator, discriminator, right, recognised] = series.values as [
    number[],
    number[],
    number[],
    number[],
  ];
  const top = Math.max(2, ...[...generator, ...discriminator].filter(Number.isFinite));
  const step = [series.steps[0] ?? 0, series.steps.at(-1) ?? 1] as const;
  const path = (values: readonly number[], highest: number) =>
    linePath(series.steps, values, { step, value: [0, highest] }, BOX);
  return (
    <div class="fd-curves">
      <figure>
        <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
          <path class="fd-curve-real" d={path(discriminator, top)} />
          <path class="fd-curve-fake" d={path(generator, top)} />
        </svg>
        <figcaption>
          <span class="fd-key-real">감별사 손실</span>
          <span class="fd-key-fake">위조범 손실</span>
          <span>세로축 0~{top.toFixed(1)}</span>
        </figcaption>
      </figure>
      <figure>
        <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
          <path class="fd-curve-real" d={path(right, 1)} />
          <path class="fd-curve-read" d={path(recognised, 1)} />
        </svg>
        <figcaption>
          <span class="fd-key-real">감별사 정답률</span>
          <span class="fd-key-read">알아볼 수 있는 그림</span>
          <span>세로축 0~100%</span>
        </figcaption>
      </figure>
    </div>
  );
}
