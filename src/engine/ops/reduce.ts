/** Sums, means and maxima along axes. */
import type { Emitter, Vector } from "../compile/emitter.ts";
import { emitColumns, emitRows } from "../compile/reduce.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, numberAttribute, type Operation } from "../operation.ts";
import { resolveAxis, type Shape, sizeOf, splitAtAxis } from "../shape.ts";
import { divide, multiply, negate, subtract } from "./arithmetic.ts";
import { equal, where } from "./comparison.ts";
import { toIndex } from "./conversion.ts";
import { square } from "./functions.ts";
import { broadcast, reshape } from "./layout.ts";

interface Reduction {
  readonly name: string;
  readonly start: number;
  readonly value: (total: number, next: number) => number;
  readonly emit: (e: Emitter, total: Vector, next: Vector) => Vector;
  readonly emitLanes: (e: Emitter, total: Vector) => Vector;
  readonly gradient?: NonNullable<Operation["gradient"]>;
}

/** A reduction along one axis, which stays with extent 1 so that the result broadcasts back. */
/* @__NO_SIDE_EFFECTS__ */
function reduction(rule: Reduction): Operation {
  const { name, start, value, gradient } = rule;
  return {
    name,
    shape: ([input], attributes) => {
      const axis = resolveAxis(name, numberAttribute(attributes, "axis"), input!);
      return input!.map((extent, i) => (i === axis ? 1 : extent));
    },
    reference: ([input], attributes, shape) => {
      const { outer, extent, inner } = splitAtAxis(input!.shape, numberAttribute(attributes, "axis"));
      const result = new Float64Array(sizeOf(shape)).fill(start);
      for (let o = 0; o < outer; o++) {
        for (let k = 0; k < extent; k++) {
          for (let i = 0; i < inner; i++) {
            const at = o * inner + i;
            result[at] = value(result[at]!, input!.data[(o * extent + k) * inner + i]!);
          }
        }
      }
      return result;
    },
    ...(gradient ? { gradient } : {}),
    kernel: {
      kind: "whole",
      // What is reduced stays in one thread: rows outside the axis, or else columns inside it.
      cut: (_inputs, output) => cutLeading(1, output),
      emit: (e, { inputs, output, attributes }) => {
        const [input] = inputs;
        const axis = numberAttribute(attributes, "axis");
        const pitch = splitAtAxis(input!.whole, axis).inner;
        const view = { ...splitAtAxis(input!.shape, axis), pitch };
        if (pitch === 1) emitRows(e, rule, input!.address, output.address, view.outer, view.extent);
        else emitColumns(e, rule, input!.address, output.address, view);
      },
    },
  };
}

export const sumOperation = reduction({
  name: "sum",
  start: 0,
  value: (total, next) => total + next,
  emit: (e, total, next) => e.add(total, next),
  emitLanes: (e, total) => e.sumLanes(total),
  gradient: (node, upstream) => [broadcast(upstream, node.inputs[0]!.shape)],
});

/** The largest element; where several are equal the gradient is shared among them. */
export const maxOperation = reduction({
  name: "max",
  start: Number.NEGATIVE_INFINITY,
  value: (total, next) => Math.max(total, next),
  emit: (e, total, next) => e.max(total, next),
  emitLanes: (e, total) => e.maxLanes(total),
  gradient: (node, upstream) => {
    const isLargest = equal(node.inputs[0]!, node);
    const count = sum(isLargest, [numberAttribute(node.attributes, "axis")], true);
    return [multiply(isLargest, divide(upstream, count))];
  },
});

/** Sum along `axes` (all when left out); the axes stay with extent 1 when `keep` is set. */
export function sum(x: Tensor, axes?: readonly number[], keep = false): Tensor {
  if (axes === undefined) {
    const flat = reshape(x, [sizeOf(x.shape)]);
    const total = sizeOf(x.shape) === 1 ? flat : x.graph.apply(sumOperation, [flat], { axis: 0 });
    return reshape(total, keep ? x.shape.map(() => 1) : []);
  }
  const resolved = axes.map((axis) => resolveAxis("sum", axis, x.shape));
  let result = x;
  for (const axis of resolved) {
    if (result.shape[axis] !== 1) result = x.graph.apply(sumOperation, [result], { axis });
  }
  return keep
    ? result
    : reshape(
        result,
        x.shape.filter((_, axis) => !resolved.includes(axis)),
      );
}

/** Arithmetic mean along `axes` (all when left out). */
export function mean(x: Tensor, axes?: readonly number[], keep = false): Tensor {
  const total = sum(x, axes, keep);
  return multiply(total, sizeOf(total.shape) / sizeOf(x.shape));
}

/** Largest element along one axis, which stays with extent 1. */
export function max(x: Tensor, axis: number): Tensor {
  return x.graph.apply(maxOperation, [x], { axis: resolveAxis("max", axis, x.shape) });
}

/** Smallest element along one axis, which stays with extent 1. */
export const min = (x: Tensor, axis: number): Tensor => negate(max(negate(x), axis));

/** Mean of the squared deviations from the mean along `axes` (all when left out): divided by n, not n − 1. */
export function variance(x: Tensor, axes?: readonly number[], keep = false): Tensor {
  const all = axes ?? x.shape.map((_, axis) => axis);
  return mean(square(subtract(x, mean(x, all, true))), all, keep);
}

/** Index (`i32`) of the largest element along one axis, the first of several; the axis is left out. */
export function argmax(x: Tensor, axis: number): Tensor {
  const resolved = resolveAxis("argmax", axis, x.shape);
  const extent = x.shape[resolved]!;
  const along = x.shape.slice(resolved).map((_, i) => (i === 0 ? extent : 1));
  const indices = x.graph.constant(
    Array.from({ length: extent }, (_, i) => i),
    along,
  );
  const first = min(where(equal(x, max(x, resolved)), indices, extent), resolved);
  return toIndex(
    reshape(
      first,
      x.shape.filter((_, i) => i !== resolved),
    ),
  );
}

/** Sums a tensor back to a shape that was broadcast to it: the gradient of broadcasting. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const missing = x.shape.length - shape.length;
  const axes = x.shape.flatMap((extent, axis) =>
    axis < missing || (shape[axis - missing] === 1 && extent !== 1) ? [axis] : [],
  );
  if (axes.length === x.shape.length) return reshape(sum(x), shape);
  return reshape(sum(x, axes, true), shape);
}
