/** Convolution of images [batch, channels, rows, columns], and what its three operations have in common. */
import { type ConvolutionSizes, convolutionScratch, emitConvolution } from "../compile/convolution.ts";
import type { Tensor } from "../graph.ts";
import { type Attributes, numberAttribute, type Operation } from "../operation.ts";
import { type Shape, ShapeError, sizeOf } from "../shape.ts";
import { checkImages, type Pair, type WindowOptions, windowAttributes, windowAxes } from "../window.ts";
import { convolutionWeightGradient } from "./convolution-weights.ts";
import { transposedConvolutionTo } from "./transposed-convolution.ts";

export interface ConvolutionOptions extends WindowOptions {
  /** Into how many parts the channels are divided; each part sees only its own. */
  readonly groups?: number;
}

/**
 * Sizes of a convolution of `images` with weights [outChannels, inChannels / groups, rows, columns].
 * @throws ShapeError when they do not fit together.
 */
export function convolutionSizes(
  operation: string,
  images: Shape,
  weights: Shape,
  attributes: Attributes,
): ConvolutionSizes {
  checkImages(operation, images);
  if (weights.length !== 4) {
    throw new ShapeError(operation, "weights need four axes [out, in / groups, rows, columns]", [weights]);
  }
  const groups = numberAttribute(attributes, "groups");
  const [batch, inChannels, rows, columns] = images as [number, number, number, number];
  const [outChannels, perGroup, ...window] = weights as [number, number, number, number];
  if (!(groups >= 1) || inChannels % groups !== 0 || outChannels % groups !== 0) {
    const counts = `${inChannels} input and ${outChannels} output channels`;
    throw new ShapeError(operation, `${groups} groups do not divide ${counts}`, [images, weights]);
  }
  if (inChannels / groups !== perGroup) {
    const needed = `each filter has ${perGroup} channels, but the images give it ${inChannels / groups}`;
    throw new ShapeError(operation, needed, [images, weights]);
  }
  const [y, x] = windowAxes(operation, [rows, columns], window, attributes);
  return { batch, inChannels, outChannels, groups, y, x };
}

/** Visits every product of the convolution with the flat positions of its three factors. */
export function forEachProduct(
  { batch, inChannels, outChannels, groups, y, x }: ConvolutionSizes,
  visit: (image: number, weight: number, position: number) => void,
): void {
  const perGroup = inChannels / groups;
  const plane = y.window * x.window;
  for (let position = 0; position < batch * outChannels * y.output * x.output; position++) {
    const column = position % x.output;
    const row = Math.floor(position / x.output) % y.output;
    const out = Math.floor(position / (x.output * y.output)) % outChannels;
    const sample = Math.floor(position / (x.output * y.output * outChannels));
    const firstChannel = Math.floor(out / (outChannels / groups)) * perGroup;
    for (let tap = 0; tap < perGroup * plane; tap++) {
      const channel = firstChannel + Math.floor(tap / plane);
      const imageRow = row * y.stride + (Math.floor(tap / x.window) % y.window) * y.dilation - y.before;
      const imageColumn = column * x.stride + (tap % x.window) * x.dilation - x.before;
      if (imageRow < 0 || imageRow >= y.input || imageColumn < 0 || imageColumn >= x.input) continue;
      const image = ((sample * inChannels + channel) * y.input + imageRow) * x.input + imageColumn;
      visit(image, out * perGroup * plane + tap, position);
    }
  }
}

/** Inputs: images, weights. Attributes: stride, padding, dilation, groups. */
export const convolutionOperation: Operation = {
  name: "convolution",
  shape: ([images, weights], attributes) => {
    const { batch, outChannels, y, x } = convolutionSizes("convolution", images!, weights!, attributes);
    return [batch, outChannels, y.output, x.output];
  },
  reference: ([images, weights], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    const sizes = convolutionSizes("convolution", images!.shape, weights!.shape, attributes);
    forEachProduct(sizes, (image, weight, position) => {
      result[position]! += images!.data[image]! * weights!.data[weight]!;
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [images, weights] = node.inputs as [Tensor, Tensor];
    return [
      transposedConvolutionTo(upstream, weights, images.shape, node.attributes),
      convolutionWeightGradient(images, upstream, weights.shape, node.attributes),
    ];
  },
  kernel: {
    kind: "whole",
    // Images; of a single one, the output channels.
    cut: ([images], _output, { groups }) => {
      if (images![0]! > 1) return { output: 0, inputs: [0, null] };
      return groups === 1 ? { output: 1, inputs: [null, 0] } : undefined;
    },
    scratchBytes: ([images, weights], attributes) =>
      convolutionScratch(convolutionSizes("convolution", images!, weights!, attributes)),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [images, weights] = inputs;
      const sizes = convolutionSizes("convolution", images!.shape, weights!.shape, attributes);
      emitConvolution(e, sizes, { a: images!.address, b: weights!.address, output: output.address, scratch });
    },
  },
};

/**
 * Cross-correlation, as deep learning's convolution is: images [batch, in, rows, columns] with weights
 * [out, in / groups, rows, columns] → [batch, out, rows, columns].
 * @throws ShapeError when channels, groups and window do not fit.
 */
export function convolution(images: Tensor, weights: Tensor, options: ConvolutionOptions = {}): Tensor {
  return images.graph.apply(convolutionOperation, [images, weights], {
    ...windowAttributes(
      images.shape.slice(2) as unknown as Pair,
      weights.shape.slice(2) as unknown as Pair,
      options,
    ),
    groups: options.groups ?? 1,
  });
}
