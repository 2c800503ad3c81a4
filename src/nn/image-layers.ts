/** Layers for images [batch, channels, rows, columns]. */
import type { Tensor } from "../engine/graph.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { type ConvolutionOptions, convolution } from "../engine/ops/convolution.ts";
import { reshape } from "../engine/ops/layout.ts";
import type { Random } from "../engine/random.ts";
import { type Shape, sizeOf } from "../engine/shape.ts";
import type { Initialiser } from "./initialisers.ts";

/** A convolutional layer's parameters. */
export interface Convolution {
  /** [outChannels, inChannels / groups, rows, columns]. */
  readonly filters: Tensor;
  /** [outChannels]; left out where a normalisation follows, which would take it off again. */
  readonly bias?: Tensor | undefined;
}

/** x ∗ filters + bias, by default with as many rows and columns as x. */
export function convolve(
  x: Tensor,
  { filters, bias }: Convolution,
  options: ConvolutionOptions = { padding: "same" },
): Tensor {
  const product = convolution(x, filters, options);
  return bias ? add(product, reshape(bias, [1, bias.shape[0]!, 1, 1])) : product;
}

/** [batch, channels, rows, columns] → [batch, channels·rows·columns]: what a dense layer reads. */
export function flatten(x: Tensor): Tensor {
  return reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]);
}

/**
 * Fresh filters of shape [out, in / groups, rows, columns]. A position of the result sums in·rows·columns
 * products, and each element of the image goes into out·rows·columns: these stand for inputs and outputs.
 */
export function initialFilters(initialiser: Initialiser, shape: Shape, random: Random): Float32Array {
  const [out, inPerGroup, ...window] = shape as [number, number, number, number];
  const positions = sizeOf(window);
  return initialiser(inPerGroup * positions, out * positions, random, sizeOf(shape));
}
