import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { ForgerCommand, ForgerFrame } from "./experiment.ts";

/** Both losses, and below them how often the detective is right and how many pictures can be read. */
export function Curves({ lab, network }: { lab: LabHandle<ForgerFrame, ForgerCommand>; network: string }) {
  const { steps, values } = useSeries(lab, network, 4, ({ train }) => {
    if (!train) return undefined;
    // Before the first round nothing was measured; that it is the first again clears the curves.
    if (train.lookedAt === 0) return [0, new Array<number>(4).fill(Number.NaN)];
    const right = (train.judged.real + train.judged.fake) / 2;
    return [train.lookedAt, [train.generatorLoss, train.discriminatorLoss, right, train.tally.recognised]];
  });
  const [generator, discriminator, right, recognised] = values as [number[], number[], number[], number[]];
  const top = topOf(2, generator, discriminator);
  return (
    <div class="fd-curves">
      <CurveChart
        steps={steps}
        range={[0, top]}
        height={64}
        curves={[
          { label: "위조범 손실", values: generator, tone: "fake", isDashed: true },
          { label: "감별사 손실", values: discriminator, tone: "real" },
        ]}
      >
        <span>세로축 0~{top.toFixed(1)}</span>
      </CurveChart>
      <CurveChart
        steps={steps}
        range={[0, 1]}
        height={64}
        curves={[
          { label: "알아볼 수 있는 그림", values: recognised, tone: "accent" },
          { label: "감별사 정답률", values: right, tone: "real" },
        ]}
      >
        <span>세로축 0~100%</span>
      </CurveChart>
    </div>
  );
}
