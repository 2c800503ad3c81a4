import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { Evaluation } from "./evaluate.ts";
import { type Score, STREAK } from "./guess.ts";
import { isValue, type Nodes } from "./model.ts";
import { PRESETS } from "./presets.ts";
import type { SoundState } from "./state.ts";

export const SMALL = 0.01;
/** From there on the way down is one. */
const LARGE = 0.1;
const OWN_OPERATIONS = 4;

export interface GraphFacts {
  readonly evaluation: Evaluation;
  readonly score: Score;
  /** The node whose gradient is open. */
  readonly opened: number | undefined;
  /** L before the first step of gradient descent since the last change by hand. */
  readonly lossBefore: number | undefined;
  /** Gradient and central difference of that node disagree. */
  readonly disagreement: boolean;
}

/** The tasks, judged from the graph as it stands and the guesses of this visit. */
export function graphGoals(state: SoundState, facts: GraphFacts): Goal[] {
  const { evaluation, score, opened, lossBefore, disagreement } = facts;
  const loss = evaluation.loss ?? Number.NaN;
  const shares = (opened === undefined ? [] : evaluation.nodes[opened]!.uses).filter(
    ({ share }) => Number.isFinite(share) && share !== 0,
  );
  return [
    {
      id: "guess",
      label: `기울기의 부호를 잇달아 ${STREAK}번 맞히기`,
      done: score.best,
    },
    {
      id: "fork",
      label: "두 길로 갈라지는 값을 열어, 두 몫이 더해지는 것 보기",
      done: shares.length >= 2,
    },
    {
      id: "descend",
      label: `‘가중치 한 걸음 고치기’만으로 L을 ${LARGE} 이상에서 ${SMALL}보다 작게 만들기`,
      done: state.steps > 0 && learns(state.nodes) && (lossBefore ?? 0) >= LARGE && loss >= 0 && loss < SMALL,
    },
    {
      id: "corner",
      label: "역전파와 수치 미분이 어긋나는 값 찾기 (힌트: 꺾인 점)",
      done: disagreement,
    },
    {
      id: "build",
      label: `연산이 ${OWN_OPERATIONS}개 이상이고 가중치가 L까지 이어진 그래프를 직접 만들기`,
      done: isOwn(state.nodes) && reachesLoss(state.nodes, evaluation) && Number.isFinite(loss),
    },
  ];
}

/** There is something to learn and something wanted. */
const learns = (nodes: Nodes) =>
  ["w", "t"].every((role) => nodes.some((node) => isValue(node) && node.role === role));

/** The operations and how they are joined, without the values. */
const structureOf = (nodes: Nodes) => JSON.stringify(nodes.map((node) => (isValue(node) ? node.role : node)));

function isOwn(nodes: Nodes): boolean {
  const structure = structureOf(nodes);
  return !Object.values(PRESETS).some((preset) => structureOf(preset.nodes) === structure);
}

/** So many operations, and a weight, have their part in L. */
function reachesLoss(nodes: Nodes, { nodes: readings }: Evaluation): boolean {
  const takesPart = (i: number) => Number.isFinite(readings[i]!.gradient) && readings[i]!.gradient !== 0;
  const operations = nodes.filter((node, i) => !isValue(node) && takesPart(i));
  return (
    operations.length >= OWN_OPERATIONS &&
    nodes.some((node, i) => isValue(node) && node.role === "w" && takesPart(i))
  );
}
