/** Reverse-mode differentiation as a transformation of the graph: the gradients are further nodes of it. */
import { ancestors, type Tensor } from "./graph.ts";
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
  const one = broadcast(loss.graph.constant(1), loss.shape);
  return propagate(ancestors([loss]), loss, one, wrt);
}

/**
 * ∂L/∂input for the `inputs` of an expression, given ∂L/∂output: the derivative of the expression alone. How the
 * inputs depend on each other is left out, so an operation's gradient may be written by it.
 */
export function backward(output: Tensor, upstream: Tensor, inputs: readonly Tensor[]): Tensor[] {
  const found = new Set<Tensor>(inputs);
  const nodes: Tensor[] = [];
  const visit = (tensor: Tensor) => {
    if (found.has(tensor)) return;
    found.add(tensor);
    tensor.inputs.forEach(visit);
    nodes.push(tensor);
  };
  visit(output);
  return propagate(nodes, output, upstream, inputs);
}

/** @param nodes the expression in topological order. */
function propagate(
  nodes: readonly Tensor[],
  output: Tensor,
  start: Tensor,
  wrt: readonly Tensor[],
): Tensor[] {
  const needed = dependents(nodes, wrt);
  const upstream = new Map<Tensor, Tensor>([[output, start]]);
  for (const node of [...nodes].reverse()) {
    const gradient = upstream.get(node);
    // What only leads up to a tensor that is asked for is not on the way, whatever it is made of.
    if (!gradient || !node.inputs.some((input) => needed.has(input))) continue;
    if (!node.operation.gradient) throw new Error(`operation “${node.operation.name}” has no derivative`);
    const toInputs = node.operation.gradient(node, gradient);
    node.inputs.forEach((input, i) => {
      const toInput = toInputs[i];
      if (!toInput || !needed.has(input)) return;
      const known = upstream.get(input);
      upstream.set(input, known ? add(known, toInput) : toInput);
    });
  }
  return wrt.map((tensor) => upstream.get(tensor) ?? broadcast(tensor.graph.constant(0), tensor.shape));
}

/** Nodes through which a change of one of `sources` reaches the loss. */
function dependents(nodes: readonly Tensor[], sources: readonly Tensor[]): Set<Tensor> {
  const found = new Set<Tensor>(sources);
  for (const node of nodes) if (node.inputs.some((input) => found.has(input))) found.add(node);
  return found;
}
