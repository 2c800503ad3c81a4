/**
 * Groups the nodes of an entry into steps. A chain of elementwise operations over one shape becomes a single
 * loop: its inner values live in registers and are never written to memory.
 */
import { isLeaf, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";

/** A unit of execution: one whole kernel, or a fused elementwise chain. */
export interface Step {
  /** The node whose value the step writes. */
  readonly root: Tensor;
  /** Nodes computed in the step, in topological order; the last is `root`. */
  readonly members: readonly Tensor[];
  /** Tensors the step reads from memory. */
  readonly reads: readonly Tensor[];
}

/** Follows reshapes to the tensor whose bytes are meant. */
export function storageOf(tensor: Tensor): Tensor {
  let current = tensor;
  while (current.operation.kernel?.kind === "alias") current = current.inputs[0]!;
  return current;
}

/**
 * @param nodes every node the entry needs, in topological order, leaves included.
 * @param kept tensors that must stand in memory after the step that computes them.
 * @throws Error naming an operation without a kernel.
 */
export function fuse(nodes: readonly Tensor[], kept: ReadonlySet<Tensor>): Step[] {
  const consumers = consumersOf(nodes);
  const rootOf = new Map<Tensor, Tensor>();
  for (const node of [...nodes].reverse()) {
    if (isLeaf(node)) continue;
    const kind = node.operation.kernel?.kind;
    if (kind === undefined) throw new Error(`operation “${node.operation.name}” cannot be compiled`);
    if (kind === "alias") continue;
    rootOf.set(
      node,
      (kind === "elementwise" && !kept.has(node) && commonRoot(node, consumers, rootOf)) || node,
    );
  }
  const members = new Map<Tensor, Tensor[]>();
  for (const node of nodes) {
    const root = rootOf.get(node);
    if (!root) continue;
    const group = members.get(root);
    if (group) group.push(node);
    else members.set(root, [node]);
  }
  return [...members.entries()]
    .sort(([a], [b]) => a.id - b.id)
    .map(([root, group]) => ({ root, members: group, reads: readsOf(group) }));
}

function consumersOf(nodes: readonly Tensor[]): Map<Tensor, Tensor[]> {
  const consumers = new Map<Tensor, Tensor[]>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      const known = consumers.get(input);
      if (known) known.push(node);
      else consumers.set(input, [node]);
    }
  }
  return consumers;
}

/** The chain all consumers belong to, when the node can be computed inside it. */
function commonRoot(
  node: Tensor,
  consumers: ReadonlyMap<Tensor, readonly Tensor[]>,
  rootOf: ReadonlyMap<Tensor, Tensor>,
): Tensor | undefined {
  const users = consumers.get(node) ?? [];
  const roots = new Set(users.map((user) => rootOf.get(user)));
  const [root] = roots;
  if (roots.size !== 1 || root?.operation.kernel?.kind !== "elementwise") return undefined;
  return sameShape(node.shape, root.shape) ? root : undefined;
}

function readsOf(group: readonly Tensor[]): Tensor[] {
  const inside = new Set(group);
  return [...new Set(group.flatMap(({ inputs }) => inputs).filter((input) => !inside.has(input)))];
}
