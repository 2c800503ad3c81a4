/** Softmax and its logarithm over the last axis. */
import type { Emitter, Vector } from "../compile/emitter.ts";
import { beyond, forEach, lanesAt, place, vectorsFor } from "../compile/loops.ts";
import { emitRow, type ReductionRule } from "../compile/reduce.ts";
import { emitExp, emitLog } from "../compile/vector-math.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, type KernelContext, type Operation, type Value } from "../operation.ts";
import { ShapeError } from "../shape.ts";
import { multiply, subtract } from "./arithmetic.ts";
import { exp } from "./functions.ts";
import { sum } from "./reduce.ts";

const LARGEST: ReductionRule = {
  start: Number.NEGATIVE_INFINITY,
  emit: (e, total, next) => e.max(total, next),
  emitLanes: (e, total) => e.maxLanes(total),
};
const TOTAL: ReductionRule = {
  start: 0,
  emit: (e, total, next) => e.add(total, next),
  emitLanes: (e, total) => e.sumLanes(total),
};

const UNROLLED_VECTORS = 32;

/** Writes `finish(x − max, Σ exp(x − max))` for every element of every row. */
function emitNormalized(
  e: Emitter,
  { inputs, output }: KernelContext,
  prepare: (total: Vector) => Vector,
  finish: (shifted: Vector, prepared: Vector) => Vector,
): void {
  const extent = output.shape.at(-1)!;
  const rows = output.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  forEach(e, { end: rows, unroll: rows * vectorsFor(extent) <= UNROLLED_VECTORS }, (row) => {
    const source = place(e, inputs[0]!.address, [row, extent * 4]);
    const target = place(e, output.address, [row, extent * 4]);
    const largest = emitRow(e, LARGEST, source, extent);
    const prepared = prepare(emitRow(e, TOTAL, source, extent, (x) => emitExp(e, e.subtract(x, largest))));
    for (let vector = 0; vector < vectorsFor(extent); vector++) {
      e.scope(() => {
        const shifted = e.subtract(e.load(beyond(source, vector * 16)), largest);
        e.store(beyond(target, vector * 16), finish(shifted, prepared), lanesAt(vector * 4, extent));
      });
    }
  });
}

function rowsOf({ data, shape }: Value, map: (row: Float64Array) => Float64Array): Float64Array {
  const extent = shape.at(-1)!;
  const result = new Float64Array(data.length);
  for (let start = 0; start < data.length; start += extent) {
    result.set(map(data.subarray(start, start + extent)), start);
  }
  return result;
}

function logSumExp(row: Float64Array): number {
  const largest = Math.max(...row);
  return largest + Math.log(row.reduce((total, x) => total + Math.exp(x - largest), 0));
}

export const softmaxOperation: Operation = {
  name: "softmax",
  shape: ([input]) => {
    if (input!.length === 0) throw new ShapeError("softmax", "a scalar has no axis", [input!]);
    return input!;
  },
  reference: ([input]) => rowsOf(input!, (row) => row.map((x) => Math.exp(x - logSumExp(row)))),
  gradient: (node, upstream) => {
    const weighted = multiply(upstream, node);
    return [subtract(weighted, multiply(node, sum(weighted, [-1], true)))];
  },
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => cutLeading(1, output, 1),
    emit: (e, context) =>
      emitNormalized(
        e,
        context,
        (total) => e.divide(e.constant(1), total),
        (shifted, inverse) => e.multiply(emitExp(e, shifted), inverse),
      ),
  },
};

export const logSoftmaxOperation: Operation = {
  name: "logSoftmax",
  shape: softmaxOperation.shape,
  reference: ([input]) => rowsOf(input!, (row) => row.map((x) => x - logSumExp(row))),
  gradient: (node, upstream) => [subtract(upstream, multiply(exp(node), sum(upstream, [-1], true)))],
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => cutLeading(1, output, 1),
    emit: (e, context) =>
      emitNormalized(
        e,
        context,
        (total) => emitLog(e, total),
        (shifted, logTotal) => e.subtract(shifted, logTotal),
      ),
  },
};

/** eˣ / Σ eˣ over the last axis. */
export const softmax = (x: Tensor): Tensor => x.graph.apply(softmaxOperation, [x]);
/** x − ln Σ eˣ over the last axis. */
export const logSoftmax = (x: Tensor): Tensor => x.graph.apply(logSoftmaxOperation, [x]);
