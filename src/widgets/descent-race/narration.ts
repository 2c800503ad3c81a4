/** What is said of the learning rate, and of the race's end. */
import { josa } from "es-hangul";
import type { Racer } from "./race.ts";
import { RACER_LOOKS } from "./racers.tsx";
import { lossText, rateText } from "./Scoreboard.tsx";
import { type Standing, winners } from "./score.ts";
import { SURFACES, type SurfaceId } from "./surfaces.ts";
import { eigenvalues, stableBelow, verdictOf } from "./theory.ts";
import type { Bottom } from "./trainer.ts";

const factor = (value: number) => value.toFixed(2).replace("-", "−");
const size = (value: number) => Number(value.toPrecision(4));

/** Where the learning rate stands to the bound of gradient descent: exact on the three quadratic surfaces. */
export function rateStory(surface: SurfaceId, rate: number, bottoms: readonly Bottom[]): string {
  const { curvature } = SURFACES[surface];
  if (curvature) {
    const [large, small] = eigenvalues(curvature);
    const { regime, steep, flat } = verdictOf(rate, [large, small]);
    const bound = `경사하강법의 한계는 2/λ = 2/${size(large)} = ${rateText(2 / large)}입니다.`;
    const steepest = `가파른 방향의 어긋남에는 걸음마다 1 − ${rateText(rate)}×${size(large)} = ${factor(steep)}, 완만한 방향에는 ${factor(flat)}${flat > 0.995 ? "(거의 1)" : ""}이 곱해집니다.`;
    return `${bound} ${steepest} ${REGIMES[regime]}`;
  }
  if (bottoms.length === 0) return "";
  const [flattest, sharpest] = [
    Math.min(...bottoms.map(({ largest }) => largest)),
    Math.max(...bottoms.map(({ largest }) => largest)),
  ];
  const [reach, all] = [stableBelow("sgd", flattest)!, stableBelow("sgd", sharpest)!];
  const where = bottoms.length === 1 ? "바닥" : "가장 완만한 바닥";
  const story = `${where}의 곡률은 λ = ${size(flattest)}이어서, 그 곁에서 경사하강법의 한계는 2/λ = ${rateText(reach)}입니다.`;
  if (rate >= reach) return `${story} 지금 η는 이보다 커서, 경사하강법은 바닥에 다가가도 머물 수 없습니다.`;
  if (rate >= all)
    return `${story} 가장 가파른 바닥의 한계 ${rateText(all)}보다는 커서, 그곳에는 머물 수 없습니다.`;
  return `${story} 지금 η는 이보다 작습니다. 다만 더 가파른 곳을 지날 때는 튕겨 나갈 수 있습니다.`;
}

const REGIMES = {
  slow: "완만한 쪽이 한 걸음에 1%도 줄지 않습니다. 너무 작은 학습률입니다.",
  good: "둘 다 0과 1 사이라, 곧장 내려갑니다.",
  zigzag: "음수는 반대편으로 넘어간다는 뜻입니다. 오가면서 줄어듭니다.",
  diverging: "크기가 1 이상이라 줄지 않습니다. 1을 넘으면 걸음마다 커져 발산합니다.",
} as const;

/** Who won, and whether it was foretold. */
export function endText(standing: readonly Standing[], prediction: Racer | "none" | undefined): string {
  const first = winners(standing);
  const best = standing.find(({ rank }) => rank === 1);
  const result =
    best?.arrival === undefined
      ? "아무도 목표에 닿지 못했습니다."
      : `${withParticle(first)} ${best.arrival}걸음 만에 ${first.length > 1 ? "함께 " : ""}가장 먼저 닿았습니다.`;
  if (prediction === undefined) return result;
  const right = prediction === "none" ? first.length === 0 : first.includes(prediction);
  return `${result} ${right ? "예측이 맞았습니다." : "예측과 다릅니다. 왜 그런지 길을 살펴보세요."}`;
}

/** How names are read, so that the particle fits. */
const READ: Readonly<Record<Racer, string>> = {
  ...{ sgd: "경사하강법", momentum: "모멘텀", nesterov: "네스테로프", rmsprop: "알엠에스프롭", adam: "아담" },
};

function withParticle(racers: readonly Racer[]): string {
  const last = racers.at(-1)!;
  const particle = josa(READ[last], "이/가").slice(READ[last].length);
  return `${racers.map((racer) => RACER_LOOKS[racer].label).join(", ")}${particle}`;
}

/** One line for those who do not see the table. */
export const standingText = (standing: readonly Standing[]): string =>
  standing
    .map(({ racer, arrival, loss, outcome }) => {
      const { label } = RACER_LOOKS[racer];
      if (arrival !== undefined) return `${label} ${arrival}걸음에 도착`;
      return outcome === "diverged" ? `${label} 발산` : `${label} 손실 ${lossText(loss)}`;
    })
    .join(", ");
