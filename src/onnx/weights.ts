/** How a parameter's values lie in the file: as they are, as half floats, or as 8-bit integers with scales. */
import { type Shape, sizeOf } from "../engine/shape.ts";
import { toHalf } from "./half.ts";
import { ELEMENT, type TensorDraft } from "./proto.ts";

export type WeightStorage = "float32" | "float16" | "int8";

/** Tensors below this size stay as they are: scales and a further node would cost more than they save. */
const SMALLEST_STORED_SMALLER = 64;

export type Stored =
  | { readonly kind: "float32"; readonly tensor: TensorDraft }
  | { readonly kind: "float16"; readonly tensor: TensorDraft }
  | {
      readonly kind: "int8";
      readonly tensor: TensorDraft;
      /** One scale for each index along `axis`. */
      readonly scales: TensorDraft;
      readonly axis: number;
    };

/**
 * Biases and other small or one-dimensional tensors stay 32-bit floats with `int8`: they are few, and their
 * rounding would shift every output.
 */
export function storeWeights(values: ArrayLike<number>, shape: Shape, storage: WeightStorage): Stored {
  const small = sizeOf(shape) < SMALLEST_STORED_SMALLER;
  if (storage === "float16" && !small) {
    const halves = Uint16Array.from(values, toHalf);
    return { kind: "float16", tensor: tensor(shape, ELEMENT.float16, halves) };
  }
  if (storage === "int8" && !small && shape.length > 1) return quantize(values, shape);
  return { kind: "float32", tensor: floatTensor(values, shape) };
}

/** A 32-bit float tensor. */
export function floatTensor(values: ArrayLike<number>, shape: Shape): TensorDraft {
  return tensor(shape, ELEMENT.float32, Float32Array.from(values));
}

/** A tensor of 64-bit integers: shapes, axes, indices. */
export function integerTensor(values: ArrayLike<number>, shape: Shape): TensorDraft {
  return tensor(shape, ELEMENT.int64, BigInt64Array.from(Array.from(values, (value) => BigInt(value))));
}

/** A tensor of 32-bit integers. */
export function shortIntegerTensor(values: ArrayLike<number>, shape: Shape): TensorDraft {
  return tensor(shape, ELEMENT.int32, Int32Array.from(values));
}

/** The format is little-endian, as is every machine that runs WebAssembly. */
function tensor(shape: Shape, dataType: number, data: ArrayBufferView<ArrayBuffer>): TensorDraft {
  return { dims: shape, dataType, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** Symmetric: w ≈ scale·q with q from −127 to 127, along the first or the last axis, whichever errs less. */
function quantize(values: ArrayLike<number>, shape: Shape): Stored {
  const [first, last] = [0, shape.length - 1].map((axis) => quantizeAlong(values, shape, axis));
  const { axis, scales, quantized } = first!.squaredError < last!.squaredError ? first! : last!;
  return {
    kind: "int8",
    tensor: tensor(shape, ELEMENT.int8, quantized),
    scales: floatTensor(scales, [scales.length]),
    axis,
  };
}

function quantizeAlong(values: ArrayLike<number>, shape: Shape, axis: number) {
  const inner = sizeOf(shape.slice(axis + 1));
  const channels = shape[axis]!;
  const channelOf = (at: number) => Math.floor(at / inner) % channels;
  const scales = new Float32Array(channels);
  for (let at = 0; at < values.length; at++) {
    const channel = channelOf(at);
    scales[channel] = Math.max(scales[channel]!, Math.abs(values[at]!) / 127);
  }
  const quantized = new Int8Array(values.length);
  let squaredError = 0;
  for (let at = 0; at < values.length; at++) {
    const scale = scales[channelOf(at)]!;
    quantized[at] = scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(values[at]! / scale)));
    squaredError += (values[at]! - quantized[at]! * scale) ** 2;
  }
  return { axis, scales, quantized, squaredError };
}
