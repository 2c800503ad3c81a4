import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { OwnGptFrame } from "./experiment.ts";
import { COPIED, type Progress, SOLVED } from "./progress.ts";
import { isLongEnough, type OwnGptState } from "./state.ts";

/** Bits a character better than the frequencies alone. */
const BETTER = 0.5;
/** An own text is learned from after so many steps. */
const LEARNED_STEPS = 100;

export interface Judged {
  readonly state: OwnGptState;
  readonly frame: OwnGptFrame | undefined;
  readonly progress: Progress | undefined;
  /** Bits a character of the kept-back text by the frequencies alone. */
  readonly frequency: number | undefined;
  /** Whether the pair puzzle was tried with one layer, in vain. */
  readonly oneLayerFailed: boolean;
}

export function ownGptGoals({ state, frame, progress, frequency, oneLayerFailed }: Judged): Goal[] {
  const look = frame && frame.steps > 0 ? frame.look : undefined;
  const text = look?.kind === "text" ? look : undefined;
  const solved = look?.kind === "task" && look.accuracy >= SOLVED;
  return [
    {
      id: "better",
      label: "감춰 둔 글에서, 글자의 빈도만 알 때보다 한 글자에 0.5비트 넘게 아끼기",
      done: text !== undefined && frequency !== undefined && text.test < frequency - BETTER,
    },
    {
      id: "copied",
      label: `훈련한 글에서 ${COPIED}글자 넘게 그대로 베껴 쓰게 하기`,
      done: text !== undefined && progress !== undefined && progress.longestCopy > COPIED,
    },
    {
      id: "solved",
      label: "장난감 문제 하나를, 본 적 없는 문제에서 95% 넘게 맞히게 하기",
      done: solved,
    },
    {
      id: "layers",
      label: "짝 찾기를 층 하나로 400걸음 훈련해 실패하고, 층을 늘려 풀기",
      done: solved && oneLayerFailed && state.task === "recall" && Number(state.layers) > 1,
    },
    {
      id: "own",
      label: `내 글로 ${LEARNED_STEPS}걸음 넘게 훈련하기`,
      done:
        text !== undefined &&
        state.subject === "own" &&
        isLongEnough(state.own) &&
        frame!.steps >= LEARNED_STEPS,
    },
  ];
}
