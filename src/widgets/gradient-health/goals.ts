/** The tasks, judged from the settings and the measured training alone. */
import type { Divergence } from "../../lab/protocol.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import { isNearSmallest } from "./findings.ts";
import { changedTreatments, type HealthState, isSamePatient, PATIENTS, type PatientId } from "./state.ts";
import type { HealthFrame } from "./trainer.ts";

/** The most settings that may be changed. */
export const ALLOWED: Readonly<Record<Exclude<PatientId, "own">, number>> = {
  vanishing: 2,
  exploding: 1,
  degrading: 1,
};

/** Settings changed in this training: a learning rate that was used and set back counts as well. */
export function changesOf(state: HealthState, frame: HealthFrame | undefined): number {
  const changed = changedTreatments(state);
  const usual = Number(PATIENTS[state.patient].rate);
  const rateUsed = frame?.rates.some((rate) => rate !== usual) ?? false;
  return changed.length + (rateUsed && !changed.includes("rate") ? 1 : 0);
}

function cured(state: HealthState, frame: HealthFrame | undefined, patient: keyof typeof ALLOWED): boolean {
  return (
    state.patient === patient &&
    isSamePatient(state) &&
    frame?.trainedAt !== undefined &&
    changesOf(state, frame) <= ALLOWED[patient]
  );
}

export function healthGoals(
  state: HealthState,
  frame: HealthFrame | undefined,
  divergence: Divergence | undefined,
): Goal[] {
  return [
    {
      id: "guess",
      label: "진찰하기 전에, 기울기가 가장 작은 층을 두 층 안쪽으로 맞히기",
      done:
        state.patient !== "own" &&
        changedTreatments(state).length === 0 &&
        frame !== undefined &&
        isNearSmallest(frame.firstGradients, state.guess),
    },
    {
      id: "vanishing",
      label: "소실 환자: 시그모이드 30층을 그대로 두고, 설정 두 가지만 바꾸어 학습되게 만들기",
      done: state.activation === "sigmoid" && cured(state, frame, "vanishing"),
    },
    {
      id: "divergence",
      label: "훈련이 발산하게 만들고, 가장 먼저 무너진 층 확인하기",
      done: divergence !== undefined,
    },
    {
      id: "exploding",
      label: "폭주 환자: 설정 한 가지만 바꾸어 학습되게 만들기",
      done: cured(state, frame, "exploding"),
    },
    {
      id: "degrading",
      label: "50층 환자: 배치 정규화를 했는데도 배우지 못합니다. 한 가지만 바꾸어 학습되게 만들기",
      done: cured(state, frame, "degrading"),
    },
  ];
}
