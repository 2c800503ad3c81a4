import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { WidgetState } from "../../ui/use-widget-state.ts";
import { descended, joined, type Patch } from "./edit.ts";
import { centralDifference, type Difference, disagrees, type Evaluation, evaluate } from "./evaluate.ts";
import type { GraphFacts } from "./goals.ts";
import { backwardOrder, caseOf, NO_SCORE, type Sign, scored, signOf } from "./guess.ts";
import { MAX_NODES, namesOf } from "./model.ts";
import type { GraphState, SoundState } from "./state.ts";
import { overflowText, spokenParticle } from "./text.ts";

export interface Connecting {
  readonly target: number;
  readonly slot: number;
}

/** What is derived from the graph, and what the learner does to it. */
export function useGraph(state: SoundState, set: WidgetState<GraphState>["set"]) {
  const { nodes, lossNode, selected } = state;
  const names = namesOf(nodes, lossNode);
  const key = caseOf(nodes, lossNode);
  const evaluation = useMemo(() => evaluate(nodes, lossNode), [key]);
  const opening = useOpening(state, evaluation, key);
  const [connecting, setConnecting] = useState<Connecting>();
  const [message, setMessage] = useState<string>();
  const before = useRef<number>(undefined);
  if (state.steps === 0) before.current = evaluation.loss;

  const chosen = selected >= 0 ? selected : undefined;
  const open = chosen !== undefined && opening.isOpen(chosen);
  const difference = useMemo(
    () => (open ? finite(centralDifference(nodes, lossNode, chosen)) : undefined),
    [key, open, chosen],
  );

  /** A change by hand; another structure hides the gradients again. */
  const edit = (patch: Patch, structure = false) => {
    setMessage(undefined);
    if (structure) opening.close();
    set({ steps: 0, ...patch });
  };
  const join = (target: number, slot: number, source: number | undefined) => {
    const result = joined(state, names, target, slot, source);
    if ("refusal" in result) setMessage(result.refusal);
    else edit(result.patch, true);
  };
  const tap = (index: number) => {
    if (connecting) {
      setConnecting(undefined);
      join(connecting.target, connecting.slot, index);
      return;
    }
    setMessage(undefined);
    set({ selected: index === selected ? -1 : index });
  };
  const backward = () => {
    const next = nextBackward(backwardOrder(evaluation), opening.isOpen, selected);
    setMessage(next === undefined ? "L에 값이 있어야 책임을 거슬러 갈 수 있습니다." : undefined);
    if (next !== undefined) set({ selected: next });
  };
  const descend = () => {
    const next = descended(nodes, (i) => evaluation.nodes[i]!.gradient, Number(state.rate));
    if (!next) {
      setMessage("고칠 가중치가 없거나, 기울기를 구할 수 없는 가중치가 있습니다.");
      return;
    }
    const loss = evaluate(next, lossNode).loss;
    set({ nodes: next, steps: state.steps + 1 });
    setMessage(descentText(evaluation.loss, loss));
  };
  const facts: GraphFacts = {
    evaluation,
    score: opening.score,
    opened: open ? chosen : undefined,
    lossBefore: before.current,
    disagreement: chosen !== undefined && disagrees(evaluation.nodes[chosen]?.gradient, difference),
  };
  return {
    ...{ names, evaluation, opening, connecting, message, chosen, open, difference, facts },
    ...{ edit, join, tap, backward, descend, setConnecting },
    full: nodes.length >= MAX_NODES,
    overflow: overflowText(state, names, evaluation),
  };
}

const finite = (difference: Difference | undefined) =>
  difference && Number.isFinite(difference.slope) ? difference : undefined;

function descentText(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return "";
  if (!Number.isFinite(after))
    return "한 걸음이 너무 커서 L을 적을 수 없게 되었습니다. 학습률을 줄여 보세요.";
  if (after > before) return "L이 오히려 커졌습니다. 보폭이 너무 큽니다. 학습률을 줄여 보세요.";
  if (after === before) return "L이 그대로입니다. 가중치의 기울기가 모두 0입니다.";
  return "모든 가중치를 기울기의 반대쪽으로 조금 옮겼습니다. L이 작아졌습니다.";
}

/** The next node on the way back whose gradient is hidden, or else the one after the selected. */
function nextBackward(
  order: readonly number[],
  isOpen: (index: number) => boolean,
  selected: number,
): number | undefined {
  const hidden = order.find((i) => !isOpen(i));
  return hidden ?? order[(order.indexOf(selected) + 1) % Math.max(1, order.length)];
}

/** Which gradients may be seen, and the guesses made before. */
function useOpening(state: SoundState, evaluation: Evaluation, key: string) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [score, setScore] = useState(NO_SCORE);
  const [verdict, setVerdict] = useState<{ index: number; text: string; right: boolean }>();
  const isOpen = (index: number) => state.mode === "all" || index === state.lossNode || opened.has(index);
  /** Gradients that were on the screen; neither a reset nor hiding them makes them unseen. */
  const seen = useRef(new Set<string>());
  useEffect(() => {
    state.nodes.forEach((_, i) => {
      if (isOpen(i)) seen.current.add(`${key} ${i}`);
    });
  }, [key, opened, state.mode]);
  const guess = (index: number, sign: Sign, name: string) => {
    const gradient = evaluation.nodes[index]!.gradient;
    if (gradient === undefined) return;
    const truth = signOf(gradient);
    const counts = !seen.current.has(`${key} ${index}`);
    if (counts) setScore((current) => scored(current, sign, truth));
    // The formulas name the gradients of what it goes into.
    const consumers = evaluation.nodes[index]!.uses.map(({ consumer }) => consumer);
    setOpened((current) => new Set([...current, index, ...consumers]));
    setVerdict({ index, right: sign === truth, text: verdictText(name, sign === truth, truth, counts) });
  };
  return {
    isOpen,
    score,
    verdict,
    guess,
    /** Hides every gradient again. */
    close: () => {
      setOpened(new Set());
      setVerdict(undefined);
    },
  };
}

function verdictText(name: string, right: boolean, truth: Sign, counts: boolean): string {
  const what = { up: "L도 커집니다", down: "L은 작아집니다", none: "L은 그대로입니다" }[truth];
  const note = counts ? "" : " 이미 기울기를 본 값이라 횟수에 넣지 않습니다.";
  return `${right ? "맞았습니다." : "짐작과 달랐습니다."} ${name}${spokenParticle(name, "을/를")} 조금 키우면 ${what}.${note}`;
}
