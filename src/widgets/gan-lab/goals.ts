import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { GanFrame } from "./experiment.ts";
import { discriminatorAccuracy, isCritic, meanFakeCertainty } from "./scores.ts";
import type { GanState } from "./state.ts";

/** Nearer than this the two clouds can hardly be told apart by eye. */
export const NEAR_DISTANCE = 0.01;
/** Rounds after which a generator that still sits in one place has had its chance. */
export const COLLAPSE_ROUNDS = 500;

/** The generator's points sit together, though the real ones are spread over heaps. */
export function isCollapsed(frame: GanFrame): boolean {
  const { rounds, coverage, spread } = frame;
  return coverage !== undefined && rounds >= COLLAPSE_ROUNDS && coverage.reached <= 2 && spread < 0.35;
}

/** All heaps are reached, and hardly a point lies between them. */
export function isCovered({ coverage }: GanFrame): boolean {
  return coverage !== undefined && coverage.reached === coverage.heaps && coverage.inside >= 0.7;
}

/** What one network has been through, for goals that are a way rather than a place. */
export interface Past {
  readonly collapsed: boolean;
  /** Whom the learner has been training, and since which round. */
  readonly who: GanState["who"];
  readonly since: number;
  /** The discriminator, trained alone, told nine of ten apart, and nothing but one network alone was trained since. */
  readonly judged: boolean;
}

export const NO_PAST: Past = { collapsed: false, who: "both", since: 0, judged: false };

/** Rounds after which training one network alone counts; more than pass between two frames. */
export const ALONE_ROUNDS = 50;
const WELL_JUDGED = 0.9;

/** The past with this frame in it. */
export function follow(past: Past, state: GanState, frame: GanFrame): Past {
  const { who } = state;
  const now: Past = {
    collapsed: past.collapsed || (state.data !== "own" && isCollapsed(frame)),
    who,
    since: who === past.who ? past.since : frame.rounds,
    judged: past.judged && who !== "both",
  };
  return { ...now, judged: now.judged || judges(now, state, frame) };
}

/** One network has been trained alone for a while, and its answers are probabilities. */
const isAlone = ({ since }: Past, { objective }: GanState, { rounds }: GanFrame) =>
  rounds - since >= ALONE_ROUNDS && !isCritic(objective);

const judges = (past: Past, state: GanState, frame: GanFrame) =>
  state.who === "discriminator" &&
  isAlone(past, state, frame) &&
  discriminatorAccuracy(state.objective, frame) >= WELL_JUDGED;

const fools = (past: Past, state: GanState, frame: GanFrame) =>
  state.who === "generator" &&
  past.judged &&
  isAlone(past, state, frame) &&
  meanFakeCertainty(state.objective, frame) > 0.5;

/** @param past of this very network, up to this frame. */
export function ganGoals(state: GanState, frame: GanFrame | undefined, past: Past): Goal[] {
  return [
    {
      id: "imitate",
      label: `가짜를 진짜와 비슷하게 만들기: 분포 거리 ${NEAR_DISTANCE} 이하`,
      done: frame !== undefined && frame.rounds > 0 && frame.distance <= NEAR_DISTANCE,
    },
    {
      id: "judge",
      label: "판별자만 훈련해서 정답률 90% 넘기기",
      done: frame !== undefined && judges(past, state, frame),
    },
    {
      id: "fool",
      label: "이어서 생성자만 훈련해서 판별자가 가짜를 진짜로 믿게 하기",
      done: frame !== undefined && fools(past, state, frame),
    },
    {
      id: "collapse",
      label: "모드 붕괴 일으키기: 무더기 데이터에서 가짜 점이 한곳에 몰리게 하기",
      done: frame !== undefined && isCollapsed(frame),
    },
    {
      id: "cure",
      label: "무너진 신경망을 버리지 말고, 설정을 바꾸어 모든 무더기에 닿게 하기",
      done: frame !== undefined && past.collapsed && isCovered(frame),
    },
  ];
}
