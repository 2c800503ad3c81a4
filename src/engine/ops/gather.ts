/** Indices, and what they pick: a batch out of a dataset, one column out of a row. */
import type { Emitter } from "../compile/emitter.ts";
import { beyond, forEach, type Index, lanesAt, place, vectorsFor } from "../compile/loops.ts";
import { moved } from "../compile/planes.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, leadingAxis, listAttribute, numberAttribute, type Operation } from "../operation.ts";
import { ShapeError, sizeOf } from "../shape.ts";

/** Bytes of one row beyond the first axis. */
const rowBytes = (shape: readonly number[]) => sizeOf(shape.slice(1)) * 4;

/** Longer rows, such as pictures, are walked in a loop. */
const UNROLLED_ROW = 16;

/** The byte offset of every vector of a row of `count` floats, and how many of its lanes belong to the row. */
function forEachVector(e: Emitter, count: number, visit: (offset: Index, lanes: number) => void): void {
  const whole = Math.floor(count / 4);
  forEach(e, { end: whole * 16, step: 16, unroll: whole <= UNROLLED_ROW }, (offset) => visit(offset, 4));
  if (count % 4 > 0) e.scope(() => visit(whole * 16, count % 4));
}

export const gatherOperation: Operation = {
  name: "gather",
  type: "input",
  shape: ([table, indices]) => {
    if (table!.length === 0) throw new ShapeError("gather", "the table is a scalar", [table!, indices!]);
    return [...indices!, ...table!.slice(1)];
  },
  reference: ([table, indices], _attributes, shape) => {
    const width = sizeOf(table!.shape.slice(1));
    const result = new Float64Array(sizeOf(shape));
    indices!.data.forEach((index, row) => {
      result.set(table!.data.subarray(index * width, (index + 1) * width), row * width);
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [table, indices] = node.inputs as [Tensor, Tensor];
    const toTable = table.graph.apply(scatterAddOperation, [upstream, indices], { shape: [...table.shape] });
    return [toTable, null];
  },
  kernel: {
    kind: "whole",
    cut: ([table, indices], output) => {
      const axis = leadingAxis(output, table!.length - 1);
      return axis !== undefined && axis < indices!.length
        ? { output: axis, inputs: [null, axis] }
        : undefined;
    },
    emit: (e, { inputs, output }) => {
      const [table, indices] = inputs;
      const bytes = rowBytes(table!.shape);
      const count = sizeOf(indices!.shape);
      forEach(e, { end: count, unroll: count * vectorsFor(bytes / 4) <= 32 }, (row) => {
        const source = place(e, table!.address, [e.loadInt(place(e, indices!.address, [row, 4])), bytes]);
        const target = place(e, output.address, [row, bytes]);
        forEachVector(e, bytes / 4, (offset, lanes) => {
          e.store(moved(e, target, [offset, 1]), e.load(moved(e, source, [offset, 1])), lanes);
        });
      });
    },
  },
};

export const scatterAddOperation: Operation = {
  name: "scatterAdd",
  shape: (_inputs, attributes) => listAttribute(attributes, "shape"),
  reference: ([rows, indices], _attributes, shape) => {
    const width = sizeOf(shape.slice(1));
    const result = new Float64Array(sizeOf(shape));
    indices!.data.forEach((index, row) => {
      for (let i = 0; i < width; i++) result[index * width + i]! += rows!.data[row * width + i]!;
    });
    return result;
  },
  gradient: (node, upstream) => [gather(upstream, node.inputs[1]!), null],
  kernel: {
    kind: "whole",
    // Any row may be added to any other: the threads take columns.
    cut: ([rows], output) =>
      output.length === 2 ? { output: 1, inputs: [rows!.length - 1, null], granule: 4 } : undefined,
    emit: (e, { inputs, output }) => {
      const [rows, indices] = inputs;
      const bytes = rowBytes(output.whole);
      const width = sizeOf(output.shape.slice(1));
      forEach(e, { end: output.shape[0]!, unroll: false }, (row) => {
        const target = place(e, output.address, [row, bytes]);
        forEachVector(e, width, (offset, lanes) => {
          e.store(moved(e, target, [offset, 1]), e.constant(0), lanes);
        });
      });
      forEach(e, { end: sizeOf(indices!.shape), unroll: false }, (row) => {
        const source = place(e, rows!.address, [row, bytes]);
        const target = place(e, output.address, [e.loadInt(place(e, indices!.address, [row, 4])), bytes]);
        forEachVector(e, width, (offset, lanes) => {
          const at = moved(e, target, [offset, 1]);
          e.store(at, e.add(e.load(at), e.load(moved(e, source, [offset, 1]))), lanes);
        });
      });
    },
  },
};

/** `count` entries of `order` from `cursor` on, going round at the end. */
export const windowOperation: Operation = {
  name: "window",
  type: "i32",
  shape: (_inputs, attributes) => [numberAttribute(attributes, "count")],
  reference: ([order, cursor], _attributes, [count]) =>
    Float64Array.from(
      { length: count! },
      (_, i) => order!.data[(cursor!.data[0]! + i) % order!.data.length]!,
    ),
  kernel: {
    kind: "whole",
    emit: (e, { inputs, output }) => {
      const [order, cursor] = inputs;
      const count = sizeOf(output.shape);
      const start = e.loadInt({ offset: cursor!.address });
      forEach(e, { end: count, unroll: count <= 16 }, (i) => {
        const from = typeof i === "number" ? start : e.scaleAdd(i, 1, start);
        const wrapped = e.addModulo(from, typeof i === "number" ? i : 0, sizeOf(order!.shape));
        e.storeInt(place(e, output.address, [i, 4]), e.loadInt(place(e, order!.address, [wrapped, 4])));
      });
    },
  },
};

/** `(cursor + amount) mod modulus`: where the next batch begins. */
export const advanceOperation: Operation = {
  name: "advance",
  type: "i32",
  shape: ([cursor]) => cursor!,
  reference: ([cursor], attributes) =>
    cursor!.data.map(
      (at) => (at + numberAttribute(attributes, "amount")) % numberAttribute(attributes, "modulus"),
    ),
  kernel: {
    kind: "whole",
    emit: (e, { inputs, output, attributes }) => {
      const next = e.addModulo(
        e.loadInt({ offset: inputs[0]!.address }),
        numberAttribute(attributes, "amount"),
        numberAttribute(attributes, "modulus"),
      );
      e.storeInt({ offset: output.address }, next);
    },
  },
};

/** One row of zeros with a single 1 for every index, `[…indices, classes]`. Indices outside give a row of zeros. */
export const oneHotOperation: Operation = {
  name: "oneHot",
  shape: ([indices], attributes) => [...indices!, numberAttribute(attributes, "classes")],
  reference: ([indices], attributes, shape) => {
    const classes = numberAttribute(attributes, "classes");
    const result = new Float64Array(sizeOf(shape));
    indices!.data.forEach((index, row) => {
      if (index >= 0 && index < classes) result[row * classes + index] = 1;
    });
    return result;
  },
  gradient: () => [null],
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => cutLeading(1, output, 1),
    emit: (e, { inputs, output, attributes }) => {
      const classes = numberAttribute(attributes, "classes");
      const count = sizeOf(inputs[0]!.shape);
      forEach(e, { end: count, unroll: count * vectorsFor(classes) <= 32 }, (row) => {
        const index = e.fromInt(e.splatInt(e.loadInt(place(e, inputs[0]!.address, [row, 4]))));
        const target = place(e, output.address, [row, classes * 4]);
        for (let start = 0; start < classes; start += 4) {
          e.scope(() => {
            const lanes = e.bits(floatBits([start, start + 1, start + 2, start + 3]));
            const hot = e.and(e.equal(index, lanes), e.constant(1));
            e.store(beyond(target, start * 4), hot, lanesAt(start, classes));
          });
        }
      });
    },
  },
};

function floatBits(lanes: readonly [number, number, number, number]): [number, number, number, number] {
  const [a, b, c, d] = new Int32Array(Float32Array.from(lanes).buffer);
  return [a!, b!, c!, d!];
}

/** Rows of `table` at `indices`: `[…indices.shape, …table.shape.slice(1)]`. */
export const gather = (table: Tensor, indices: Tensor): Tensor =>
  table.graph.apply(gatherOperation, [table, indices]);
/** `count` indices of `order` from the scalar `cursor` on, cyclically. */
export const window = (order: Tensor, cursor: Tensor, count: number): Tensor =>
  order.graph.apply(windowOperation, [order, cursor], { count });
/** The cursor after a batch of `amount`, within `modulus`. */
export const advance = (cursor: Tensor, amount: number, modulus: number): Tensor =>
  cursor.graph.apply(advanceOperation, [cursor], { amount, modulus });
/** Class indices as rows of zeros and a one. */
export const oneHot = (indices: Tensor, classes: number): Tensor =>
  indices.graph.apply(oneHotOperation, [indices], { classes });
