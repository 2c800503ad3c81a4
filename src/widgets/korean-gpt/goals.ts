import type { Goal } from "../../ui/WidgetFrame.tsx";

/** What happened since the page was opened, as the widget noted it. */
export interface Deeds {
  /** A story with an own beginning was written to its end. */
  readonly finishedOwn: boolean;
  /** First sentences written at temperature 0, with the seeds that gave them. */
  readonly cold: readonly { readonly text: string; readonly seeds: readonly number[] }[];
  /** Whether every token of the present sentence was drawn from at most three. */
  readonly narrowSince: boolean | undefined;
  /** A sentence was closed that way. */
  readonly closedNarrow: boolean;
  /** Sentences closed when an unlikely token was last chosen by hand. */
  readonly steeredAt: number | undefined;
  /** A grammatical sentence followed the one with that token. */
  readonly steered: boolean;
  /** A sentence the grammar cannot make, drawn hot. */
  readonly brokenHot: boolean;
}

export const NO_DEEDS: Deeds = {
  finishedOwn: false,
  cold: [],
  narrowSince: undefined,
  closedNarrow: false,
  steeredAt: undefined,
  steered: false,
  brokenHot: false,
};

export const gptGoals = (deeds: Deeds): Goal[] => [
  {
    id: "own",
    label: "내가 지은 첫머리로, ‘이야기 끝’ 토큰이 나올 때까지 쓰게 하기",
    done: deeds.finishedOwn,
  },
  {
    id: "cold",
    label: "온도를 0으로 두고, 씨앗 값 두 개로 같은 첫 문장이 나오는지 보기",
    done: deeds.cold.some(({ seeds }) => seeds.length >= 2),
  },
  {
    id: "narrow",
    label: "top-k나 top-p로 후보를 셋 이하로 줄인 채 문장 하나를 마치게 하기",
    done: deeds.closedNarrow,
  },
  {
    id: "steer",
    label: "확률이 5%도 안 되는 토큰을 골라 준 뒤, 그다음 문장이 다시 문법에 맞는지 보기",
    done: deeds.steered,
  },
  { id: "hot", label: "온도를 1.5 이상으로 올려, 문법에 없는 문장이 나오게 하기", done: deeds.brokenHot },
];
