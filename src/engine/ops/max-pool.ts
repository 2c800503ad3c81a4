/** Max pooling; its gradient goes to the first of a window's largest elements. */
import { emitPick, emitPool, emitSpread, frameBytes, MAXIMUM, spreadBytes } from "../compile/pool.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, type Operation } from "../operation.ts";
import { ShapeError, sameShape, sizeOf } from "../shape.ts";
import { forEachWindow, type PoolOptions, poolAttributes, poolShape, poolSizes } from "./pool-window.ts";

/** Of the elements, the first that is the largest; −1 when one of them is not a number. */
function firstLargest(data: Float64Array, elements: readonly number[]): number {
  const largest = Math.max(...elements.map((element) => data[element]!));
  return elements.find((element) => data[element] === largest) ?? -1;
}

/** Inputs: images. Attributes: window, stride, padding. */
export const maxPoolOperation: Operation = {
  name: "maxPool",
  shape: ([images], attributes) => poolShape("maxPool", images!, attributes),
  reference: ([images], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachWindow(poolSizes("maxPool", images!.shape, attributes), (position, elements) => {
      result[position] = Math.max(...elements.map((element) => images!.data[element]!));
    });
    return result;
  },
  gradient: (node, upstream) => {
    const images = node.inputs[0]!;
    return [node.graph.apply(maxPoolGradientOperation, [images, upstream], node.attributes)];
  },
  kernel: {
    kind: "whole",
    cut: (inputs, output) => cutLeading(inputs.length, output, 2),
    scratchBytes: ([images], attributes) => frameBytes(poolSizes("maxPool", images!, attributes)),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const sizes = poolSizes("maxPool", inputs[0]!.shape, attributes);
      emitPool(e, MAXIMUM, sizes, { input: inputs[0]!.address, output: output.address, scratch });
    },
  },
};

/** Inputs: images, numbers of the positions. Every number goes to its window's first largest element. */
export const maxPoolGradientOperation: Operation = {
  name: "maxPoolGradient",
  shape: ([images, positions], attributes) => {
    if (!sameShape(poolShape("maxPoolGradient", images!, attributes), positions!)) {
      throw new ShapeError("maxPoolGradient", "one number for each window is needed", [images!, positions!]);
    }
    return images!;
  },
  reference: ([images, positions], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachWindow(poolSizes("maxPoolGradient", images!.shape, attributes), (position, elements) => {
      const chosen = firstLargest(images!.data, elements);
      if (chosen >= 0) result[chosen]! += positions!.data[position]!;
    });
    return result;
  },
  // Which element is the largest does not change with small changes of the images: nothing flows to them.
  gradient: (node, upstream) => [
    null,
    node.graph.apply(maxPoolPickOperation, [node.inputs[0]!, upstream], node.attributes),
  ],
  kernel: {
    kind: "whole",
    cut: (inputs, output) => cutLeading(inputs.length, output, 2),
    scratchBytes: ([images], attributes) => {
      const sizes = poolSizes("maxPoolGradient", images!, attributes);
      return spreadBytes(sizes) + 16 + frameBytes(sizes);
    },
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [images, positions] = inputs;
      const sizes = poolSizes("maxPoolGradient", images!.shape, attributes);
      const at = { input: images!.address, upstream: positions!.address, output: output.address, scratch };
      emitSpread(e, sizes, at);
    },
  },
};

/** Inputs: images, values of the same shape. The value that stands where a window's largest element is. */
export const maxPoolPickOperation: Operation = {
  name: "maxPoolPick",
  shape: ([images, values], attributes) => {
    if (!sameShape(images!, values!)) {
      throw new ShapeError("maxPoolPick", "one value for each element is needed", [images!, values!]);
    }
    return poolShape("maxPoolPick", images!, attributes);
  },
  reference: ([images, values], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachWindow(poolSizes("maxPoolPick", images!.shape, attributes), (position, elements) => {
      const chosen = firstLargest(images!.data, elements);
      if (chosen >= 0) result[position] = values!.data[chosen]!;
    });
    return result;
  },
  gradient: (node, upstream) => [
    null,
    node.graph.apply(maxPoolGradientOperation, [node.inputs[0]!, upstream], node.attributes),
  ],
  kernel: {
    kind: "whole",
    cut: (inputs, output) => cutLeading(inputs.length, output, 2),
    scratchBytes: ([images], attributes) => 2 * frameBytes(poolSizes("maxPoolPick", images!, attributes)),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [images, values] = inputs;
      const sizes = poolSizes("maxPoolPick", images!.shape, attributes);
      emitPick(e, sizes, {
        ...{ input: images!.address, values: values!.address },
        ...{ output: output.address, scratch },
      });
    },
  },
};

/**
 * The largest element of every window: [batch, channels, rows, columns] → [batch, channels, …].
 * @throws ShapeError when the window does not fit.
 */
export function maxPool(images: Tensor, options: PoolOptions): Tensor {
  return images.graph.apply(maxPoolOperation, [images], poolAttributes(images.shape, options));
}
