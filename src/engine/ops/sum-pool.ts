/** Sums over windows, and average pooling, which is such a sum divided by the number of elements. */
import { emitPool, emitSpread, frameBytes, SUM, spreadBytes } from "../compile/pool.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, listAttribute, type Operation } from "../operation.ts";
import { ShapeError, sameShape, sizeOf } from "../shape.ts";
import { checkImages, type WindowAxis } from "../window.ts";
import { multiply } from "./arithmetic.ts";
import { reshape } from "./layout.ts";
import { forEachWindow, type PoolOptions, poolAttributes, poolShape, poolSizes } from "./pool-window.ts";
import { mean } from "./reduce.ts";

/** Inputs: images. Attributes: window, stride, padding. */
export const sumPoolOperation: Operation = {
  name: "sumPool",
  shape: ([images], attributes) => poolShape("sumPool", images!, attributes),
  reference: ([images], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachWindow(poolSizes("sumPool", images!.shape, attributes), (position, elements) => {
      for (const element of elements) result[position]! += images!.data[element]!;
    });
    return result;
  },
  gradient: (node, upstream) => {
    const size = node.inputs[0]!.shape.slice(2);
    return [node.graph.apply(sumPoolGradientOperation, [upstream], { ...node.attributes, size })];
  },
  kernel: {
    kind: "whole",
    cut: (inputs, output) => cutLeading(inputs.length, output, 2),
    scratchBytes: ([images], attributes) => frameBytes(poolSizes("sumPool", images!, attributes)),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const sizes = poolSizes("sumPool", inputs[0]!.shape, attributes);
      emitPool(e, SUM, sizes, { input: inputs[0]!.address, output: output.address, scratch });
    },
  },
};

/** Inputs: numbers of the positions. Attributes: sumPool's, and `size`, rows and columns of the images. */
export const sumPoolGradientOperation: Operation = {
  name: "sumPoolGradient",
  shape: ([positions], attributes) => {
    checkImages("sumPoolGradient", positions!);
    const images = [...positions!.slice(0, 2), ...listAttribute(attributes, "size")];
    if (!sameShape(poolShape("sumPoolGradient", images, attributes), positions!)) {
      throw new ShapeError("sumPoolGradient", "one number for each window is needed", [images, positions!]);
    }
    return images;
  },
  reference: ([positions], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachWindow(poolSizes("sumPoolGradient", shape, attributes), (position, elements) => {
      for (const element of elements) result[element]! += positions!.data[position]!;
    });
    return result;
  },
  gradient: (node, upstream) => {
    const { size: _size, ...attributes } = node.attributes;
    return [node.graph.apply(sumPoolOperation, [upstream], attributes)];
  },
  kernel: {
    kind: "whole",
    cut: (inputs, output) => cutLeading(inputs.length, output, 2),
    scratchBytes: ([positions], attributes) => {
      const images = [...positions!.slice(0, 2), ...listAttribute(attributes, "size")];
      return spreadBytes(poolSizes("sumPoolGradient", images, attributes));
    },
    emit: (e, { inputs, output, attributes, scratch }) => {
      const sizes = poolSizes("sumPoolGradient", output.shape, attributes);
      emitSpread(e, sizes, { upstream: inputs[0]!.address, output: output.address, scratch });
    },
  },
};

/** Elements of the image each position of the window covers. */
function counts({ input, window, stride, before, output }: WindowAxis): number[] {
  return Array.from({ length: output }, (_, position) => {
    const start = position * stride - before;
    return Math.min(start + window, input) - Math.max(start, 0);
  });
}

/**
 * The mean of every window: [batch, channels, rows, columns] → [batch, channels, …]. What lies in the padding
 * does not count.
 * @throws ShapeError when the window does not fit.
 */
export function averagePool(images: Tensor, options: PoolOptions): Tensor {
  const attributes = poolAttributes(images.shape, options);
  const total = images.graph.apply(sumPoolOperation, [images], attributes);
  const { y, x } = poolSizes("averagePool", images.shape, attributes);
  const [rows, columns] = [counts(y), counts(x)];
  const full = y.window * x.window;
  if (rows.every((row) => columns.every((column) => row * column === full))) return multiply(total, 1 / full);
  const shares = rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
  return multiply(total, images.graph.constant(shares, [y.output, x.output]));
}

/** The mean of every channel: [batch, channels, rows, columns] → [batch, channels]. */
export function globalAveragePool(images: Tensor): Tensor {
  checkImages("globalAveragePool", images.shape);
  const [batch, channels, rows, columns] = images.shape as [number, number, number, number];
  return mean(reshape(images, [batch, channels, rows * columns]), [-1]);
}
