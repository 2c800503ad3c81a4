import type { CellName } from "../../nn/recurrent.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import { LEARNED, type Measured, type RaceFrame } from "./experiment.ts";
import { numberAt } from "./explain.ts";
import { MEASURED, type MemoryState } from "./state.ts";

/** Below this the plain cell has forgotten: half of the sequences, where guessing gets a quarter. */
export const FORGOTTEN = 0.6;
/** A gradient this small beside the last one moves nothing. */
export const VANISHED = 1e-3;
const OPEN = 0.9;
const FAR = 20;
/** Steps after which a race is judged. */
const JUDGED = 300;

/** The shortest measured distance at which the cell fails; `undefined` while it has failed at none. */
export function limitOf(measured: readonly Measured[], cell: CellName): number | undefined {
  const failed = measured.filter((one) => one.cell === cell && one.accuracy < LEARNED);
  return failed.length === 0 ? undefined : Math.min(...failed.map(({ distance }) => distance));
}

/** Whether the guess lies no further from the limit than the measured distances beside it. */
export function guessedWell(guess: number, limit: number): boolean {
  const at = MEASURED.findIndex((distance) => distance >= limit);
  return guess >= (MEASURED[at - 1] ?? 0) && guess <= (MEASURED[at + 1] ?? limit);
}

/** How many times smaller the gradient has become from the last step to the first. */
export const shrinkageOf = (slopes: ArrayLike<number>): number => slopes[0]! / slopes[slopes.length - 1]!;

export function memoryGoals(state: MemoryState, frame: RaceFrame | undefined): Goal[] {
  const cells = frame?.cells;
  const gated = cells ? Math.max(cells.gru.accuracy, cells.lstm.accuracy) : 0;
  const limit = frame && limitOf(frame.measured, "rnn");
  const guessed = state.guess > 0 && limit !== undefined && guessedWell(state.guess, limit);
  const isTrained = frame !== undefined && frame.steps >= JUDGED;
  const keeps =
    frame !== undefined &&
    frame.seen.cell === state.cell &&
    (state.part === "forget" || state.part === "keep") &&
    state.cell === (state.part === "forget" ? "lstm" : "gru") &&
    frame.cells[state.cell].accuracy >= LEARNED &&
    state.step > 0 &&
    state.step < frame.seen.tokens.length - 1 &&
    state.unit < frame.seen.units &&
    numberAt(frame.seen, state.step, state.part, state.unit) >= OPEN;
  return [
    {
      id: "far",
      label: `셀 하나가 ${FAR}칸 이상 떨어진 기호를 95% 이상 기억하게 만들기`,
      done: frame !== undefined && state.distance >= FAR && Math.max(gated, cells!.rnn.accuracy) >= LEARNED,
    },
    {
      id: "apart",
      label: `${JUDGED}걸음 넘게 훈련해서, RNN은 60%도 못 맞히는데 GRU나 LSTM은 95% 이상 맞히는 거리 찾기`,
      done: isTrained && cells!.rnn.accuracy < FORGOTTEN && gated >= LEARNED,
    },
    {
      id: "predict",
      label: "RNN이 잊기 시작하는 거리를 먼저 예측하고, 재어서 확인하기",
      done: guessed,
    },
    {
      id: "gate",
      label: "다 배운 GRU나 LSTM에서, 방해 기호를 읽으면서도 0.9 이상으로 열려 기억을 남기는 문 찾기",
      done: keeps,
    },
    {
      id: "plain",
      label: `더 보기의 설정만 바꾸어, RNN도 ${FAR}칸 이상 기억하게 만들기`,
      done: frame !== undefined && state.distance >= FAR && cells!.rnn.accuracy >= LEARNED,
    },
  ];
}
