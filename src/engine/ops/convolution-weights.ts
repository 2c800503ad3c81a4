/** A convolution's derivative with respect to its weights, as an operation: it can be differentiated again. */
import { emitWeightGradient, weightGradientScratch } from "../compile/convolution-weights.ts";
import type { Tensor } from "../graph.ts";
import { type Attributes, listAttribute, numberAttribute, type Operation } from "../operation.ts";
import { type Shape, ShapeError, sizeOf } from "../shape.ts";
import { checkImages } from "../window.ts";
import { convolutionOperation, convolutionSizes, forEachProduct } from "./convolution.ts";
import { transposedConvolutionTo } from "./transposed-convolution.ts";

const NAME = "convolutionWeights";

/** Shape of the weights, and the sizes of the convolution from `images` to `positions`. */
function sizesOf(images: Shape, positions: Shape, attributes: Attributes) {
  checkImages(NAME, images);
  checkImages(NAME, positions);
  const perGroup = images[1]! / numberAttribute(attributes, "groups");
  const weights = [positions[1]!, perGroup, ...listAttribute(attributes, "window")];
  const sizes = convolutionSizes(NAME, images, weights, attributes);
  if (sizes.batch !== positions[0] || sizes.y.output !== positions[2] || sizes.x.output !== positions[3]) {
    throw new ShapeError(NAME, "the images do not lead to these positions", [images, positions]);
  }
  return { weights, sizes };
}

/** Inputs: images, derivatives of the positions. Attributes: the convolution's, and `window`, rows and columns. */
export const convolutionWeightsOperation: Operation = {
  name: NAME,
  shape: ([images, positions], attributes) => sizesOf(images!, positions!, attributes).weights,
  reference: ([images, positions], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    const { sizes } = sizesOf(images!.shape, positions!.shape, attributes);
    forEachProduct(sizes, (image, weight, position) => {
      result[weight]! += images!.data[image]! * positions!.data[position]!;
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [images, positions] = node.inputs as [Tensor, Tensor];
    const { window: _window, ...attributes } = node.attributes;
    return [
      transposedConvolutionTo(positions, upstream, images.shape, attributes),
      node.graph.apply(convolutionOperation, [images, upstream], attributes),
    ];
  },
  kernel: {
    kind: "whole",
    // Output channels: sums over the images stay in one thread.
    cut: (_inputs, _output, { groups }) => (groups === 1 ? { output: 0, inputs: [null, 1] } : undefined),
    scratchBytes: ([images, positions], attributes) =>
      weightGradientScratch(sizesOf(images!, positions!, attributes).sizes),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [images, positions] = inputs;
      const { sizes } = sizesOf(images!.shape, positions!.shape, attributes);
      const addresses = { a: images!.address, b: positions!.address, output: output.address, scratch };
      emitWeightGradient(e, sizes, addresses, positions!.whole[1]!);
    },
  },
};

/** ∂L/∂weights of the convolution of `images`, given ∂L/∂result. */
export function convolutionWeightGradient(
  images: Tensor,
  positions: Tensor,
  weights: Shape,
  attributes: Attributes,
): Tensor {
  const window = weights.slice(2);
  return images.graph.apply(convolutionWeightsOperation, [images, positions], { ...attributes, window });
}
