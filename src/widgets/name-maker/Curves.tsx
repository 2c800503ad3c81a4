import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { NameCommand, NameFrame } from "./experiment.ts";

/** Loss of one symbol: on the words learned from, and on those kept back. */
export function Curves({ lab, network }: { lab: LabHandle<NameFrame, NameCommand>; network: string }) {
  const { steps, values } = useSeries(lab, network, 2, (frame) => [
    frame.steps,
    [frame.trainLoss, frame.testLoss],
  ]);
  const [train, test] = values as [number[], number[]];
  return (
    <CurveChart
      steps={steps}
      range={[0, topOf(0.5, train, test)]}
      curves={[
        { label: `훈련 손실 ${train.at(-1)?.toFixed(2) ?? "–"}`, values: train },
        { label: `시험 손실 ${test.at(-1)?.toFixed(2) ?? "–"}`, values: test, isDashed: true },
      ]}
    />
  );
}
