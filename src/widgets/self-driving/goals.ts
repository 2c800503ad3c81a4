import type { Goal } from "../../ui/WidgetFrame.tsx";
import { type Measurement, picturesIn, type Segment } from "./records.ts";
import { type Condition, type Outcome, TRIAL_LENGTH } from "./trials.ts";

/** Pictures of a recording that is long enough: 20 seconds. */
export const ENOUGH = 300;
/** Metres below which a network has failed. */
export const SHORT = 200;

const outcomeOf = (measurement: Measurement | undefined, condition: Condition): Outcome | undefined =>
  measurement?.outcomes.find((outcome) => outcome.condition === condition);

const isWhole = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && outcome.departures === 0 && outcome.metres >= TRIAL_LENGTH;

export function drivingGoals(segments: readonly Segment[], measurements: readonly Measurement[]): Goal[] {
  const last = measurements.at(-1);
  const driven = segments.filter(({ source }) => source === "own" || source === "model");
  const failed = measurements.flatMap((measurement) =>
    isWhole(outcomeOf(measurement, "same"))
      ? measurement.outcomes.filter(({ metres }) => metres < SHORT).map(({ condition }) => condition)
      : [],
  );
  return [
    {
      id: "record",
      label: "도로를 벗어나지 않은 운전을 20초 넘게 기록하기 (직접 하거나 시범으로)",
      done: driven.some((segment) => segment.departures === 0 && picturesIn([segment]) >= ENOUGH),
    },
    {
      id: "clone",
      label: `배운 길 ${TRIAL_LENGTH} m를 신경망이 혼자 끝까지 달리게 하기`,
      done: isWhole(outcomeOf(last, "same")),
    },
    {
      id: "fail",
      label: `배운 길은 잘 달리면서 다른 데서는 ${SHORT} m도 못 가는 경우를 찾기`,
      done: failed.length > 0,
    },
    {
      id: "mend",
      label: "바로잡은 기록을 더해 못 가던 곳도 끝까지 달리게 하기",
      done: last?.corrected === true && failed.some((condition) => isWhole(outcomeOf(last, condition))),
    },
    {
      id: "all",
      label: "다섯 시험을 모두 이탈 없이 마치기",
      done: last?.outcomes.every(isWhole) === true,
    },
  ];
}
