/** What the numbers say, in Korean. */
import { josa } from "es-hangul";
import { chanceOf, interval, type Score } from "./duel.ts";
import type { MixView, Seen, TrainView } from "./experiment.ts";
import { isCollapsed, isSpread } from "./goals.ts";
import { type Reading, SURE } from "./pictures.ts";
import type { Arrow, ForgerState, Mode } from "./state.ts";

export const MODE_OPTIONS: readonly { readonly value: Mode; readonly label: string }[] = [
  { value: "walk", label: "잠재 공간 걷기" },
  { value: "mix", label: "섞고 더하기" },
  { value: "duel", label: "사람 대 감별사" },
  { value: "train", label: "이어서 훈련" },
];

export const INSTRUCTIONS: Readonly<Record<Mode, string>> = {
  walk: "판을 끌어 보세요. 한 점이 잡음 32개이고, 위조범은 그 잡음으로 그림 하나를 그립니다.",
  mix: "그림 두 장을 고르고 섞어 보세요. 섞는 것은 픽셀이 아니라 잡음입니다.",
  duel: "진짜 손글씨일까요, 위조범이 그린 것일까요? 감별사와 같은 그림을 보고 겨룹니다.",
  train: "훈련 이어 가기를 누르세요. 두 신경망이 이 기기에서 다시 겨룹니다.",
};

export const ARROW_OPTIONS: readonly { readonly value: Arrow; readonly label: string }[] = [
  { value: "thick", label: "굵게" },
  { value: "slant", label: "오른쪽으로 눕게" },
  { value: "wide", label: "넓게" },
  { value: "digit", label: "어떤 숫자 쪽으로" },
];

export const percent = (share: number): string => `${Math.round(100 * share)}%`;
/** Never “100%” or “0%” of something that is not certain. */
export const cautiousPercent = (share: number): string => {
  if (share > 0.995) return "99% 넘게";
  return share < 0.005 ? "1% 미만" : percent(share);
};
/** With a decimal where the halves are parted. */
export const verdictPercent = (share: number): string =>
  Math.abs(share - 0.5) < 0.005 ? `${(100 * share).toFixed(1)}%` : cautiousPercent(share);
export const countText = (count: number): string => count.toLocaleString("ko");

/** How the ten digits are read aloud. */
const SPOKEN = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"] as const;

/** “8로 읽습니다”, or that no digit is clear. */
export function digitText({ digit, sure }: Reading): string {
  const particle = josa.pick(SPOKEN[digit]!, "으로/로");
  return sure >= SURE
    ? `${digit}${particle} 읽음 (${cautiousPercent(sure)})`
    : `뚜렷하지 않음 (${digit}일 확률 ${percent(sure)})`;
}

/** What the arrow did to the measured attribute. */
export function effectText({ arrow, digit }: ForgerState, { base, result }: MixView): string {
  const from = (of: (seen: Seen) => number, digits: number) =>
    `${of(base).toFixed(digits)} → ${of(result).toFixed(digits)}`;
  switch (arrow) {
    case "thick":
      return `잉크의 양: ${from(({ ink }) => ink, 0)} (가득 칠한 픽셀 수로 쳐서)`;
    case "slant":
      return `기울기: ${from(({ slant }) => slant, 2)} (한 픽셀 올라갈 때 오른쪽으로 가는 픽셀)`;
    case "wide":
      return `가로 퍼짐: ${from(({ width }) => width, 1)}픽셀 (표준편차)`;
    default: {
      const [a, b] = [base.digit, result.digit];
      const target = `${digit} 쪽으로 갑니다. 읽히는 숫자:`;
      return a === b ? `${target} ${a} 그대로` : `${target} ${a} → ${b}`;
    }
  }
}

/** What a duel's score says, and what it does not. */
export function scoreText({ judged, human, detective }: Score): string {
  if (judged === 0) return "";
  const chance = chanceOf(human, judged);
  const luck =
    chance < 0.05
      ? `동전을 던져서 이만큼 맞힐 확률은 ${percentOfChance(chance)}이므로 운만은 아닙니다.`
      : `동전을 던져도 이만큼 맞힐 확률이 ${percentOfChance(chance)}라서, 이 점수만으로는 운과 가를 수 없습니다.`;
  const [a, b] = [human, detective];
  const result = a === b ? "비겼습니다." : a > b ? "여러분이 이겼습니다." : "감별사가 이겼습니다.";
  return `${judged}장 가운데 나 ${human}장, 감별사 ${detective}장. ${result} ${luck}`;
}

const percentOfChance = (chance: number) =>
  chance < 0.001 ? "0.1% 미만" : `${(100 * chance).toFixed(chance < 0.1 ? 1 : 0)}%`;

/** “58~96%” */
export function intervalText(right: number, count: number): string {
  const [from, to] = interval(right, count);
  return `${Math.round(100 * from)}~${percent(to)}`;
}

/** One sentence about the state of the training. */
export function trainText(rounds: number, view: TrainView | undefined): string {
  if (!view) return "준비하고 있습니다.";
  const { tally, variety, judged } = view;
  const detective = (judged.real + judged.fake) / 2;
  if (isCollapsed(rounds, view)) {
    return variety < 0.4
      ? `모드 붕괴(mode collapse)입니다. 잡음을 바꾸어도 거의 같은 그림이 나옵니다. 그림 사이의 차이가 진짜의 ${percent(variety)}뿐입니다.`
      : `모드 붕괴(mode collapse)입니다. 열 가지 숫자 가운데 ${tally.digits}가지만 만듭니다.`;
  }
  if (rounds === 0)
    return `체크포인트입니다. 열 가지 가운데 ${tally.digits}가지를 만들고, ${percent(tally.recognised)}를 숫자로 알아볼 수 있습니다.`;
  if (isSpread(view))
    return `열 가지 가운데 ${tally.digits}가지를 만들고, ${percent(tally.recognised)}를 숫자로 알아볼 수 있습니다. 고르게 만들고 있습니다.`;
  if (detective > 0.97) return "감별사가 거의 다 맞힙니다. 위조범이 크게 뒤처져 있습니다.";
  return `열 가지 가운데 ${tally.digits}가지를 만듭니다. 숫자로 알아볼 수 있는 것은 ${percent(tally.recognised)}입니다.`;
}
