import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Cell } from "./experiment.ts";
import { guessError, isComplete, overtakingSize } from "./results.ts";
import { hasGuess, type MoreDataState, REPETITIONS } from "./state.ts";

/** Percentage points within which a guess counts as right. */
export const CLOSE = 10;

/**
 * @param guessed the curve that stood when the experiment began; moved afterwards, it is no guess any more.
 */
export function moreDataGoals(
  state: MoreDataState,
  cells: readonly Cell[],
  guessed: readonly number[] | undefined,
): Goal[] {
  const once = isComplete(cells, 1);
  const error = guessed && guessError(cells, guessed);
  const over = once ? overtakingSize(cells) : undefined;
  return [
    {
      id: "measure",
      label: "예측을 그리고, 모든 크기를 한 번씩 재기",
      done: once && guessed !== undefined && hasGuess({ ...state, guess: guessed }),
    },
    {
      id: "close",
      label: `여섯 점 모두 실제에서 ${CLOSE}%p 안쪽으로 예측하기`,
      done: once && error !== undefined && error.largest <= CLOSE,
    },
    {
      id: "spread",
      label: `${REPETITIONS}번 되풀이해 퍼진 정도 보기`,
      done: isComplete(cells, REPETITIONS),
    },
    {
      id: "overtake",
      label: "큰 신경망이 작은 신경망의 1만 장 성적을 처음 넘는 크기를 골라 읽기",
      done: over !== undefined && over === state.size,
    },
  ];
}
