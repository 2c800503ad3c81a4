/** Reverse-mode differentiation as a transformation of the graph: the gradients are further nodes of it. */
import { ancestors, isLeaf, type Tensor } from "./graph.ts";
import { add } from "./ops/arithmetic.ts";
import { broadcast } from "./ops/layout.ts";
import { sizeOf } from "./shape.ts";

/**
 * ∂loss/∂tensor for every tensor asked for, each of that tensor's shape. A tensor the loss does not depend on
 * gets zeros.
 * @throws Error when `loss` is no scalar, or an operation on the way has no derivative (naming it).
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1) throw new Error("gradients: the loss must be a scalar");
  const { graph } = loss;
  const nodes = ancestors([loss]);
  const needed = dependents(nodes, wrt);
  const upstream = new Map<Tensor, Tensor>([[loss, broadcast(graph.constant(1), loss.shape)]]);
  for (const node of nodes.reverse()) {
    const gradient = upstream.get(node);
    if (!gradient || isLeaf(node)) continue;
    if (!node.operation.gradient) throw new Error(`operation “${node.operation.name}” has no derivative`);
    const toInputs = node.operation.gradient(node, gradient);
    node.inputs.forEach((input, i) => {
      const toInput = toInputs[i];
      if (!toInput || !needed.has(input)) return;
      const known = upstream.get(input);
      upstream.set(input, known ? add(known, toInput) : toInput);
    });
  }
  return wrt.map((tensor) => upstream.get(tensor) ?? broadcast(graph.constant(0), tensor.shape));
}

/** Nodes through which a change of one of `sources` reaches the loss. */
function dependents(nodes: readonly Tensor[], sources: readonly Tensor[]): Set<Tensor> {
  const found = new Set<Tensor>(sources);
  for (const node of nodes) if (node.inputs.some((input) => found.has(input))) found.add(node);
  return found;
}
