import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { GanCommand, GanFrame } from "./experiment.ts";

/** Both losses, and below them the distance between the two clouds. */
export function Curves({ lab, network }: { lab: LabHandle<GanFrame, GanCommand>; network: string }) {
  const { steps, values } = useSeries(
    lab,
    network,
    3,
    // Before the first round there are no losses; that it is the first again clears the curves.
    ({ rounds, generatorLoss, discriminatorLoss, distance }) => [
      rounds,
      rounds > 0 ? [generatorLoss, discriminatorLoss, distance] : [Number.NaN, Number.NaN, Number.NaN],
    ],
  );
  const [generator, discriminator, distance] = values as [number[], number[], number[]];
  const low = Math.min(0, ...[...generator, ...discriminator].filter(Number.isFinite));
  const high = topOf(0.001, generator, discriminator);
  const top = topOf(0.001, distance);
  const isEmpty = !distance.some(Number.isFinite);
  return (
    <div class="gan-curves">
      <CurveChart
        steps={steps}
        range={[low, high]}
        height={64}
        curves={[
          { label: "생성자 손실", values: generator, tone: "fake", isDashed: true },
          { label: "판별자 손실", values: discriminator, tone: "real" },
        ]}
      >
        <span>세로축 {isEmpty ? "–" : `${low.toFixed(1)}~${high.toFixed(1)}`}</span>
      </CurveChart>
      <CurveChart
        steps={steps}
        range={[0, top]}
        height={64}
        curves={[{ label: "분포 거리", values: distance, tone: "accent" }]}
      >
        <span>세로축 {isEmpty ? "–" : `0~${top.toFixed(2)}`}</span>
      </CurveChart>
    </div>
  );
}
