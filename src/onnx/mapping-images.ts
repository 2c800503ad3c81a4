/** Convolution and pooling, and their derivatives, as ONNX nodes. */
import type { Tensor } from "../engine/graph.ts";
import { listAttribute, numberAttribute } from "../engine/operation.ts";
import { sizeOf } from "../engine/shape.ts";
import { keptUnless } from "./batch.ts";
import { type AttributesOf, type Mapping, type Outgoing, same } from "./outgoing.ts";
import { attribute } from "./proto.ts";

/** The window of a convolution or pooling in ONNX's words. Our padding is in its order already. */
const windowOf: AttributesOf = (attributes) => ({
  strides: attribute.integers(listAttribute(attributes, "stride")),
  dilations: attribute.integers(listAttribute(attributes, "dilation")),
  pads: attribute.integers(listAttribute(attributes, "padding")),
});

const convolutionOf: AttributesOf = (attributes) => ({
  ...windowOf(attributes),
  group: attribute.integer(numberAttribute(attributes, "groups")),
});

/** Our result's size is given; ONNX wants what a stride leaves open of it. */
function writeTransposedConvolution({ emit, inputs, attributes, node }: Outgoing): string {
  const [stride, dilation, padding, size] = ["stride", "dilation", "padding", "size"].map((name) =>
    listAttribute(attributes, name),
  ) as [readonly number[], readonly number[], readonly number[], readonly number[]];
  const [x, weights] = node.inputs as [Tensor, Tensor];
  const open = [0, 1].map((axis) => {
    const reach =
      (x.shape[axis + 2]! - 1) * stride[axis]! + (weights.shape[axis + 2]! - 1) * dilation[axis]! + 1;
    return size[axis]! + padding[axis]! + padding[axis + 2]! - reach;
  });
  return emit("ConvTranspose", inputs, {
    ...convolutionOf(attributes),
    output_padding: attribute.integers(open),
  });
}

const poolOf: AttributesOf = (attributes) => ({
  kernel_shape: attribute.integers(listAttribute(attributes, "window")),
  ...windowOf(attributes),
});

/** A sum is the mean, zeros of the padding included, times the size of the window. */
function writeSumPool({ emit, inputs, attributes, floats }: Outgoing): string {
  const options = { ...poolOf(attributes), count_include_pad: attribute.integer(1) };
  const mean = emit("AveragePool", inputs, options);
  const [rows, columns] = listAttribute(attributes, "window");
  return emit("Mul", [mean, floats([rows! * columns!])]);
}

/** Output index divided by the factor, rounded down: every element is repeated. */
function writeUpsample({ emit, inputs, attributes, floats }: Outgoing): string {
  const scales = floats([1, 1, ...listAttribute(attributes, "factor")], [4]);
  return emit("Resize", [inputs[0]!, "", scales], {
    mode: attribute.text("nearest"),
    coordinate_transformation_mode: attribute.text("asymmetric"),
    nearest_mode: attribute.text("floor"),
  });
}

/**
 * Σ over samples and positions, as a convolution whose roles are exchanged: samples become channels, positions the
 * filter, and stride and dilation change places. What a stride leaves over at the end is cut off.
 */
function writeConvolutionWeights({ emit, inputs, attributes, node, integers }: Outgoing): string {
  const [images, positions] = node.inputs as [Tensor, Tensor];
  const [batch, channels, rows, columns] = images.shape as [number, number, number, number];
  const groups = numberAttribute(attributes, "groups");
  const perm = (...axes: number[]) => ({ perm: attribute.integers(axes) });
  const each = channels / groups;
  const split = emit("Reshape", [inputs[0]!, integers([batch, groups, each, rows, columns])]);
  const turned = emit("Transpose", [split], perm(2, 1, 0, 3, 4));
  const x = emit("Reshape", [turned, integers([each, groups * batch, rows, columns])]);
  const filter = emit("Transpose", [inputs[1]!], perm(1, 0, 2, 3));
  const options = convolutionOf(attributes);
  const product = emit("Conv", [x, filter], {
    ...options,
    ...{ strides: options["dilations"]!, dilations: options["strides"]! },
    kernel_shape: attribute.integers(positions.shape.slice(2)),
  });
  const result = emit("Transpose", [product], perm(1, 0, 2, 3));
  return emit("Slice", [
    result,
    integers([0, 0]),
    integers(listAttribute(attributes, "window")),
    integers([2, 3]),
  ]);
}

/** Every position's number is laid on each element of its window. */
function writeSumPoolGradient({ emit, inputs, attributes, node, floats }: Outgoing): string {
  const [window, stride, padding, size] = ["window", "stride", "padding", "size"].map((name) =>
    listAttribute(attributes, name),
  ) as [readonly number[], readonly number[], readonly number[], readonly number[]];
  const [positions] = node.inputs as [Tensor];
  const channels = positions.shape[1]!;
  const shape = [channels, 1, ...window];
  const ones = floats(new Array<number>(sizeOf(shape)).fill(1), shape);
  const open = [0, 1].map((axis) => {
    const reach = (positions.shape[axis + 2]! - 1) * stride[axis]! + window[axis]!;
    return size[axis]! + padding[axis]! + padding[axis + 2]! - reach;
  });
  return emit("ConvTranspose", [inputs[0]!, ones], {
    ...windowOf(attributes),
    group: attribute.integer(channels),
    output_padding: attribute.integers(open),
  });
}

/** Where each window's largest element lies in the whole tensor, counted row-major. */
const largestOf = ({ results, inputs, attributes }: Outgoing) =>
  results("MaxPool", [inputs[0]!], 2, poolOf(attributes))[1]!;

/** Every position's number goes to its window's largest element, and is added where windows share one. */
function writeMaxPoolGradient(o: Outgoing): string {
  const { emit, inputs, node, integers } = o;
  const [places, upstream] = [largestOf(o), inputs[1]!].map((name) =>
    emit("Reshape", [name, integers([-1])]),
  );
  const zeros = emit("ConstantOfShape", [integers([sizeOf(node.shape)])]);
  const options = { axis: attribute.integer(0), reduction: attribute.text("add") };
  const spread = emit("ScatterElements", [zeros, places!, upstream!], options);
  return emit("Reshape", [spread, integers(node.shape)]);
}

function writeMaxPoolPick(o: Outgoing): string {
  const values = o.emit("Reshape", [o.inputs[1]!, o.integers([-1])]);
  return o.emit("Gather", [values, largestOf(o)], { axis: attribute.integer(0) });
}

/** Images of a batch are independent of one another. */
const imageBatch = keptUnless(() => [1, 2, 3]);

export const IMAGE_MAPPINGS: Readonly<Record<string, Mapping>> = {
  convolution: { write: same("Conv", convolutionOf), batch: imageBatch },
  maxPool: { write: same("MaxPool", poolOf), batch: imageBatch },
  sumPool: { write: writeSumPool, batch: imageBatch },
  upsample: { write: writeUpsample, batch: imageBatch },
  transposedConvolution: { write: writeTransposedConvolution, batch: imageBatch },
  convolutionWeights: { write: writeConvolutionWeights },
  sumPoolGradient: { write: writeSumPoolGradient, batch: imageBatch },
  maxPoolGradient: { write: writeMaxPoolGradient },
  maxPoolPick: { write: writeMaxPoolPick },
};
