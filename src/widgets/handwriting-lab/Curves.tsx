import { linePath } from "../../draw/series.ts";
import { topOf } from "../../ui/CurveChart.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import type { HandwritingCommand, HandwritingFrame } from "./experiment.ts";
import { percent } from "./text.ts";

const BOX = { width: 300, height: 110 };
const VIEW = `0 0 ${BOX.width} ${BOX.height}`;
const TICKS = [0, 0.5, 1];

/** Accuracy and loss of both networks, on watched training pictures and on the test pictures. */
export function Curves({
  lab,
  network,
}: {
  lab: LabHandle<HandwritingFrame, HandwritingCommand>;
  network: string;
}) {
  const { steps, values } = useSeries(lab, network, 8, ({ scoredAt, scores: { cnn, mlp } }) => [
    scoredAt,
    [
      ...[cnn.trainAccuracy, cnn.testAccuracy, mlp.trainAccuracy, mlp.testAccuracy],
      ...[cnn.trainLoss, cnn.testLoss, mlp.trainLoss, mlp.testLoss],
    ],
  ]);
  const top = topOf(0.5, ...values.slice(4));
  const step = [0, Math.max(1, steps.at(-1) ?? 1)] as const;
  const chart = (first: number, value: readonly [number, number]) => (
    <svg viewBox={VIEW} preserveAspectRatio="none" aria-hidden="true">
      {TICKS.map((tick) => (
        <line
          key={tick}
          class="hl-grid"
          x1={0}
          x2={BOX.width}
          y1={tick * BOX.height}
          y2={tick * BOX.height}
        />
      ))}
      {["hl-mlp hl-train", "hl-mlp hl-test", "hl-cnn hl-train", "hl-cnn hl-test"].map((name, i) => (
        <path
          key={name}
          class={`hl-curve ${name}`}
          d={linePath(steps, values[first + ((i + 2) % 4)]!, { step, value }, BOX)}
        />
      ))}
    </svg>
  );
  const now = lab.frame?.scores;
  return (
    <div class="hl-charts">
      <figure>
        <figcaption>정확도 (아래 0%, 위 100%)</figcaption>
        {chart(0, [0, 1])}
      </figure>
      <figure>
        <figcaption>손실 (아래 0, 위 {top.toFixed(1)})</figcaption>
        {chart(4, [0, top])}
      </figure>
      <table class="hl-numbers">
        <caption class="visually-hidden">지금의 정확도와 손실</caption>
        <thead>
          <tr>
            <th scope="col">신경망</th>
            <th scope="col">훈련 정확도</th>
            <th scope="col">시험 정확도</th>
            <th scope="col">시험 손실</th>
          </tr>
        </thead>
        <tbody>
          {(["cnn", "mlp"] as const).map((id) => (
            <tr key={id}>
              <th scope="row">
                <span class={`hl-key hl-${id}`} aria-hidden="true" />
                {id === "cnn" ? "CNN" : "MLP"}
              </th>
              <td>{now ? percent(now[id].trainAccuracy) : "–"}</td>
              <td>{now ? percent(now[id].testAccuracy) : "–"}</td>
              <td>{now ? now[id].testLoss.toFixed(3) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hl-hint">실선은 훈련 그림, 점선은 시험 그림입니다.</p>
    </div>
  );
}
