/** What the measured sizes say, in sentences made from the numbers. */
import { type HealthFrame, TRIAL } from "./trainer.ts";

/** A guess so many layers off is right. */
export const NEAR = 2;

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** −12 → “⁻¹²”. */
const superscript = (power: number): string =>
  (power < 0 ? "⁻" : "") + [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");

/** 10 to a power, as it is read: “10⁻¹²”. */
export const powerText = (power: number): string => `10${superscript(power)}`;

/** A size with two digits: 0.052, 3.1×10⁻⁷; what is beyond 32 bits is called so. */
export function sizeText(value: number): string {
  if (!Number.isFinite(value)) return "범위 밖";
  if (value === 0) return "0";
  if (value >= 0.001 && value < 1000) return String(Number(value.toPrecision(2)));
  const [digits, power] = value.toExponential(1).split("e") as [string, string];
  return `${digits}×${powerText(Number(power))}`;
}

/** How many times as large, or what part: “3,200배”, “1/3,200”, “10²⁰분의 1”. */
export function timesText(ratio: number): string {
  const [part, times] = [ratio < 1, ratio < 1 ? 1 / ratio : ratio];
  if (times < 9.95) return part ? `1/${times.toFixed(1)}` : `${times.toFixed(1)}배`;
  const rounded = Number(times.toPrecision(2));
  if (rounded < 1e6) return part ? `1/${rounded.toLocaleString("en")}` : `${rounded.toLocaleString("en")}배`;
  const power = powerText(Math.round(Math.log10(times)));
  return part ? `약 ${power}분의 1` : `약 ${power}배`;
}

/** Number, from 1, of the first layer with the smallest value. */
export function smallestLayer(values: Float64Array): number {
  let best = 0;
  values.forEach((value, i) => {
    if (value < values[best]!) best = i;
  });
  return best + 1;
}

/** Whether a layer (from 1; 0 is no guess) lies within `NEAR` layers of one with the smallest value. */
export function isNearSmallest(values: Float64Array, layer: number): boolean {
  const smallest = values[smallestLayer(values) - 1];
  return layer > 0 && values.some((value, i) => value === smallest && Math.abs(i + 1 - layer) <= NEAR);
}

/** “출력층”, “12층”. */
export const layerName = (layer: number, count: number): string =>
  layer === count ? "출력층" : `${layer}층`;

/** How many layers from the first on hold the condition without a gap. */
function leading(values: Float64Array, holds: (value: number) => boolean): number {
  const end = values.findIndex((value) => !holds(value));
  return end < 0 ? values.length : end;
}

/** The gradients of the hidden layers in one sentence. */
export function gradientFinding({ gradients, activations }: Pick<HealthFrame, "gradients" | "activations">) {
  const beyond = activations.findIndex((value) => !Number.isFinite(value));
  if (beyond >= 0) {
    const name = layerName(beyond + 1, activations.length);
    return `지금의 가중치로는 ${name}부터 활성값이 계산할 수 있는 범위를 넘습니다.`;
  }
  const hidden = gradients.slice(0, -1);
  if (hidden.every((value) => value === 0)) return "은닉층의 기울기가 모두 정확히 0입니다.";
  const [first, last] = [hidden[0]!, hidden.at(-1)!];
  const zeros = leading(hidden, (value) => value === 0);
  if (zeros > 0) {
    return `1층부터 ${zeros}층까지 기울기가 0으로 계산되었습니다. 32비트 수로 나타낼 수 없을 만큼 작거나 정말로 0입니다.`;
  }
  if (!Number.isFinite(first) || !Number.isFinite(last)) return "기울기가 계산할 수 있는 범위를 넘었습니다.";
  const ratio = first / last;
  if (ratio > 0.2 && ratio < 5) {
    return `첫 층의 기울기는 마지막 은닉층의 ${timesText(ratio)}로 비슷하고, 크기는 ${sizeText(first)}입니다.`;
  }
  return `첫 층의 기울기는 마지막 은닉층의 ${timesText(ratio)}입니다.`;
}

/** Where the network stopped learning or passing on its input, if it did. */
export function troubleFinding(frame: HealthFrame): string {
  const { steps, changes, spreads, activations } = frame;
  const hidden = spreads.length - 2;
  const still = leading(changes.slice(0, -1), (value) => value === 0);
  if (steps >= 25 && still > 0) {
    const which = still === 1 ? "1층의" : `1층부터 ${still}층까지`;
    return ` ${steps.toLocaleString("en")}걸음 동안 ${which} 가중치는 하나도 바뀌지 않았습니다.`;
  }
  const share = spreads[hidden]! / activations[hidden]!;
  if (share < 1e-3 || activations[hidden] === 0)
    return " 마지막 은닉층은 어떤 점을 넣어도 거의 같은 값을 냅니다.";
  return "";
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** Whether the network has learned the task. */
export function outcomeFinding({ steps, trainedAt, testAccuracy }: HealthFrame): string {
  if (steps === 0) return "";
  if (trainedAt !== undefined) {
    return ` ${trainedAt.toLocaleString("en")}걸음 만에 시험 정확도 95%를 넘었습니다. 학습되었습니다.`;
  }
  if (steps < TRIAL) return "";
  return ` ${steps.toLocaleString("en")}걸음을 훈련했지만 시험 정확도는 ${percent(testAccuracy)}입니다. 아직 배우지 못했습니다.`;
}
