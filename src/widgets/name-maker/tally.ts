import type { MadeKind, MadeWord, NameFrame } from "./experiment.ts";

export interface Tally {
  readonly count: number;
  /** Shares of all that was made, 0 to 1. */
  readonly shares: Readonly<Record<MadeKind, number>>;
  /** Different words. */
  readonly distinct: number;
}

export function tallyOf(made: readonly MadeWord[]): Tally {
  const count = made.length;
  const share = (kind: MadeKind) => made.filter((word) => word.kind === kind).length / Math.max(1, count);
  return {
    count,
    shares: { new: share("new"), kept: share("kept"), known: share("known"), broken: share("broken") },
    distinct: new Set(made.map(({ text }) => text)).size,
  };
}

/** So far above its lowest, the test loss is rising and not only trembling. */
const RISE = 0.05;

/** The lowest losses seen, to notice when the test loss turns. */
export interface Turning {
  readonly lowestTest: number;
  readonly trainThen: number;
}

export function followTurning(before: Turning | undefined, { trainLoss, testLoss }: NameFrame): Turning {
  if (before && before.lowestTest <= testLoss) return before;
  return { lowestTest: testLoss, trainThen: trainLoss };
}

/** The network has begun to learn by heart: better on what it saw, worse on what was kept back. */
export function learnsByHeart(turning: Turning, { trainLoss, testLoss }: NameFrame): boolean {
  return testLoss > turning.lowestTest + RISE && trainLoss < turning.trainThen;
}

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** What the hundred words say. */
export function verdictText(frame: NameFrame, turning: Turning | undefined): string {
  const { shares } = tallyOf(frame.made);
  if (frame.steps === 0) return "아직 아무것도 배우지 않아서, 글자를 아무렇게나 이어 붙입니다.";
  if (shares.broken > 0.5) return `아직 ${percent(shares.broken)}는 글자도 되지 않습니다.`;
  if (turning && learnsByHeart(turning, frame)) {
    return `시험 손실이 다시 오르고 있습니다. 목록을 외우는 중입니다. 지금은 ${percent(shares.known)}가 목록에 있던 낱말입니다.`;
  }
  return `${percent(shares.new + shares.kept)}는 목록에서 보지 못한 낱말이고, ${percent(shares.known)}는 목록에 있던 낱말입니다.`;
}
