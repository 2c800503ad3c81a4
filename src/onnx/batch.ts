/**
 * Whether a graph computes the same for every batch size. Shapes are fixed in our graphs; a file may leave the
 * batch open when every operation on the way keeps the samples apart.
 */
import { isLeaf, type Tensor } from "../engine/graph.ts";
import { listAttribute, numberAttribute } from "../engine/operation.ts";
import { sizeOf } from "../engine/shape.ts";

/** The axis along which the samples lie, each taking `factor` neighbouring indices: extent = batch · factor. */
export interface BatchAxis {
  readonly axis: number;
  readonly factor: number;
}

/**
 * Where the samples lie in a node's result, given where they lie in its inputs (at least one has them).
 * `undefined`: the operation mixes samples, or depends on their number.
 */
export type BatchRule = (
  node: Tensor,
  inputs: readonly (BatchAxis | undefined)[],
  batch: number,
) => BatchAxis | undefined;

export type BatchAxes =
  | { readonly dynamic: true; readonly axes: ReadonlyMap<Tensor, BatchAxis> }
  /** The operation that stands in the way, or why the inputs do. */
  | { readonly dynamic: false; readonly reason: string };

/**
 * Follows axis 0 of the given inputs through the graph.
 * @param nodes in topological order.
 */
export function findBatchAxes(
  nodes: readonly Tensor[],
  inputs: ReadonlySet<Tensor>,
  ruleOf: (node: Tensor) => BatchRule | undefined,
): BatchAxes {
  const batches = new Set([...inputs].filter(({ shape }) => shape.length > 0).map(({ shape }) => shape[0]!));
  const [batch] = batches;
  if (batches.size !== 1 || batch === undefined) {
    return { dynamic: false, reason: "the inputs do not share the extent of their first axis" };
  }
  // With one sample a sum over the batch, or an axis of 1 that is no batch, cannot be told from the real thing.
  if (batch === 1) return { dynamic: false, reason: "the graph was built for a batch of 1" };
  const axes = new Map<Tensor, BatchAxis>();
  for (const node of nodes) {
    if (inputs.has(node)) {
      if (node.shape.length > 0) axes.set(node, { axis: 0, factor: 1 });
      continue;
    }
    const known = node.inputs.map((input) => axes.get(input));
    if (isLeaf(node) || known.every((axis) => axis === undefined)) continue;
    const axis = (ruleOf(node) ?? mixes)(node, known, batch);
    if (!axis) return { dynamic: false, reason: `${node.graph.nameOf(node)} (${node.operation.name})` };
    axes.set(node, axis);
  }
  return { dynamic: true, axes };
}

const mixes: BatchRule = () => undefined;

/** Broadcasting element by element: all inputs that have samples have them in the same place. */
export const elementwiseBatch: BatchRule = (node, inputs) => {
  const rank = node.shape.length;
  let found: BatchAxis | undefined;
  for (const [i, known] of inputs.entries()) {
    if (!known) continue;
    const axis = known.axis + rank - node.inputs[i]!.shape.length;
    if (found && (found.axis !== axis || found.factor !== known.factor)) return undefined;
    found = { axis, factor: known.factor };
  }
  const fits = node.inputs.every(({ shape }, i) => {
    const extent = shape[shape.length - rank + found!.axis];
    return inputs[i] !== undefined || extent === undefined || extent === 1;
  });
  return fits ? found : undefined;
};

/** The axis stays where it is, unless it is among those the operation works along. */
export const keptUnless =
  (worksAlong: (node: Tensor) => readonly number[]): BatchRule =>
  (node, [known, ...others]) =>
    known && others.every((other) => other === undefined) && !worksAlong(node).includes(known.axis)
      ? known
      : undefined;

export const alongAxisAttribute = keptUnless(({ attributes }) => [numberAttribute(attributes, "axis")]);
export const alongLastAxis = keptUnless(({ shape }) => [shape.length - 1]);

/** Elements keep their order, so the samples must begin where the same number of elements stands before. */
export const reshapeBatch: BatchRule = ({ inputs: [input], attributes }, [known], batch) => {
  const outer = sizeOf(input!.shape.slice(0, known!.axis));
  const target = listAttribute(attributes, "shape");
  const axis = target.findIndex(
    (extent, at) => sizeOf(target.slice(0, at)) === outer && extent % batch === 0,
  );
  return axis < 0 ? undefined : { axis, factor: target[axis]! / batch };
};

/** Rows picked by the samples' indices, or columns of rows that all samples share. */
export const gatherBatch: BatchRule = ({ inputs: [, indices] }, [table, picked]) => {
  if (!table) return picked;
  if (picked || table.axis === 0) return undefined;
  return { axis: table.axis + indices!.shape.length - 1, factor: table.factor };
};

/** Rows of the left factor, columns of the right one, or a leading axis of both. */
export const matmulBatch: BatchRule = ({ inputs: [a, b], attributes, shape }, [left, right]) => {
  const rank = shape.length;
  const fromRight = (known: BatchAxis | undefined, tensor: Tensor) =>
    known && tensor.shape.length - known.axis;
  const place = (back: number | undefined, transposed: boolean) =>
    back !== undefined && back <= 2 && transposed ? 3 - back : back;
  const backA = place(fromRight(left, a!), attributes["transposeA"] === true);
  const backB = place(fromRight(right, b!), attributes["transposeB"] === true);
  if (left && right) {
    const together = backA === backB && backA! > 2 && left.factor === right.factor;
    return together ? { axis: rank - backA!, factor: left.factor } : undefined;
  }
  if (left && backA !== 1) {
    const alone = backA === 2 || (b!.shape[b!.shape.length - backA!] ?? 1) === 1;
    return alone ? { axis: rank - backA!, factor: left.factor } : undefined;
  }
  if (right && backB !== 2) {
    const alone = backB === 1 || (a!.shape[a!.shape.length - backB!] ?? 1) === 1;
    return alone ? { axis: rank - backB!, factor: right.factor } : undefined;
  }
  return undefined;
};

/** Axis `i` of the result is axis `axes[i]` of the input. */
export const transposeBatch: BatchRule = ({ attributes }, [known]) => {
  const axis = listAttribute(attributes, "axes").indexOf(known!.axis);
  return { axis, factor: known!.factor };
};

/** A part keeps all samples, or a larger tensor has no others. */
export const partBatch: BatchRule = ({ attributes, shape, inputs: [input] }, [known]) => {
  const [start, step] = ["start", "step"].map((name) => listAttribute(attributes, name)[known!.axis]);
  return start === 0 && step === 1 && shape[known!.axis] === input!.shape[known!.axis] ? known : undefined;
};

/** All tensors have the samples along one axis, and are joined along another. */
export const concatBatch: BatchRule = ({ attributes }, inputs) => {
  const [first] = inputs;
  const agree = inputs.every((known) => known && known.axis === first?.axis && known.factor === first.factor);
  return agree && first?.axis !== numberAttribute(attributes, "axis") ? first : undefined;
};

/** Broadcasting, but along the last axes of the result samples would mix. */
export const elementwiseUnlessLast =
  (count: number): BatchRule =>
  (node, inputs, batch) => {
    const found = elementwiseBatch(node, inputs, batch);
    return found && found.axis < node.shape.length - count ? found : undefined;
  };
