import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Chosen, JourneyFrame } from "./journey.ts";
import type { SignalKind } from "./signals.ts";
import { largest } from "./stages.ts";

/** Predictions of this visit, each made before the answer was shown. */
export interface Score {
  readonly right: number;
  readonly total: number;
  /** Right ones in a row. */
  readonly streak: number;
  /** How many of the row were changes that changed the answer. */
  readonly changes: number;
}

export const NO_PREDICTIONS: Score = { right: 0, total: 0, streak: 0, changes: 0 };

export const scored = (score: Score, guess: boolean, truth: boolean): Score => {
  const hit = guess === truth;
  return {
    right: score.right + (hit ? 1 : 0),
    total: score.total + 1,
    streak: hit ? score.streak + 1 : 0,
    changes: hit ? score.changes + (truth ? 1 : 0) : 0,
  };
};

/**
 * The way back from a probability: each number was reached from the one before through “어디서 왔나”. Anything else
 * chosen begins anew.
 */
export function traced(way: readonly Chosen[], next: Chosen, through: boolean): readonly Chosen[] {
  return through && way.length > 0 && next.stage < way.at(-1)!.stage ? [...way, next] : [next];
}

/** Whether the way leads from the last stage to the first. */
export const reachesInput = (way: readonly Chosen[], stages: number): boolean =>
  way.length > 1 && way[0]!.stage === stages - 1 && way.at(-1)!.stage === 0;

/** Whether the frame's input has another answer than the one it is compared with. */
export function answerChanged({ stages }: JourneyFrame): boolean | undefined {
  const { values, before } = stages.at(-1)!;
  return before && largest(values) !== largest(before);
}

/** Letters without punctuation: what is said, whatever the marks. */
const letters = (text: string) => text.replace(/[\p{P}\s]/gu, "");

export interface Visit {
  readonly frame: JourneyFrame | undefined;
  readonly text: string;
  readonly textBefore: string | undefined;
  readonly score: Score;
  readonly way: readonly Chosen[];
  readonly kinds: ReadonlySet<SignalKind>;
}

/** Above this the network has made up its mind. */
const UNDECIDED = 0.6;
const STREAK = 3;

export const KINDS = ["picture", "sentence", "sound"] as const satisfies readonly SignalKind[];

export function journeyGoals({ frame, text, textBefore, score, way, kinds }: Visit): Goal[] {
  const trained = frame !== undefined && frame.steps >= frame.lastStep;
  const top = trained ? Math.max(...frame.stages.at(-1)!.values) : 1;
  const marks =
    frame?.kind === "sentence" &&
    textBefore !== undefined &&
    textBefore !== text &&
    letters(textBefore) === letters(text);
  return [
    {
      id: "kinds",
      label: "그림, 문장, 소리를 모두 확률까지 보내기",
      done: KINDS.every((kind) => kinds.has(kind)),
    },
    {
      id: "trace",
      label: "확률 하나를 골라, ‘어디서 왔나’를 따라 입력까지 거슬러 가기",
      done: frame !== undefined && reachesInput(way, frame.stages.length),
    },
    {
      id: "marks",
      label: "글자는 그대로 두고 문장 부호만 바꿔 답을 바꾸기",
      done: trained && marks && answerChanged(frame) === true,
    },
    {
      id: "undecided",
      label: "가장 큰 확률이 60%를 넘지 않는, 망설이는 입력 만들기",
      done: trained && top <= UNDECIDED && (frame.kind !== "sentence" || frame.tokens.length > 0),
    },
    {
      id: "predict",
      label: `바꾸기 전에 예측을 ${STREAK}번 잇달아 맞히기 (바뀌는 것과 그대로인 것 모두)`,
      done: score.streak >= STREAK && score.changes > 0 && score.changes < score.streak,
    },
  ];
}
