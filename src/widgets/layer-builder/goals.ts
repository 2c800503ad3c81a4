import type { Goal } from "../../ui/WidgetFrame.tsx";
import { derive } from "./derive.ts";
import { inputOf } from "./inputs.ts";
import { networkOf } from "./networks.ts";
import { type BuilderState, knownNetwork } from "./state.ts";
import type { TrialFrame } from "./trial.ts";

/** What happened in this visit. */
export interface Visit {
  /** A refused join was repaired by a suggestion. */
  readonly repaired: boolean;
  /** The network that the frame belongs to, as it was trained. */
  readonly trained: { readonly state: BuilderState; readonly frame: TrialFrame } | undefined;
}

export const SMALL = 5000;
export const DEEP = 20;

const LENET_PARAMETERS = 61_706;

/** Tasks judged from the layers, and from a training that was really made. */
export function builderGoals(state: BuilderState, { repaired, trained }: Visit): Goal[] {
  const { output, totals, steps } = derive(inputOf(state.input).shape, state.layers);
  const own = output !== undefined && knownNetwork(state) === undefined;
  const ten = output?.kind === "vector" && output.size === 10;
  const share = (kind: "dense" | "convolution", what: "parameters" | "products") => {
    const counted = steps.filter((step) => step.state === "joined" && step.layer.kind === kind);
    return counted.reduce((sum, step) => sum + (step.state === "joined" ? step[what] : 0), 0);
  };
  return [
    { id: "repair", label: "거절당한 이음을 제안을 눌러 고치기", done: repaired },
    {
      id: "lenet",
      label: "LeNet-5를 불러와, 32×32 그림을 10갈래로 나누면서 파라미터를 절반 이하로 줄이기",
      done:
        own &&
        ten &&
        state.input === networkOf("lenet-5").input &&
        steps.filter(({ layer }) => layer.kind === "convolution").length >= 2 &&
        totals.parameters <= LENET_PARAMETERS / 2,
    },
    {
      id: "split",
      label: "곱셈은 합성곱에, 파라미터는 완전 연결층에 90% 이상 몰린 신경망을 직접 만들기",
      done:
        own &&
        totals.parameters > 0 &&
        share("convolution", "products") >= 0.9 * totals.products &&
        share("dense", "parameters") >= 0.9 * totals.parameters,
    },
    {
      id: "deep",
      label: `가중치가 있는 층이 ${DEEP}개 이상인 신경망을 직접 만들기`,
      done: own && totals.weightLayers >= DEEP,
    },
    {
      id: "train",
      label: `파라미터 ${SMALL.toLocaleString("ko")}개 이하로 도형 10가지를 90% 이상 맞히기`,
      done: trained !== undefined && shapesLearned(trained.state, trained.frame),
    },
  ];
}

function shapesLearned(state: BuilderState, { parameters, training, outputs }: TrialFrame): boolean {
  return (
    inputOf(state.input).shape.kind === "image" &&
    outputs.length >= 10 &&
    parameters <= SMALL &&
    training !== undefined &&
    training.testCount >= 100 &&
    training.accuracy >= 0.9
  );
}
