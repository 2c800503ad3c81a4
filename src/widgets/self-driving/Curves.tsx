import type { Series } from "../../draw/series.ts";
import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import { MOST_STEERING } from "./car.ts";

const DEGREES = (MOST_STEERING * 180) / Math.PI;

/** How far the network's angles are from the drivers', while it learns. */
export function Curves({ errors, steps }: { errors: Series; steps: number }) {
  const [train, held] = errors.values as [number[], number[]];
  const top = topOf(0.01, train, held);
  const now = (values: readonly number[]) => {
    const value = values.at(-1);
    return value === undefined || Number.isNaN(value) ? "–" : `${(value * DEGREES).toFixed(2)}°`;
  };
  return (
    <div class="sd-curves">
      <p class="sd-heading">각도의 오차, {steps.toLocaleString("ko")}걸음</p>
      <CurveChart
        steps={errors.steps}
        range={[0, top]}
        height={90}
        curves={[
          { label: `배운 기록 ${now(train)}`, values: train },
          { label: `감춰 둔 기록 ${now(held)}`, values: held, tone: "accent", isDashed: true },
        ]}
      >
        <span>세로축 0~{(top * DEGREES).toFixed(1)}°</span>
      </CurveChart>
    </div>
  );
}
