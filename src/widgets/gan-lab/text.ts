/** What the numbers say, in Korean. */
import { CLOUDS } from "../../data/clouds.ts";
import type { Divergence } from "../../lab/protocol.ts";
import type { GanFrame } from "./experiment.ts";
import { isCollapsed, isCovered, NEAR_DISTANCE } from "./goals.ts";
import type { GanState } from "./state.ts";

export const DATA_OPTIONS = [
  ...CLOUDS.map(({ id, title }) => ({ value: id, label: title })),
  { value: "own" as const, label: "직접 그리기" },
];

export const OBJECTIVE_OPTIONS = [
  { value: "standard", label: "로그 손실 (보통 쓰는 형태)" },
  { value: "saturating", label: "로그 손실 (처음 논문의 두 사람 게임)" },
  { value: "least-squares", label: "제곱 손실 (LSGAN)" },
  { value: "wasserstein-penalty", label: "바서슈타인 거리와 기울기 벌점 (WGAN-GP)" },
] as const;

export const rounds = (count: number): string => count.toLocaleString("ko");
export const distanceText = (distance: number): string => distance.toFixed(3);

/** One sentence about the present picture. */
export function verdictText(state: GanState, frame: GanFrame | undefined): string {
  if (!frame) return "준비하고 있습니다.";
  if (frame.rounds === 0)
    return "아직 훈련하지 않았습니다. 가짜 점은 갓 만든 생성자가 아무렇게나 찍은 것입니다.";
  const { coverage } = frame;
  if (isCollapsed(frame)) {
    return `가짜 점이 한곳에 몰렸습니다. 무더기 ${coverage!.heaps}개 가운데 ${coverage!.reached}개에만 닿습니다. 이것이 모드 붕괴(mode collapse)입니다.`;
  }
  const heaps = coverage ? ` 무더기 ${coverage.heaps}개 가운데 ${coverage.reached}개에 닿습니다.` : "";
  if (isCovered(frame))
    return `분포 거리 ${distanceText(frame.distance)}.${heaps} 진짜가 있는 곳을 빠짐없이 찾았습니다.`;
  if (frame.distance <= NEAR_DISTANCE)
    return `분포 거리 ${distanceText(frame.distance)}. 눈으로는 진짜와 가짜를 가르기 어렵습니다.${heaps}`;
  if (state.who === "discriminator")
    return "판별자만 배웁니다. 바탕색은 또렷해지지만 가짜 점은 움직이지 않습니다.";
  if (state.who === "generator")
    return "생성자만 배웁니다. 가짜 점이 판별자가 진짜라고 믿는 쪽으로 몰려갑니다.";
  return `분포 거리 ${distanceText(frame.distance)}.${heaps} 0에 가까울수록 두 분포가 비슷합니다.`;
}

/** Where training stopped, and what to do. */
export function divergenceText({ step, node }: Divergence): string {
  const side = node.includes("generator") ? "생성자" : "판별자";
  return `${rounds(step)}번째 판에서 ${side}의 값이 셀 수 없이 커져 멈췄습니다(${node}). 학습률을 낮추고 ‘새로 시작’을 누르세요.`;
}

/** The parts of one round, slowly. */
export const SCENES = [
  {
    title: "진짜를 봅니다",
    caption: "데이터에서 진짜 점을 뽑습니다. 판별자와 생성자 둘 다 이 점들이 나온 규칙은 모릅니다.",
  },
  {
    title: "가짜를 만듭니다",
    caption:
      "생성자(generator)에 잡음을 넣습니다. 나온 점이 가짜입니다. 생성자는 진짜 점을 한 번도 보지 못합니다.",
  },
  {
    title: "점수를 매깁니다",
    caption: "판별자(discriminator)가 평면의 모든 자리에 점수를 매깁니다. 색이 진할수록 확신이 큽니다.",
  },
  {
    title: "판별자가 배웁니다",
    caption: "진짜는 진짜로, 가짜는 가짜로 답하도록 판별자의 가중치를 고칩니다. 바탕색의 변화를 보세요.",
  },
  {
    title: "갈 방향을 알아냅니다",
    caption:
      "판별자를 거꾸로 타고 온 기울기입니다. 화살표는 가짜 점이 어디로 가야 더 진짜처럼 보이는지 말합니다.",
  },
  {
    title: "생성자가 배웁니다",
    caption:
      "화살표대로 가도록 생성자의 가중치를 고칩니다. 점을 직접 옮기는 것이 아니어서 화살표와 꼭 같이 움직이지는 않습니다.",
  },
] as const;

/** A single step can hardly be seen; slow motion makes so many at once. */
export const SLOW_STEPS = 20;
