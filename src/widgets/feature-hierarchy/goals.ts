import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Occlusion, Survey } from "./explorer.ts";
import { type HierarchyState, LAYERS } from "./state.ts";
import { classesAmong, PATCHES } from "./survey.ts";

export interface Visit {
  /** Layers whose patches were shown, from 1. */
  readonly seen: ReadonlySet<number>;
  /** The network answered an own drawing or photograph. */
  readonly own: boolean;
  /** Of the picture that is shown. */
  readonly occlusion: Occlusion | undefined;
}

/** Classes among the strongest patches from which on a channel of the last layer counts as mixed. */
export const MIXED = 5;
export const SMALL_COVER = 3;

export function hierarchyGoals(
  state: HierarchyState,
  { seen, own, occlusion }: Visit,
  survey: Survey | undefined,
  labels: ArrayLike<number>,
): Goal[] {
  const chosen = survey?.layers[state.layer - 1]?.channels[state.channel];
  const classes = chosen && chosen.patches.length === PATCHES ? classesAmong(chosen.patches, labels) : [];
  return [
    {
      id: "layers",
      label: `${LAYERS}개 층을 모두 열어, 조각이 커지고 복잡해지는 것 보기`,
      done: seen.size >= LAYERS,
    },
    {
      id: "pure",
      label: `가장 강한 조각 ${PATCHES}장이 모두 한 갈래인 채널 찾기`,
      done: classes.length === 1,
    },
    {
      id: "mixed",
      label: `마지막 층인데도 조각 ${PATCHES}장에 ${MIXED}갈래 이상이 섞인 채널 찾기`,
      done: state.layer === LAYERS && classes.length >= MIXED,
    },
    {
      id: "flip",
      label: `한 변 ${SMALL_COVER}칸짜리 가림막 하나로도 답이 바뀌는 사진 찾기`,
      done:
        occlusion !== undefined &&
        occlusion.size <= SMALL_COVER &&
        occlusion.answers.some((it) => it !== occlusion.answer),
    },
    { id: "own", label: "직접 그린 그림이나 내 사진을 넣어 보기", done: own },
  ];
}
