/** Transposed convolution: a convolution's derivative with respect to its images, and a layer that enlarges. */
import { emitTransposedConvolution, transposedScratch } from "../compile/convolution.ts";
import type { Tensor } from "../graph.ts";
import { type Attributes, listAttribute, type Operation } from "../operation.ts";
import { type Shape, ShapeError, sizeOf } from "../shape.ts";
import { checkImages, type Pair, windowAttributes } from "../window.ts";
import {
  type ConvolutionOptions,
  convolutionOperation,
  convolutionSizes,
  forEachProduct,
} from "./convolution.ts";
import { convolutionWeightGradient } from "./convolution-weights.ts";

const NAME = "transposedConvolution";

/** Sizes of the convolution that leads back from the result, of `images`' shape, to `positions`. */
function sizesOf(positions: Shape, weights: Shape, attributes: Attributes) {
  checkImages(NAME, positions);
  const [batch] = positions;
  const groups = attributes["groups"];
  if (weights.length !== 4 || weights[0] !== positions[1] || typeof groups !== "number") {
    const needed = "weights [in, out / groups, rows, columns] need one entry for each input channel";
    throw new ShapeError(NAME, needed, [positions, weights]);
  }
  const size = listAttribute(attributes, "size");
  if (size.some((extent) => !Number.isInteger(extent) || extent < 1)) {
    const left = `stride, window and padding leave a result of ${size.join("×")}; it needs at least 1×1`;
    throw new ShapeError(NAME, left, [positions, weights]);
  }
  const images = [batch!, weights[1]! * groups, ...size];
  const sizes = convolutionSizes(NAME, images, weights, attributes);
  if (sizes.y.output !== positions[2] || sizes.x.output !== positions[3]) {
    const led = `a result of ${sizes.y.input}×${sizes.x.input} would lead back to ${sizes.y.output}×${sizes.x.output}`;
    throw new ShapeError(NAME, led, [positions, weights]);
  }
  return { images, sizes };
}

/** Inputs: positions, weights. Attributes: those of the convolution, and `size`, rows and columns of the result. */
export const transposedConvolutionOperation: Operation = {
  name: NAME,
  shape: ([positions, weights], attributes) => sizesOf(positions!, weights!, attributes).images,
  reference: ([positions, weights], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    const { sizes } = sizesOf(positions!.shape, weights!.shape, attributes);
    forEachProduct(sizes, (image, weight, position) => {
      result[image]! += positions!.data[position]! * weights!.data[weight]!;
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [positions, weights] = node.inputs as [Tensor, Tensor];
    const { size: _size, ...attributes } = node.attributes;
    return [
      node.graph.apply(convolutionOperation, [upstream, weights], attributes),
      convolutionWeightGradient(upstream, positions, weights.shape, attributes),
    ];
  },
  kernel: {
    kind: "whole",
    cut: () => ({ output: 0, inputs: [0, null] }),
    scratchBytes: ([positions, weights], attributes) =>
      transposedScratch(sizesOf(positions!, weights!, attributes).sizes),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [positions, weights] = inputs;
      const { sizes } = sizesOf(positions!.shape, weights!.shape, attributes);
      const addresses = { a: positions!.address, b: weights!.address, output: output.address, scratch };
      emitTransposedConvolution(e, sizes, addresses);
    },
  },
};

/** The derivative towards images of `shape`, given the one of the convolution's result. */
export function transposedConvolutionTo(
  positions: Tensor,
  weights: Tensor,
  shape: Shape,
  attributes: Attributes,
): Tensor {
  const size = shape.slice(2);
  return positions.graph.apply(transposedConvolutionOperation, [positions, weights], { ...attributes, size });
}

/**
 * The convolution turned round: x [batch, in, rows, columns] with weights [in, out / groups, rows, columns] →
 * [batch, out, …], of (rows − 1)·stride + span − padding rows.
 * @param options `extra`: further rows and columns at the bottom and the right, which a stride leaves open.
 * @throws ShapeError when channels, groups and window do not fit.
 */
export function transposedConvolution(
  x: Tensor,
  weights: Tensor,
  options: Omit<ConvolutionOptions, "padding"> & {
    readonly padding?: number | readonly [number, number, number, number];
    readonly extra?: Pair;
  } = {},
): Tensor {
  checkImages(NAME, x.shape);
  const window = weights.shape.slice(2);
  const attributes = windowAttributes([1, 1], [1, 1], options);
  const [stride, dilation, padding] = ["stride", "dilation", "padding"].map((name) =>
    listAttribute(attributes, name),
  );
  const size = [0, 1].map((axis) => {
    const reach =
      (x.shape[axis + 2]! - 1) * stride![axis]! + ((window[axis] ?? 1) - 1) * dilation![axis]! + 1;
    return reach - padding![axis]! - padding![axis + 2]! + (options.extra?.[axis] ?? 0);
  });
  const groups = options.groups ?? 1;
  return x.graph.apply(transposedConvolutionOperation, [x, weights], { ...attributes, groups, size });
}
