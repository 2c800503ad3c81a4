import { choice, defineState, integer } from "../../ui/state-codec.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import { disputed, EVENTS, eventOf, type HistoryEvent, PEOPLE } from "./events.ts";

export const timelineState = defineState(1, {
  mode: choice(["look", "order"], "look"),
  /** Whose events are shown; `all` for everybody's. */
  person: choice(["all", ...PEOPLE.map(({ id }) => id)], "all"),
  event: choice(
    EVENTS.map(({ id }) => id),
    "perceptron",
  ),
  round: integer({ fallback: 1, min: 1, max: 9999 }),
});

export type TimelineState = (typeof timelineState)["defaults"];

/** The events that are shown, in the order of time. */
export const shownEvents = ({ person }: Pick<TimelineState, "person">): readonly HistoryEvent[] =>
  person === "all" ? EVENTS : EVENTS.filter(({ people }) => people.includes(person));

/** The state with another person: the chosen event stays if it is that person's, else the person's first. */
export function withPerson(state: TimelineState, person: TimelineState["person"]): TimelineState {
  const next = { ...state, person };
  const shown = shownEvents(next);
  return shown.some(({ id }) => id === state.event) ? next : { ...next, event: shown[0]!.id };
}

/** What the learner has done since the widget opened. */
export interface Progress {
  /** Ids of the disputed events that were opened to be read. */
  readonly read: readonly string[];
  /** Rounds put in order at the first check, one after the other. */
  readonly streak: number;
  readonly bestStreak: number;
}

export const NO_PROGRESS: Progress = { read: [], streak: 0, bestStreak: 0 };

/** @param first whether nothing of this round had been checked before */
export function checked(progress: Progress, right: boolean, first: boolean): Progress {
  const streak = right && first ? progress.streak + 1 : right ? progress.streak : 0;
  return { ...progress, streak, bestStreak: Math.max(progress.bestStreak, streak) };
}

export function opened(progress: Progress, id: string): Progress {
  const counts = eventOf(id).dispute !== undefined && !progress.read.includes(id);
  return counts ? { ...progress, read: [...progress.read, id] } : progress;
}

/** Disputes to read for the goal. */
export const DISPUTES = 4;

export const timelineGoals = ({ read, bestStreak }: Progress): Goal[] => [
  { id: "order", label: "다섯 사건의 순서를 첫 확인에 모두 맞히기", done: bestStreak >= 1 },
  { id: "streak", label: "잇달아 세 번, 첫 확인에 모두 맞히기", done: bestStreak >= 3 },
  {
    id: "disputes",
    label: `다툼이 있는 사건 ${disputed.length}개 가운데 ${DISPUTES}개의 ‘다른 말’ 펼쳐 읽기`,
    done: read.length >= DISPUTES,
  },
];
