import { choice, defineState } from "../../ui/state-codec.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Measured, Speed, Way } from "./protocol.ts";
import { NETWORKS, secondsFor, YEAR } from "./training.ts";

export const SIZES = ["16", "64", "128", "256", "512", "1024"] as const;

export const whyGpuState = defineState(1, {
  size: choice(SIZES, "256"),
  network: choice(
    NETWORKS.map(({ id }) => id),
    "alexnet",
  ),
});

/** How many times as fast as JavaScript one core of WebAssembly will be. */
export const BANDS = [
  { value: "less", label: "2배 미만", from: 0, to: 2 },
  { value: "some", label: "2~6배", from: 2, to: 6 },
  { value: "many", label: "6~20배", from: 6, to: 20 },
  { value: "more", label: "20배 이상", from: 20, to: Number.POSITIVE_INFINITY },
] as const;
export type Band = (typeof BANDS)[number]["value"];

/** Years of GPT-3's training on one core: the nearest power of a hundred counts. */
export const YEARS = [
  { value: "100", label: "100년쯤", years: 1e2 },
  { value: "10000", label: "1만 년쯤", years: 1e4 },
  { value: "1000000", label: "100만 년쯤", years: 1e6 },
  { value: "100000000", label: "1억 년쯤", years: 1e8 },
] as const;
export type Years = (typeof YEARS)[number]["value"];

export const speedOf = ({ speeds }: Measured, way: Way): Speed | undefined =>
  speeds.find((speed) => speed.way === way);

/** The band in which the measured ratio lies. */
export function bandOf(measured: Measured): Band | undefined {
  const [plain, engine] = [speedOf(measured, "javascript"), speedOf(measured, "one-core")];
  if (!plain || !engine) return undefined;
  const ratio = engine.median / plain.median;
  return BANDS.find(({ from, to }) => ratio >= from && ratio < to)?.value;
}

/** The answer of `YEARS` nearest to this rate, on a logarithmic scale. */
export function yearsOf(rate: number): Years {
  const years = secondsFor(NETWORKS[2].flops, rate) / YEAR;
  const distance = (of: number) => Math.abs(Math.log(of / years));
  return YEARS.reduce((best, one) => (distance(one.years) < distance(best.years) ? one : best)).value;
}

/** What this visit has shown. */
export interface Findings {
  /** By size, the newest of each. */
  readonly measured: ReadonlyMap<number, Measured>;
  /** A ratio was foretold before the size's first measurement. */
  readonly foretold: boolean;
  /** The learner's word on GPT-3, which is not taken back. */
  readonly years: Years | undefined;
}

export const NOTHING_MEASURED: Findings = { measured: new Map(), foretold: false, years: undefined };

/** With one more measurement, and what had been said of it. */
export function withMeasured(findings: Findings, measured: Measured, guess: Band | undefined): Findings {
  const isFirst = !findings.measured.has(measured.size);
  return {
    ...findings,
    measured: new Map(findings.measured).set(measured.size, measured),
    foretold: findings.foretold || (isFirst && guess !== undefined && guess === bandOf(measured)),
  };
}

/** Less than this much faster is no gain. */
const GAIN = 1.1;
const MANY_SIZES = 4;

/** Ways beside one core, that gain nothing at this size. */
export function withoutGain(measured: Measured): Way[] {
  const one = speedOf(measured, "one-core");
  if (!one) return [];
  return (["two-cores", "gpu"] as const).filter((way) => {
    const speed = speedOf(measured, way);
    return speed !== undefined && speed.median < GAIN * one.median;
  });
}

export function whyGpuGoals({ measured, foretold, years }: Findings): Goal[] {
  const all = [...measured.values()];
  const largest = all.reduce<Measured | undefined>((a, b) => (a && a.size > b.size ? a : b), undefined);
  const rate = largest && speedOf(largest, "one-core")?.median;
  return [
    {
      id: "foretell",
      label: "처음 재는 크기에서, WebAssembly가 JavaScript의 몇 배인지 미리 맞히기",
      done: foretold,
    },
    {
      id: "small",
      label: "나누어 계산해도 이득이 없는 크기 찾기 (한 코어의 1.1배에 못 미침)",
      done: all.some((one) => withoutGain(one).length > 0),
    },
    {
      id: "sizes",
      label: `크기 ${MANY_SIZES}가지 이상에서 재기`,
      done: measured.size >= MANY_SIZES,
    },
    {
      id: "years",
      label: "GPT-3를 한 코어로 훈련하는 데 걸릴 시간을 어림해 맞히기",
      done: years !== undefined && rate !== undefined && yearsOf(rate) === years,
    },
  ];
}
