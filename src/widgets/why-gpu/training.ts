/** How long the training of known networks would take at a measured rate. */

export interface TrainedNetwork {
  readonly id: string;
  readonly title: string;
  /** Floating-point operations of its whole training. */
  readonly flops: number;
  readonly parameters: number;
  /** Where the number of operations comes from. */
  readonly source: string;
}

/** Weights of 784–128–10, without biases. */
const DIGIT_WEIGHTS = 784 * 128 + 128 * 10;
const DIGIT_PICTURES = 60_000;
const DIGIT_EPOCHS = 5;

export const NETWORKS = [
  {
    id: "digits",
    title: "숫자 분류기 784–128–10",
    // Two operations a weight forward, four backward.
    flops: 6 * DIGIT_WEIGHTS * DIGIT_PICTURES * DIGIT_EPOCHS,
    parameters: DIGIT_WEIGHTS + 128 + 10,
    source: "6 × 가중치 101,632개 × 그림 60,000장 × 5에포크로 셈",
  },
  {
    id: "alexnet",
    title: "AlexNet (2012)",
    flops: 4.7e17,
    parameters: 60e6,
    source: "OpenAI, “AI and compute”(2018)의 어림: 470 PFLOP",
  },
  {
    id: "gpt3",
    title: "GPT-3 175B (2020)",
    flops: 3.14e23,
    parameters: 175e9,
    source: "Brown 등(2020), 표 D.1: 3.14 × 10²³ FLOP",
  },
] as const satisfies readonly TrainedNetwork[];

export type NetworkId = (typeof NETWORKS)[number]["id"];

/** NVIDIA's own peak for one V100: half precision, tensor cores; in GFLOP/s. */
export const V100_PEAK = 125_000;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const YEAR = 365.25 * DAY;

/** @param rate in GFLOP/s */
export const secondsFor = (flops: number, rate: number): number => flops / (rate * 1e9);

const two = (value: number) => String(Number(value.toPrecision(2)));

/** A time in the unit in which it is read best, two digits that mean something. */
export function timeText(seconds: number): string {
  if (seconds < 1) return `${Number(seconds.toPrecision(2))}초`;
  if (seconds < 2 * MINUTE) return `${two(seconds)}초`;
  if (seconds < 2 * HOUR) return `${two(seconds / MINUTE)}분`;
  if (seconds < 2 * DAY) return `${two(seconds / HOUR)}시간`;
  if (seconds < YEAR) return `${two(seconds / DAY)}일`;
  const years = Number((seconds / YEAR).toPrecision(2));
  if (years < 10_000) return `${years}년`;
  if (years < 1e8) return `${Number((years / 1e4).toPrecision(2)).toLocaleString("ko")}만 년`;
  return `${Number((years / 1e8).toPrecision(2)).toLocaleString("ko")}억 년`;
}

/** Bytes of the weights alone, 32 bits each. */
export const weightBytes = ({ parameters }: TrainedNetwork): number => 4 * parameters;

export function bytesText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${two(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${two(bytes / 1e6)} MB`;
  return `${Number((bytes / 1e9).toPrecision(3))} GB`;
}
