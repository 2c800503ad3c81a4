import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { KINDS, Tested, TranslatorFrame } from "./experiment.ts";
import type { Question } from "./question.ts";
import type { TranslatorState } from "./state.ts";

const STRONG = 0.5;

/** Share of held-out numbers of this length right in the direction that did worse; 0 before both are tested. */
export function worstOf(tested: readonly Tested[], digits: number): number {
  const shares = tested
    .filter((one) => one.kind === "attention" && one.digits === digits)
    .map(({ share }) => share);
  return shares.length < 2 ? 0 : Math.min(...shares);
}

export function translatorGoals(
  state: TranslatorState,
  question: Question,
  frame: TranslatorFrame | undefined,
  fromScratch: boolean,
): Goal[] {
  const asked = question.problem === undefined && frame?.source === question.source ? question : undefined;
  const truth = asked?.truth;
  const isRight = (kind: (typeof KINDS)[number]) =>
    truth !== undefined && frame?.answers[kind].output === truth;
  const weight = frame?.answers.attention.attention[state.target]?.[state.source] ?? 0;
  const size = asked?.direction === "write" ? (truth?.length ?? 0) : (asked?.source.length ?? 0);
  return [
    {
      id: "align",
      label: "다섯 자리 이상의 수를 바르게 옮기고, 0.5 이상을 가져온 칸을 눌러 어디를 보고 썼는지 확인하기",
      done: isRight("attention") && size >= 5 && weight >= STRONG,
    },
    {
      id: "apart",
      label: "어텐션이 있으면 맞히고 없으면 틀리는 수 찾기",
      done: isRight("attention") && !isRight("plain"),
    },
    {
      id: "long",
      label: "훈련한 것보다 긴 수를 넣어, 어텐션이 있어도 틀리는 것을 보기",
      done:
        truth !== undefined &&
        frame !== undefined &&
        frame.trainedTo > 0 &&
        size > frame.trainedTo &&
        !isRight("attention"),
    },
    {
      id: "mend",
      label: "여덟 자리까지 더 훈련해서, 여덟 자리 수를 양쪽 방향 모두 90% 이상 맞히게 하기",
      done: frame !== undefined && frame.steps > 0 && worstOf(frame.tested, 8) >= 0.9,
    },
    {
      id: "scratch",
      label: "처음부터 훈련해서, 처음 보는 네 자리 수를 양쪽 방향 모두 95% 이상 맞히게 하기",
      done: fromScratch && frame !== undefined && worstOf(frame.tested, 4) >= 0.95,
    },
  ];
}
