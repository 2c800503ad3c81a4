import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { EditCommand, PlaygroundFrame } from "./network.ts";

/** Training and test loss since the network began. */
export function Curves({
  lab,
  structure,
}: {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  structure: string;
}) {
  const { steps, values } = useSeries(lab, structure, 2, (frame) => [
    frame.steps,
    [frame.trainLoss, frame.testLoss],
  ]);
  const [train, test] = values as [number[], number[]];
  const top = topOf(0.001, train, test);
  return (
    <CurveChart
      steps={steps}
      range={[0, top]}
      height={72}
      curves={[
        { label: "훈련 손실", values: train },
        { label: "시험 손실", values: test, isDashed: true },
      ]}
    >
      <span>세로축 최댓값 {top.toFixed(2)}</span>
    </CurveChart>
  );
}
