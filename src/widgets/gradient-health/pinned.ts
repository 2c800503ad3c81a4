/** A run kept for comparison with what comes after. */
import { sizeText, timesText } from "./findings.ts";
import type { HealthState } from "./state.ts";
import type { HealthFrame } from "./trainer.ts";
import { summary } from "./words.ts";

export interface Pinned {
  readonly summary: string;
  readonly frame: HealthFrame;
}

export const pinnedOf = (state: HealthState, frame: HealthFrame): Pinned => ({
  summary: summary(state),
  frame,
});

const accuracy = ({ loss, testAccuracy }: HealthFrame): string =>
  Number.isFinite(loss) ? `${(testAccuracy * 100).toFixed(1)}%` : "잴 수 없는 값";

/** Before and after in one sentence. */
export function comparison({ frame: before }: Pinned, now: HealthFrame): string {
  const [old, fresh] = [before.gradients[0]!, now.gradients[0]!];
  const gradients =
    Number.isFinite(old / fresh) && Number.isFinite(fresh / old)
      ? `첫 층의 기울기는 ${timesText(fresh / old)}`
      : `첫 층의 기울기는 ${sizeText(old)}에서 ${sizeText(fresh)}`;
  return `고정한 모습과 견주면 ${gradients}, 시험 정확도는 ${accuracy(before)}에서 ${accuracy(now)}${Number.isFinite(now.loss) ? "로" : "으로"} 바뀌었습니다.`;
}
