import { linePath, type Series } from "../../draw/series.ts";
import { MOST_STEERING } from "./car.ts";

const BOX = { width: 300, height: 90 };
const DEGREES = (MOST_STEERING * 180) / Math.PI;

/** How far the network's angles are from the drivers', while it learns. */
export function Curves({ errors, steps }: { errors: Series; steps: number }) {
  const [train, held] = errors.values as [number[], number[]];
  const top = Math.max(0.01, ...[...train, ...held].filter(Number.isFinite));
  const range = { step: [errors.steps[0] ?? 0, errors.steps.at(-1) ?? 1], value: [0, top] } as const;
  const now = (values: readonly number[]) => {
    const value = values.at(-1);
    return value === undefined || Number.isNaN(value) ? "–" : `${(value * DEGREES).toFixed(2)}°`;
  };
  return (
    <figure class="sd-curves">
      <p class="sd-heading">각도의 오차, {steps.toLocaleString("ko")}걸음</p>
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="sd-curve-train" d={linePath(errors.steps, train, range, BOX)} />
        <path class="sd-curve-held" d={linePath(errors.steps, held, range, BOX)} />
      </svg>
      <figcaption>
        <span class="sd-key-train">배운 기록 {now(train)}</span>
        <span class="sd-key-held">감춰 둔 기록 {now(held)}</span>
        <span>세로축 0~{(top * DEGREES).toFixed(1)}°</span>
      </figcaption>
    </figure>
  );
}
