import type { Verdict } from "../../learner/record.ts";
import type { ChoiceQuestion, OrderQuestion } from "../question.ts";

export interface SimpleGrade {
  readonly verdict: Verdict;
  readonly feedback: readonly string[];
}

/** Right when exactly the right options are chosen; partly right when some of them and nothing wrong. */
export function gradeChoice({ options, multiple }: ChoiceQuestion, chosen: readonly string[]): SimpleGrade {
  if (chosen.length === 0) return { verdict: "incorrect", feedback: ["답을 골라 주세요."] };
  const wrong = options.filter(({ id, correct }) => chosen.includes(id) && !correct);
  const missed = options.filter(({ id, correct }) => !chosen.includes(id) && correct);
  if (wrong.length === 0 && missed.length === 0) return { verdict: "correct", feedback: ["맞습니다."] };
  if (wrong.length === 0) {
    return { verdict: "partial", feedback: ["고른 것은 모두 맞습니다. 더 있습니다."] };
  }
  return {
    verdict: "incorrect",
    feedback: [multiple ? "맞지 않는 것이 들어 있습니다." : "다시 생각해 보세요."],
  };
}

/** Right in the right order; partly right when only two neighbours stand the wrong way round. */
export function gradeOrder({ steps }: OrderQuestion, order: readonly string[]): SimpleGrade {
  const wanted = steps.map(({ id }) => id);
  const differing = wanted.flatMap((id, at) => (order[at] === id ? [] : [at]));
  if (differing.length === 0 && order.length === wanted.length) {
    return { verdict: "correct", feedback: ["맞습니다."] };
  }
  const [first, second] = differing;
  const swapped =
    differing.length === 2 &&
    second === first! + 1 &&
    order[first!] === wanted[second] &&
    order[second] === wanted[first!];
  if (swapped) return { verdict: "partial", feedback: ["거의 맞습니다. 이웃한 두 단계의 순서만 다릅니다."] };
  return { verdict: "incorrect", feedback: ["다시 생각해 보세요. 무엇이 먼저 있어야 하는지 따져 봅니다."] };
}
