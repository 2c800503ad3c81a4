/** Operations that change a tensor's shape and none of its values. */
import type { Tensor } from "../graph.ts";
import { listAttribute, type Operation } from "../operation.ts";
import { broadcastShapes, type Shape, ShapeError, sameShape, sizeOf } from "../shape.ts";
import { forEachBroadcast } from "./elementwise.ts";
import { sumTo } from "./reduce.ts";

export const reshapeOperation: Operation = {
  name: "reshape",
  type: "input",
  shape: ([input], attributes) => {
    const shape = listAttribute(attributes, "shape");
    if (sizeOf(shape) !== sizeOf(input!)) throw new ShapeError("reshape", "sizes differ", [input!, shape]);
    return shape;
  },
  reference: ([input]) => input!.data.slice(),
  gradient: (node, upstream) => [reshape(upstream, node.inputs[0]!.shape)],
  kernel: { kind: "alias" },
};

/** The same elements in the same order under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.apply(reshapeOperation, [x], { shape: [...shape] });
}

export const broadcastOperation: Operation = {
  name: "broadcast",
  type: "input",
  shape: ([input], attributes) => {
    const shape = listAttribute(attributes, "shape");
    if (!sameShape(broadcastShapes("broadcast", [input!, shape]), shape)) {
      throw new ShapeError("broadcast", "the input is larger than the target", [input!, shape]);
    }
    return shape;
  },
  reference: ([input], _attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachBroadcast([input!.shape], shape, (flat, [offset]) => {
      result[flat] = input!.data[offset!]!;
    });
    return result;
  },
  gradient: (node, upstream) => [sumTo(upstream, node.inputs[0]!.shape)],
  kernel: { kind: "elementwise", emit: (_e, [x]) => x! },
};

/** Repeats the tensor along the axes where its extent is 1 or missing. */
export function broadcast(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.apply(broadcastOperation, [x], { shape: [...shape] });
}
