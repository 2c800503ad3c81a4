/** Names and sentences of the widget. */
import type { Route } from "./drive.ts";
import type { Glance, Pilot } from "./live-ride.ts";
import type { LookId } from "./looks.ts";
import type { Measurement, Source } from "./records.ts";
import type { RoadKind } from "./road.ts";
import { type Condition, type Outcome, TRIAL_LENGTH } from "./trials.ts";
import type { DriverHandle } from "./use-driver.ts";

export const KIND_NAMES: Readonly<Record<RoadKind, string>> = {
  straight: "곧은 길",
  gentle: "완만한 길",
  winding: "굽은 길",
};

export const LOOK_NAMES: Readonly<Record<LookId, string>> = { day: "낮", night: "밤", snow: "눈" };

export const SPEED_NAMES = { slow: "느리게 6 m/s", normal: "보통 9 m/s", fast: "빠르게 12 m/s" } as const;

export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  own: "내 운전",
  model: "시범 운전",
  corrected: "시범 운전자가 바로잡음",
  "taken-over": "내가 바로잡음",
};

export const CONDITION_NAMES: Readonly<Record<Condition, string>> = {
  same: "배운 길",
  pushed: "옆으로 밀릴 때",
  curves: "처음 보는 굽은 길",
  day: "낮에",
  night: "밤에",
  snow: "눈길에서",
};

export const routeText = ({ kind, look, seed }: Route): string =>
  `${KIND_NAMES[kind]}${kind === "straight" ? "" : ` ${seed}번`}, ${LOOK_NAMES[look]}`;

export const metresText = (metres: number): string => `${Math.round(metres)} m`;

export function outcomeText({ metres, departures }: Outcome): string {
  if (departures === 0 && metres >= TRIAL_LENGTH) return `${TRIAL_LENGTH} m 끝까지`;
  return `${metresText(metres)}, 이탈 ${departures}번`;
}

/** What the first and the last measurement say together. */
export function verdictText(measurements: readonly Measurement[]): string {
  const [first, last] = [measurements[0], measurements.at(-1)];
  if (!first || !last) {
    return "운전을 기록하고 배우게 하면, 신경망이 다섯 가지 길에서 몇 미터를 가는지 잽니다.";
  }
  const whole = (measurement: Measurement) =>
    measurement.outcomes.filter(({ departures }) => departures === 0).length;
  const all = last.outcomes.length;
  if (first === last) {
    const worst = last.outcomes.reduce((low, one) => (one.metres < low.metres ? one : low));
    return whole(last) === all
      ? `시험 ${all}가지를 모두 이탈 없이 마쳤습니다.`
      : `시험 ${all}가지 가운데 ${whole(last)}가지를 마쳤습니다. 가장 약한 곳은 ‘${CONDITION_NAMES[worst.condition]}’로, 평균 ${metresText(worst.metres)} 만에 길을 벗어났습니다.${worst.condition === "same" ? " 배운 길인데도 그렇다면 기록이 짧거나 서툰 것입니다." : " 기록에 없던 곳입니다."}`;
  }
  return `처음에는 ${all}가지 가운데 ${whole(first)}가지를, 지금은 ${whole(last)}가지를 이탈 없이 마칩니다. 기록은 ${first.pictures.toLocaleString("ko")}장에서 ${last.pictures.toLocaleString("ko")}장이 되었습니다.`;
}

export interface Status {
  readonly text: string;
  /** The same without numbers that change all the time. */
  readonly spoken: string;
}

/** What is going on now. */
export function statusText(
  pilot: Pilot | undefined,
  glance: Glance,
  { task, steps, left }: Pick<DriverHandle, "task" | "steps" | "left">,
  recorded: number,
): Status {
  const plain = (text: string): Status => ({ text, spoken: text });
  if (pilot === "own" || pilot === "model") {
    const who = pilot === "own" ? "직접 운전하고 있습니다." : "시범 운전을 기록하고 있습니다.";
    const how = pilot === "own" ? " 좌우 화살표, 아래 단추, 창을 누른 손가락이 운전대입니다." : "";
    return { text: `${who} 기록 ${glance.recorded}장.${how}`, spoken: `${who}${how}` };
  }
  if (pilot === "network") {
    const who = "신경망이 운전합니다. 운전대를 잡으면 그동안의 답이 바로잡는 기록이 됩니다.";
    return { text: glance.recorded > 0 ? `${who} 지금까지 ${glance.recorded}장.` : who, spoken: who };
  }
  if (task === "training") {
    return { text: `배우고 있습니다. ${steps}걸음째.`, spoken: "배우고 있습니다." };
  }
  if (task === "trying")
    return { text: `여러 길에서 시험하고 있습니다. 남은 길 ${left}개.`, spoken: "시험하고 있습니다." };
  if (task === "recording") return plain("기록하고 있습니다.");
  if (steps === 0) {
    return plain(recorded === 0 ? "아직 기록이 없습니다." : "기록이 모였습니다. 이제 배우게 해 보세요.");
  }
  return plain("신경망에게 맡겨 보고, 약한 길을 골라 바로잡은 기록을 모으세요.");
}
