/** Axes in another order. */
import { contiguousStrides, emitStridedCopy } from "../compile/strided-copy.ts";
import type { Tensor } from "../graph.ts";
import { leadingAxis, listAttribute, type Operation } from "../operation.ts";
import { resolveAxis, type Shape, ShapeError, sizeOf } from "../shape.ts";
import { forEachBroadcast } from "./elementwise.ts";

/** Element strides with which the input is read in the order of the output. */
function readStrides(input: Shape, axes: readonly number[]): number[] {
  const strides = contiguousStrides(input);
  return axes.map((axis) => strides[axis]!);
}

export const transposeOperation: Operation = {
  name: "transpose",
  type: "input",
  shape: ([input], attributes) => {
    const axes = listAttribute(attributes, "axes");
    const sorted = [...axes].sort((a, b) => a - b);
    if (axes.length !== input!.length || sorted.some((axis, i) => axis !== i)) {
      throw new ShapeError("transpose", `[${axes}] is no order of the axes`, [input!]);
    }
    return axes.map((axis) => input![axis]!);
  },
  reference: ([input], attributes, shape) => {
    const strides = readStrides(input!.shape, listAttribute(attributes, "axes"));
    const result = new Float64Array(sizeOf(shape));
    const index = new Array<number>(shape.length).fill(0);
    forEachBroadcast([], shape, (flat) => {
      result[flat] = input!.data[index.reduce((total, at, axis) => total + at * strides[axis]!, 0)]!;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        index[axis]!++;
        if (index[axis]! < shape[axis]!) break;
        index[axis] = 0;
      }
    });
    return result;
  },
  gradient: (node, upstream) => {
    const axes = listAttribute(node.attributes, "axes");
    return [
      transpose(
        upstream,
        axes.map((_, axis) => axes.indexOf(axis)),
      ),
    ];
  },
  kernel: {
    kind: "whole",
    cut: (_inputs, output, attributes) => {
      const axis = leadingAxis(output);
      if (axis === undefined) return undefined;
      return { output: axis, inputs: [listAttribute(attributes, "axes")[axis]!] };
    },
    emit: (e, { inputs: [input], output, attributes }) => {
      const strides = readStrides(input!.whole, listAttribute(attributes, "axes"));
      const to = { address: output.address, strides: contiguousStrides(output.shape) };
      emitStridedCopy(e, output.shape, { address: input!.address, strides }, to);
    },
  },
};

/** Axis `i` of the result is axis `axes[i]` of `x`; the axes turned round when left out. */
export function transpose(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => -1 - i)): Tensor {
  const resolved = axes.map((axis) => resolveAxis("transpose", axis, x.shape));
  if (resolved.every((axis, i) => axis === i) && resolved.length === x.shape.length) return x;
  return x.graph.apply(transposeOperation, [x], { axes: resolved });
}
