/**
 * The readable executor: walks the graph node by node with each operation's reference implementation. Slow,
 * exact (double precision), and the oracle of the compiler's tests.
 */
import { ancestors, isLeaf, type Tensor } from "./graph.ts";
import { sizeOf } from "./shape.ts";

export interface InterpretOptions {
  /** Rounds every value, e.g. `Math.fround` to see where 32-bit floats overflow. */
  readonly round?: (value: number) => number;
  /** Sees every node's value as it is computed; returning `false` stops the walk. */
  readonly visit?: (node: Tensor, values: Float64Array) => boolean | undefined;
}

/**
 * Computes the tensors and everything they depend on.
 * @param leaves values of inputs, parameters and states; a state left out has its initial values, and
 *   constants their own.
 * @returns the value of every node computed.
 * @throws Error when a leaf has no value, or one of the wrong size.
 */
export function interpret(
  tensors: readonly Tensor[],
  leaves: ReadonlyMap<Tensor, ArrayLike<number>>,
  { round, visit }: InterpretOptions = {},
): Map<Tensor, Float64Array> {
  const values = new Map<Tensor, Float64Array>();
  for (const node of ancestors(tensors)) {
    const value = isLeaf(node) ? leafValue(node, leaves) : apply(node, values);
    const result = round && node.type === "f32" ? value.map(round) : value;
    values.set(node, result);
    if (visit?.(node, result) === false) break;
  }
  return values;
}

function leafValue(leaf: Tensor, leaves: ReadonlyMap<Tensor, ArrayLike<number>>): Float64Array {
  const given = leaves.get(leaf) ?? leaf.values;
  const name = leaf.graph.nameOf(leaf);
  if (!given) throw new Error(`${name} has no value`);
  if (given.length !== sizeOf(leaf.shape)) {
    throw new RangeError(`${name}: ${given.length} values for a tensor of ${sizeOf(leaf.shape)}`);
  }
  return Float64Array.from(given);
}

function apply(node: Tensor, values: ReadonlyMap<Tensor, Float64Array>): Float64Array {
  const inputs = node.inputs.map((input) => ({ data: values.get(input)!, shape: input.shape }));
  return node.operation.reference(inputs, node.attributes, node.shape);
}

/** The first node, in the order of computation, with a value that is infinite or not a number. */
export function firstNonFinite(
  tensors: readonly Tensor[],
  leaves: ReadonlyMap<Tensor, ArrayLike<number>>,
): Tensor | undefined {
  let found: Tensor | undefined;
  interpret(tensors, leaves, {
    round: Math.fround,
    visit: (node, values) => {
      if (values.every(Number.isFinite)) return true;
      found = node;
      return false;
    },
  });
  return found;
}
