import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Looked } from "./protocol.ts";
import { type AnatomyState, STEPS, type Step } from "./state.ts";

/** A head looks at the token before from this weight on. */
const STRONG = 0.8;
/** A token so far back is far, and is looked at from this weight on. */
const FAR = 4;
const CLEAR = 0.5;

export interface Judged {
  readonly state: AnatomyState;
  readonly looked: Looked | undefined;
  readonly before: Looked | undefined;
  /** The token that looks. */
  readonly row: number;
  /** Steps opened so far. */
  readonly visited: ReadonlySet<Step>;
}

/** Words that differ between two sentences of equally many. */
function changedWords(a: Looked, b: Looked): number {
  const [one, other] = [a, b].map(({ text }) => text.trim().split(/\s+/)) as [string[], string[]];
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  return one.filter((word, i) => word !== other[i]).length;
}

export function anatomyGoals({ state, looked, before, row, visited }: Judged): Goal[] {
  const part = looked?.anatomy.part;
  const own = part?.weights.subarray(row * part.count, (row + 1) * part.count);
  const most = own ? own.indexOf(Math.max(...own)) : -1;
  const first = looked?.anatomy.next[0]?.token;
  return [
    {
      id: "walk",
      label: `한 머리의 계산 ${STEPS.length}단계를 모두 열어 보기`,
      done: looked !== undefined && STEPS.every((step) => visited.has(step)),
    },
    {
      id: "previous",
      label: "바로 앞 토큰을 80% 넘게 보는 머리 찾기 (세 번째보다 뒤의 토큰에서)",
      done: own !== undefined && row >= 3 && own[row - 1]! > STRONG,
    },
    {
      id: "far",
      label: `${FAR}칸 넘게 떨어진 토큰을 50% 넘게 보는 머리를 골라 찾기 (시작 토큰은 빼고)`,
      done: state.layer >= 0 && own !== undefined && most > 0 && row - most > FAR && own[most]! > CLEAR,
    },
    {
      id: "edit",
      label: "낱말이나 문장 부호 하나만 바꾸어 다음 토큰 1위를 바꾸기",
      done:
        looked !== undefined &&
        before !== undefined &&
        changedWords(looked, before) === 1 &&
        before.anatomy.next[0]?.token !== first,
    },
    {
      id: "off",
      label: "머리 하나만 꺼서 다음 토큰 1위를 바꾸기",
      done:
        state.off.length === 1 &&
        looked?.anatomy.changed?.[0] !== undefined &&
        looked.anatomy.changed[0].token !== first,
    },
  ];
}
