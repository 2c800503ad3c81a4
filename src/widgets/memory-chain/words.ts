/** What the widget says. */
import type { CellName } from "../../nn/recurrent.ts";
import { numberText, scientificText } from "../../ui/number-text.ts";
import type { Measured, RaceFrame } from "./experiment.ts";
import { guessedWell, limitOf, shrinkageOf } from "./goals.ts";
import type { PartName } from "./network.ts";
import { MEASURED } from "./state.ts";

/** Four to be recalled, four that distract. */
export const SYMBOL_TEXTS = ["가", "나", "다", "라", "○", "△", "□", "☆"] as const;

export const CELL_TITLES: Readonly<Record<CellName, string>> = { rnn: "RNN", gru: "GRU", lstm: "LSTM" };

/** Name and sign of each part. */
export const PART_NAMES: Readonly<Record<PartName, { readonly name: string; readonly sign: string }>> = {
  state: { name: "은닉 상태", sign: "h" },
  memory: { name: "기억", sign: "c" },
  reset: { name: "되돌림 문", sign: "r" },
  keep: { name: "유지 문", sign: "z" },
  candidate: { name: "후보", sign: "n" },
  enter: { name: "입력 문", sign: "i" },
  forget: { name: "망각 문", sign: "f" },
  leave: { name: "출력 문", sign: "o" },
};

export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** How much of the gradient is left at the first step, as “1/3,200”. */
export function shrinkageText(slopes: ArrayLike<number>): string {
  const share = shrinkageOf(slopes);
  if (!Number.isFinite(share)) return "잴 수 없습니다";
  if (share === 0) return "0배";
  if (share >= 0.1) return `${numberText(share, 1)}배`;
  const times = 1 / share;
  return times < 10_000 ? `1/${Math.round(times).toLocaleString("ko")}` : `${scientificText(share)}배`;
}

/** One sentence on where the race stands. */
export function verdictText(frame: RaceFrame, distance: number): string {
  const { cells, steps } = frame;
  if (steps === 0) {
    return `아직 아무것도 배우지 않았습니다. 넷 가운데 하나를 찍으면 25%쯤 맞힙니다. RNN의 답에서 ${distance}칸을 거슬러 온 기울기는 마지막 걸음의 ${shrinkageText(cells.rnn.slopes)}입니다.`;
  }
  const sorted = (Object.keys(cells) as CellName[]).map(
    (cell) => `${CELL_TITLES[cell]} ${percent(cells[cell].accuracy)}`,
  );
  return `${distance}칸 앞의 기호를 맞힌 비율은 ${sorted.join(", ")}입니다.`;
}

/** What came of the guess, once everything is measured. */
export function guessVerdict(guess: number, measured: readonly Measured[], isRunning: boolean): string {
  if (isRunning) {
    const done = measured.length;
    return `신경망 ${3 * MEASURED.length}개 가운데 ${done}개를 다 쟀습니다. 다음 것을 훈련하고 있습니다.`;
  }
  if (measured.length === 0) {
    return guess === 0
      ? "RNN이 95%를 맞히지 못하기 시작하는 거리를 예측해 보세요. 그다음 재어 봅니다."
      : `예측은 ${guess}칸입니다. 이제 재어 보세요.`;
  }
  const limit = limitOf(measured, "rnn");
  if (limit === undefined) return "이 설정의 RNN은 잰 거리에서 모두 95% 이상을 맞혔습니다.";
  const fact = `RNN은 ${limit}칸에서 처음으로 95%에 미치지 못했습니다.`;
  if (guess === 0) return fact;
  return `${fact} 예측한 ${guess}칸은 ${guessedWell(guess, limit) ? "거의 맞았습니다." : "꽤 다릅니다."}`;
}

/** The whole picture in words. */
export function description(frame: RaceFrame | undefined, distance: number): string {
  const task = `순환 신경망이 기호를 하나 읽고, 방해하는 기호 ${distance}개를 더 읽은 뒤, 맨 처음의 기호가 무엇이었는지 답합니다. RNN, GRU, LSTM 세 셀을 나란히 훈련합니다.`;
  if (!frame) return task;
  const slopes = (Object.keys(frame.cells) as CellName[]).map(
    (cell) => `${CELL_TITLES[cell]} ${shrinkageText(frame.cells[cell].slopes)}`,
  );
  return `${task} ${frame.steps.toLocaleString("ko")}걸음 훈련했습니다. ${verdictText(frame, distance)} 답에서 처음 기호까지 거슬러 온 기울기는 마지막 것의 ${slopes.join(", ")}입니다.`;
}
