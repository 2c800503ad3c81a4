/** Softmax over the last axis of what a mask lets through; the rest, and a row with nothing left, is 0. */
import { collapse } from "../compile/elementwise-loop.ts";
import type { Emitter, Vector } from "../compile/emitter.ts";
import { forEach, type Index, place } from "../compile/loops.ts";
import { eachVector, lanesMask } from "../compile/row.ts";
import { emitExp } from "../compile/vector-math.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, type KernelContext, type Operation, type Value } from "../operation.ts";
import { broadcastShapes, broadcastStrides, ShapeError, sameShape, sizeOf } from "../shape.ts";
import { multiply, subtract } from "./arithmetic.ts";
import { forEachBroadcast } from "./elementwise.ts";
import { sum } from "./reduce.ts";

/** The lowest finite number, not −∞: −∞ − (−∞) in a row with nothing visible would not be a number. */
const LOWEST = -3.4028234663852886e38;

/** Softmax of each row over the elements with `visible(flat index)`. */
function softmaxRows({ data, shape }: Value, visible: (flat: number) => boolean): Float64Array {
  const extent = shape.at(-1)!;
  const result = new Float64Array(data.length);
  for (let start = 0; start < data.length; start += extent) {
    const shown = Array.from({ length: extent }, (_, column) => start + column).filter(visible);
    const largest = Math.max(...shown.map((at) => data[at]!));
    const total = shown.reduce((sum, at) => sum + Math.exp(data[at]! - largest), 0);
    for (const at of shown) result[at] = Math.exp(data[at]! - largest) / total;
  }
  return result;
}

/** Masked elements are 0 and so stay out: the rule of softmax itself. */
function toScores(node: Tensor, upstream: Tensor): Tensor {
  const weighted = multiply(upstream, node);
  return subtract(weighted, multiply(node, sum(weighted, [-1], true)));
}

type Term = readonly [Index, number];

/** One row between two places; `visible` has all bits of the lanes that count. */
function emitMaskedRow(
  e: Emitter,
  { inputs, output }: KernelContext,
  rows: readonly Term[],
  visible: (offset: Index) => Vector,
): void {
  const extent = output.shape.at(-1)!;
  const load = (address: number, offset: Index) => e.load(place(e, address, ...rows, [offset, 1]));
  const masked = (offset: Index, lanes: number) =>
    lanes === 4 ? visible(offset) : e.and(visible(offset), lanesMask(e, lanes));
  const largest = e.variable(e.constant(LOWEST));
  eachVector(e, extent, (offset, lanes) => {
    const value = e.select(masked(offset, lanes), load(inputs[0]!.address, offset), e.constant(LOWEST));
    e.assign(largest, e.max(largest, value));
  });
  const most = e.maxLanes(largest);
  const total = e.variable(e.constant(0));
  const store = (offset: Index, value: Vector, lanes: number) =>
    e.store(place(e, output.address, ...rows, [offset, 1]), value, lanes);
  eachVector(e, extent, (offset, lanes) => {
    const shifted = e.subtract(load(inputs[0]!.address, offset), most);
    const value = e.and(emitExp(e, shifted), masked(offset, lanes));
    e.assign(total, e.add(total, value));
    store(offset, value, lanes);
  });
  // The largest score adds e⁰ = 1, so a total below 1 means an empty row; of what is not a number nothing is hidden.
  const divisor = e.max(e.sumLanes(total), e.constant(1));
  const inverse = e.divide(e.constant(1), divisor);
  eachVector(e, extent, (offset, lanes) => {
    store(offset, e.multiply(load(output.address, offset), inverse), lanes);
  });
}

export const maskedSoftmaxOperation: Operation = {
  name: "maskedSoftmax",
  shape: ([scores, mask]) => {
    const fits = sameShape(broadcastShapes("maskedSoftmax", [scores!, mask!]), scores!);
    if (scores!.length === 0 || !fits) {
      throw new ShapeError("maskedSoftmax", "the mask does not broadcast to the scores", [scores!, mask!]);
    }
    return scores!;
  },
  reference: ([scores, mask], _attributes, shape) => {
    const visible = new Uint8Array(sizeOf(shape));
    forEachBroadcast([mask!.shape], shape, (flat, [at]) => {
      visible[flat] = mask!.data[at!]! === 0 ? 0 : 1;
    });
    return softmaxRows(scores!, (flat) => visible[flat] === 1);
  },
  gradient: (node, upstream) => [toScores(node, upstream), null],
  kernel: {
    kind: "whole",
    cut: ([, mask], output) => {
      const cut = cutLeading(1, output, 1);
      // The mask's axes align at the right.
      const axis = cut ? cut.output - output.length + mask!.length : -1;
      return cut && { ...cut, inputs: [cut.output, axis >= 0 && mask![axis]! > 1 ? axis : null] };
    },
    emit: (e, context) => {
      const { output } = context;
      const mask = context.inputs[1]!;
      const extent = output.shape.at(-1)!;
      const rowsShape = output.shape.slice(0, -1);
      const strides = broadcastStrides(mask.shape, output.shape);
      const column = strides.at(-1)! * 4;
      const own = rowsShape.map((_, axis) => sizeOf(rowsShape.slice(axis + 1)));
      const { extents, strides: merged } = collapse(rowsShape, [own, strides.slice(0, -1)]);
      nest(e, extents, [], (indices) => {
        const terms = (side: 0 | 1, size: number) =>
          indices.map((index, axis): Term => [index, merged[side]![axis]! * size]);
        emitMaskedRow(e, context, terms(0, extent * 4), (offset) => {
          const at = place(e, mask.address, ...terms(1, 4), ...(column ? [[offset, 1] as const] : []));
          return e.equal(e.equal(column ? e.load(at) : e.loadSplat(at), e.constant(0)), e.constant(0));
        });
      });
    },
  },
};

function nest(
  e: Emitter,
  extents: readonly number[],
  indices: readonly Index[],
  body: (indices: readonly Index[]) => void,
): void {
  const extent = extents[indices.length];
  if (extent === undefined) body(indices);
  else forEach(e, { end: extent, unroll: false }, (index) => nest(e, extents, [...indices, index], body));
}

/** Row i of the last two axes [rows, columns] sees the columns up to i + columns − rows: the last row sees all. */
export const causalSoftmaxOperation: Operation = {
  name: "causalSoftmax",
  shape: ([scores]) => {
    if (scores!.length < 2) throw new ShapeError("causalSoftmax", "two axes are needed", [scores!]);
    return scores!;
  },
  reference: ([scores], _attributes, shape) => {
    const [rows, columns] = shape.slice(-2) as [number, number];
    return softmaxRows(scores!, (flat) => {
      const row = Math.floor(flat / columns) % rows;
      return flat % columns <= row + columns - rows;
    });
  },
  gradient: (node, upstream) => [toScores(node, upstream)],
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => cutLeading(1, output, 2),
    emit: (e, context) => {
      const { shape } = context.output;
      const [rows, columns] = shape.slice(-2) as [number, number];
      const matrices = sizeOf(shape.slice(0, -2));
      forEach(e, { end: matrices, unroll: false }, (matrix) => {
        forEach(e, { end: rows, unroll: rows * columns <= 64 }, (row) => {
          const limit = splat(e, row, columns - rows);
          const terms: Term[] = [
            [matrix, rows * columns * 4],
            [row, columns * 4],
          ];
          emitMaskedRow(e, context, terms, (offset) => e.greaterOrEqual(limit, columnNumbers(e, offset)));
        });
      });
    },
  },
};

/** index + amount as a float in all lanes. */
function splat(e: Emitter, index: Index, amount: number): Vector {
  if (typeof index === "number") return e.constant(index + amount);
  return e.fromInt(e.splatInt(e.offsetBy(index, amount)));
}

/** The numbers of the four columns at a byte offset within the row, as floats. */
function columnNumbers(e: Emitter, offset: Index): Vector {
  const bytes = typeof offset === "number" ? e.bits([offset, offset, offset, offset]) : e.splatInt(offset);
  return e.fromInt(e.shiftRightUnsigned(e.addInt(bytes, e.bits([0, 4, 8, 12])), 2));
}

/** eˣ/Σ eˣ over the last axis where `mask` (it broadcasts to the scores) is not 0; 0 elsewhere. */
export const maskedSoftmax = (scores: Tensor, mask: Tensor): Tensor =>
  scores.graph.apply(maskedSoftmaxOperation, [scores, mask]);
/** Softmax of [… , rows, columns] in which a position sees itself and what came before it. */
export const causalSoftmax = (scores: Tensor): Tensor => scores.graph.apply(causalSoftmaxOperation, [scores]);
