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

/** @param collapsed whether this very network had collapsed before. */
export function ganGoals(state: GanState, frame: GanFrame | undefined, collapsed: boolean): Goal[] {
  const probability = !isCritic(state.objective);
  return [
    {
      id: "imitate",
      label: `가짜를 진짜와 비슷하게 만들기: 분포 거리 ${NEAR_DISTANCE} 이하`,
      done: frame !== undefined && frame.rounds > 0 && frame.distance <= NEAR_DISTANCE,
    },
    {
      id: "judge",
      label: "판별자만 훈련해서 정답률 90% 넘기기",
      done:
        frame !== undefined &&
        frame.rounds > 0 &&
        probability &&
        state.who === "discriminator" &&
        discriminatorAccuracy(state.objective, frame) >= 0.9,
    },
    {
      id: "fool",
      label: "이어서 생성자만 훈련해서 판별자가 가짜를 진짜로 믿게 하기",
      done:
        frame !== undefined &&
        frame.rounds > 0 &&
        probability &&
        state.who === "generator" &&
        meanFakeCertainty(state.objective, frame) > 0.5,
    },
    {
      id: "collapse",
      label: "모드 붕괴 일으키기: 무더기 데이터에서 가짜 점이 한곳에 몰리게 하기",
      done: frame !== undefined && isCollapsed(frame),
    },
    {
      id: "cure",
      label: "무너진 신경망을 버리지 말고, 설정을 바꾸어 모든 무더기에 닿게 하기",
      done: frame !== undefined && collapsed && isCovered(frame),
    },
  ];
}
