/** What the buttons do to a graph. */
import {
  connect,
  emptySlot,
  isValue,
  MAX_NODES,
  type Nodes,
  operation,
  type Role,
  removeNode,
  value,
} from "./model.ts";
import type { OperationKind } from "./operations.ts";
import type { GraphState, SoundState } from "./state.ts";

export type Patch = Partial<Pick<GraphState, "nodes" | "output" | "selected" | "steps">>;

/** A further value, selected. `undefined` when the graph is full. */
export function withValue({ nodes }: SoundState, role: Role): Patch | undefined {
  if (nodes.length >= MAX_NODES) return undefined;
  return { nodes: [...nodes, value(role, role === "w" ? 0.5 : 1)], selected: nodes.length };
}

/**
 * A further operation, selected, with the node selected before as its first input. Where L was selected, or there
 * was none, it becomes L. `undefined` when the graph is full.
 */
export function withOperation(state: SoundState, kind: OperationKind): Patch | undefined {
  const { nodes, selected, lossNode } = state;
  if (nodes.length >= MAX_NODES) return undefined;
  const first = selected >= 0 ? selected : undefined;
  return {
    nodes: [...nodes, operation(kind, first)],
    selected: nodes.length,
    output: lossNode === undefined || lossNode === first ? nodes.length : lossNode,
  };
}

/** The graph without the node; L keeps its place or falls to the last operation. */
export function withoutNode({ nodes, lossNode }: SoundState, index: number): Patch {
  const output =
    lossNode === undefined || lossNode === index ? -1 : lossNode > index ? lossNode - 1 : lossNode;
  return { nodes: removeNode(nodes, index), output, selected: -1 };
}

export type Joined = { readonly patch: Patch } | { readonly refusal: string };

/** Joins `source` to the input; says why where it cannot. */
export function joined(
  { nodes }: SoundState,
  names: readonly string[],
  target: number,
  slot: number,
  source: number | undefined,
): Joined {
  const result = connect(nodes, target, slot, source);
  if ("nodes" in result) return { patch: { nodes: result.nodes, selected: target } };
  const refusal =
    source === target
      ? "마디를 자기 자신에게 이을 수는 없습니다. 자기 값을 알아야 자기 값을 계산하게 됩니다."
      : `${names[source!]}의 계산에 ${names[target]}의 값이 이미 쓰입니다. 이으면 고리가 되어, 서로의 값을 기다리느라 아무것도 계산할 수 없습니다.`;
  return { refusal };
}

/** The input of a node that waits to be joined, if any. */
export function waitingSlot(nodes: Nodes, index: number): number | undefined {
  const node = nodes[index];
  return node ? emptySlot(node) : undefined;
}

/** One step of gradient descent: every weight against its gradient. `undefined` where one has none. */
export function descended(
  nodes: Nodes,
  gradientOf: (index: number) => number | undefined,
  rate: number,
): Nodes | undefined {
  const weights = nodes.flatMap((node, i) => (isValue(node) && node.role === "w" ? [i] : []));
  const slopes = new Map(weights.map((i) => [i, gradientOf(i)]));
  if (weights.length === 0 || [...slopes.values()].some((slope) => !Number.isFinite(slope))) return undefined;
  return nodes.map((node, i) =>
    isValue(node) && slopes.has(i) ? { ...node, value: node.value - rate * slopes.get(i)! } : node,
  );
}
