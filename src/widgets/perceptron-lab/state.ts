import {
  type Codec,
  choice,
  defineState,
  integer,
  list,
  number,
  type StateOf,
} from "../../ui/state-codec.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import { GATES, type GateId, HIGH, LOW, separableExamples } from "./examples.ts";
import type { Learning } from "./learning.ts";
import { countRight, type Example } from "./model.ts";

/** Sliders end here, drags too. */
export const LIMIT = 4;
export const MAX_POINTS = 60;
export const RATES = ["0.1", "0.5", "1"] as const;

/** Own points as `x.y.class`, coordinates in hundredths. */
const point: Codec<Example> = {
  fallback: { x1: 0, x2: 0, target: 1 },
  encode: ({ x1, x2, target }) => `${Math.round(x1 * 100)}.${Math.round(x2 * 100)}.${target}`,
  decode: (text) => {
    const match = /^(-?\d{1,3})\.(-?\d{1,3})\.([01])$/.exec(text);
    if (!match) return undefined;
    const [x1, x2] = [Number(match[1]) / 100, Number(match[2]) / 100];
    if (Math.min(x1, x2) < LOW || Math.max(x1, x2) > HIGH) return undefined;
    return { x1, x2, target: match[3] === "1" ? 1 : 0 };
  },
};

const weight = (fallback: number) => number({ fallback, min: -LIMIT, max: LIMIT, digits: 2 });

export const perceptronState = defineState(1, {
  mode: choice(["hand", "rule"], "hand"),
  task: choice(["and", "or", "nand", "xor", "points", "own"], "or"),
  w1: weight(1),
  w2: weight(0.5),
  b: weight(-0.8),
  activation: choice(["step", "sigmoid", "tanh", "relu", "linear"], "step"),
  rate: choice(RATES, "0.5"),
  points: list(point, { fallback: [], max: MAX_POINTS }),
  seed: integer({ fallback: 3, min: 1, max: 9999 }),
  /** Index of the example whose numbers stand in the formula. */
  chosen: integer({ fallback: 3, min: 0, max: MAX_POINTS }),
});

export type PerceptronState = StateOf<{
  [K in keyof typeof perceptronState.defaults]: Codec<(typeof perceptronState.defaults)[K]>;
}>;

const PRESETS: Readonly<Record<string, Partial<PerceptronState>>> = {
  line: { task: "points", activation: "sigmoid", w1: 1, w2: 0.5, b: -0.8 },
  gates: { task: "or", w1: -0.8, w2: 1, b: -0.4 },
  rule: { mode: "rule", task: "and", w1: 0, w2: 0, b: 0, rate: "0.5" },
};

export const presetState = (name: string | undefined): Partial<PerceptronState> =>
  name !== undefined && Object.hasOwn(PRESETS, name) ? PRESETS[name]! : PRESETS["gates"]!;

export const isGate = (task: PerceptronState["task"]): task is GateId => Object.hasOwn(GATES, task);

export function examplesOf({
  task,
  points,
  seed,
}: Pick<PerceptronState, "task" | "points" | "seed">): readonly Example[] {
  if (isGate(task)) return GATES[task];
  return task === "own" ? points : separableExamples(seed);
}

/** Tasks judged from the settings and the run of the rule. */
export function perceptronGoals(state: PerceptronState, run: Learning): Goal[] {
  const examples = examplesOf(state);
  const right = countRight(state, examples);
  const byHand = (task: GateId) => state.mode === "hand" && state.task === task && right === 4;
  const byRule = state.mode === "rule" && run.steps > 0;
  const both = examples.some(({ target }) => target === 0) && examples.some(({ target }) => target === 1);
  return [
    { id: "and", label: "손으로 AND의 네 줄을 모두 맞히기", done: byHand("and") },
    { id: "or", label: "손으로 OR의 네 줄을 모두 맞히기", done: byHand("or") },
    { id: "nand", label: "손으로 NAND의 네 줄을 모두 맞히기", done: byHand("nand") },
    {
      id: "xor-three",
      label: "손으로 XOR에서 세 줄까지 맞히기 (네 줄은 불가능합니다)",
      done: state.mode === "hand" && state.task === "xor" && right === 3,
    },
    {
      id: "converge",
      label: "학습 규칙으로 흩어진 점을 모두 가르기",
      done:
        byRule &&
        (state.task === "points" || (state.task === "own" && both && examples.length >= 4)) &&
        run.outcome.kind === "converged",
    },
    {
      id: "cycle",
      label: "XOR에서 학습 규칙이 제자리로 돌아오는 것 확인하기",
      done: byRule && state.task === "xor" && run.outcome.kind === "cycle",
    },
  ];
}
