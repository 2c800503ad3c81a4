/** Enlarging images by repeating every element: nearest-neighbour upsampling. */
import { emitUpsample } from "../compile/upsample.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, listAttribute, type Operation } from "../operation.ts";
import { ShapeError, sizeOf } from "../shape.ts";
import { checkImages, type Pair } from "../window.ts";
import { poolAttributes } from "./pool-window.ts";
import { sumPoolOperation } from "./sum-pool.ts";

/** Inputs: images. Attributes: factor, of rows and columns. */
export const upsampleOperation: Operation = {
  name: "upsample",
  shape: ([images], attributes) => {
    checkImages("upsample", images!);
    const [rows, columns] = listAttribute(attributes, "factor");
    if (![rows, columns].every((factor) => Number.isInteger(factor) && factor! >= 1)) {
      const given = `${rows} and ${columns}`;
      throw new ShapeError("upsample", `factors must be whole and positive, not ${given}`, [images!]);
    }
    return [images![0]!, images![1]!, images![2]! * rows!, images![3]! * columns!];
  },
  reference: ([images], attributes, shape) => {
    const [rows, columns] = listAttribute(attributes, "factor");
    const width = shape[3]!;
    // Planes lie below one another: a row of all of them is a row of the images, repeated.
    return Float64Array.from({ length: sizeOf(shape) }, (_, at) => {
      const [row, column] = [Math.floor(at / width / rows!), Math.floor((at % width) / columns!)];
      return images!.data[row * images!.shape[3]! + column]!;
    });
  },
  gradient: (node, upstream) => {
    const [rows, columns] = listAttribute(node.attributes, "factor") as unknown as Pair;
    const attributes = poolAttributes(node.shape, { window: [rows, columns] });
    return [node.graph.apply(sumPoolOperation, [upstream], attributes)];
  },
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => cutLeading(1, output, 2),
    emit: (e, { inputs, output, attributes }) => {
      const [batch, channels, rows, columns] = inputs[0]!.shape as [number, number, number, number];
      emitUpsample(e, {
        ...{ rows: batch * channels * rows, columns, from: inputs[0]!.address, to: output.address },
        factor: listAttribute(attributes, "factor") as unknown as Pair,
      });
    },
  },
};

/** Repeats every row and column: [batch, channels, rows, columns] → [batch, channels, rows·f, columns·f]. */
export function upsample(images: Tensor, factor: number | Pair): Tensor {
  const factors = typeof factor === "number" ? [factor, factor] : factor;
  return images.graph.apply(upsampleOperation, [images], { factor: factors });
}
