import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type Card, scoreDuel } from "./duel.ts";
import type { ForgerFrame, TrainView } from "./experiment.ts";
import { SURE } from "./pictures.ts";
import type { ForgerState } from "./state.ts";

/** Digits to be passed on a walk. */
export const WALKED = 5;
/** Rounds of training after which a collapse counts. */
const COLLAPSE_ROUNDS = 16;

/** Hardly anything but one picture, or few of the ten digits, is made. */
export function isCollapsed(rounds: number, { tally, variety }: TrainView): boolean {
  return rounds >= COLLAPSE_ROUNDS && (variety < 0.4 || (tally.recognised >= 0.3 && tally.digits <= 3));
}

/** Nearly all digits are made, most of them legible. */
export const isSpread = ({ tally, variety }: TrainView): boolean =>
  tally.digits >= 9 && tally.recognised >= 0.45 && variety >= 0.7;

export interface Past {
  /** Digits that the pad has passed over. */
  readonly walked: ReadonlySet<number>;
  /** Whether these very networks had collapsed before. */
  readonly collapsed: boolean;
}

export function forgerGoals(
  state: ForgerState,
  frame: ForgerFrame | undefined,
  { walked, collapsed }: Past,
  duel: { readonly cards: readonly Card[]; readonly answers: readonly boolean[] },
): Goal[] {
  const mix = frame?.mix;
  const score = scoreDuel(duel.cards, duel.answers);
  const train = frame?.train;
  return [
    {
      id: "walk",
      label: `판 위를 걸어 또렷한 숫자 ${WALKED}가지를 지나기`,
      done: walked.size >= WALKED,
    },
    {
      id: "arrow",
      label: "화살표만으로 또렷한 숫자를 다른 또렷한 숫자로 바꾸기",
      done:
        state.mode === "mix" &&
        mix !== undefined &&
        state.strength !== 0 &&
        mix.base.sure >= SURE &&
        mix.result.sure >= SURE &&
        mix.base.digit !== mix.result.digit,
    },
    {
      id: "duel",
      label: "끝까지 겨루어 감별사보다 많이 맞히기",
      done: score.judged > 0 && score.judged === duel.cards.length && score.human > score.detective,
    },
    {
      id: "collapse",
      label: "이어서 훈련하며 위조범을 무너뜨리기: 모드 붕괴 일으키기",
      done: frame !== undefined && train !== undefined && isCollapsed(frame.rounds, train),
    },
    {
      id: "cure",
      label: "무너진 위조범을 버리지 말고, 설정을 바꾸어 아홉 가지 넘게 다시 그리게 하기",
      done: train !== undefined && collapsed && isSpread(train),
    },
  ];
}
