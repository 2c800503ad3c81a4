/** Operators that move, repeat or name values without changing them. */
import type { Tensor } from "../engine/graph.ts";
import { notEqual } from "../engine/ops/comparison.ts";
import { toFloat as toFloat32, toIndex } from "../engine/ops/conversion.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { broadcastShapes, resolveAxis, type Shape, sizeOf } from "../engine/shape.ts";
import { type Imported, type Incoming, isIndices, isKnown, isShifted, type Known } from "./incoming.ts";
import { ELEMENT } from "./proto.ts";
import type { Reading } from "./reading.ts";

/** The same values under another shape, whatever they are. */
function reshaped(i: Incoming, shape: Shape): Imported {
  const value = i.value(0) ?? i.tensor(0);
  if (isKnown(value)) return { ...value, shape };
  if (isShifted(value)) throw i.unsupported("이런 정수 텐서는");
  return isIndices(value) ? { ...value, shape } : reshape(value, shape);
}

const pass: Reading = (i) => i.value(0) ?? i.tensor(0);

function known(i: Incoming, data: Float64Array, shape: Shape, kind: Known["kind"]): Known {
  return { data, shape, kind, trainable: false, name: i.operator };
}

/** 0 keeps the extent, one −1 takes what is left. */
export const readReshape: Reading = (i) => {
  const from = i.shape(0);
  const wanted = i.list(1, "shape") ?? [];
  const kept = wanted.map((extent, axis) =>
    extent === 0 && i.integer("allowzero", 0) === 0 ? (from[axis] ?? 0) : extent,
  );
  const rest = sizeOf(from) / sizeOf(kept.filter((extent) => extent !== -1));
  return reshaped(
    i,
    kept.map((extent) => (extent === -1 ? rest : extent)),
  );
};

const readFlatten: Reading = (i) => {
  const shape = i.shape(0);
  const axis = i.integer("axis", 1);
  const outer = sizeOf(shape.slice(0, axis < 0 ? axis + shape.length : axis));
  return reshaped(i, [outer, sizeOf(shape) / outer]);
};

const readSqueeze: Reading = (i) => {
  const shape = i.shape(0);
  const axes = i.list(1, "axes")?.map((axis) => resolveAxis(i.operator, axis, shape));
  return reshaped(
    i,
    shape.filter((extent, axis) => (axes ? !axes.includes(axis) : extent !== 1)),
  );
};

const readUnsqueeze: Reading = (i) => {
  const shape = i.shape(0);
  const axes = i.list(1, "axes") ?? [];
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const rest = [...shape];
  return reshaped(
    i,
    Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!)),
  );
};

const readExpand: Reading = (i) => {
  const shape = Array.from(i.known(1).data);
  return broadcast(i.tensor(0), broadcastShapes(i.operator, [i.shape(0), shape]));
};

/** Anything but 0 is true. */
const readTruth = (x: Tensor) => notEqual(x, 0);

function cast(i: Incoming, to: number): Imported {
  const value = i.value(0) ?? i.tensor(0);
  const toFloat = [ELEMENT.float32, ELEMENT.float16, ELEMENT.float64].some((type) => type === to);
  if (isKnown(value)) {
    if (toFloat) return { ...value, kind: "float" };
    const whole = to === ELEMENT.bool ? (x: number) => Number(x !== 0) : Math.trunc;
    return { ...value, data: value.data.map(whole), kind: "integer", trainable: false };
  }
  // A truth value is a float of ours, and stays one.
  if (to === ELEMENT.bool) return isIndices(value) || isShifted(value) ? value : readTruth(i.tensor(0));
  if (toFloat) return isIndices(value) ? toFloat32(reshape(value.indices, value.shape)) : value;
  if (isIndices(value) || isShifted(value)) return value;
  const indices = toIndex(value);
  return { indices, shape: indices.shape };
}

/** To the type of the second input. */
export const readCast: Reading = (i) => cast(i, i.integer("to", ELEMENT.float32));

const readCastLike: Reading = (i) => {
  const like = i.value(1);
  const isInteger = like && (isKnown(like) ? like.kind === "integer" : isIndices(like) || isShifted(like));
  return cast(i, isInteger ? ELEMENT.int64 : ELEMENT.float32);
};

/** q·scale, with one scale for all or one for each index along `axis`. */
const readDequantize: Reading = (i) => {
  const [quantized, scale] = [i.known(0), i.known(1)];
  const zero = i.value(2) ? i.known(2).data : undefined;
  const inner = scale.data.length === 1 ? 0 : sizeOf(quantized.shape.slice(i.axis(1, quantized.shape) + 1));
  const channelOf = (at: number) => (inner === 0 ? 0 : Math.floor(at / inner) % scale.data.length);
  const data = quantized.data.map((value, at) => {
    const channel = channelOf(at);
    return Math.fround((value - (zero?.[channel] ?? 0)) * scale.data[channel]!);
  });
  return { data, shape: quantized.shape, kind: "float", trainable: true, name: i.operator };
};

export const readConstant: Reading = (i) => {
  const tensor = i.tensorAttribute("value");
  if (tensor) return known(i, tensor.data, tensor.shape, tensor.kind);
  const [floats, integers] = [i.floats("value_floats"), i.integers("value_ints")];
  if (floats?.length) return known(i, Float64Array.from(floats), [floats.length], "float");
  if (integers?.length) return known(i, Float64Array.from(integers), [integers.length], "integer");
  if (i.has("value_float")) return known(i, Float64Array.of(i.float("value_float", 0)), [], "float");
  if (i.has("value_int")) return known(i, Float64Array.of(i.integer("value_int", 0)), [], "integer");
  throw i.unsupported("이런 상수는");
};

const readConstantOfShape: Reading = (i) => {
  const shape = Array.from(i.known(0).data);
  const value = i.tensorAttribute("value");
  const data = new Float64Array(sizeOf(shape)).fill(value?.data[0] ?? 0);
  return known(i, data, shape, value?.kind ?? "float");
};

const readRange: Reading = (i) => {
  const [start, limit, delta] = [0, 1, 2].map((at) => i.known(at).data[0]!) as [number, number, number];
  const length = Math.max(0, Math.ceil((limit - start) / delta));
  const data = Float64Array.from({ length }, (_, at) => start + at * delta);
  return known(i, data, [length], i.known(0).kind);
};

export const LAYOUT_READINGS: Readonly<Record<string, Reading>> = {
  Identity: pass,
  Dropout: pass,
  Cast: readCast,
  CastLike: readCastLike,
  DequantizeLinear: readDequantize,
  Constant: readConstant,
  ConstantOfShape: readConstantOfShape,
  Range: readRange,
  Shape: (i) => known(i, Float64Array.from(i.shape(0)), [i.shape(0).length], "integer"),
  Size: (i) => known(i, Float64Array.of(sizeOf(i.shape(0))), [], "integer"),
  Reshape: readReshape,
  Flatten: readFlatten,
  Squeeze: readSqueeze,
  Unsqueeze: readUnsqueeze,
  Expand: readExpand,
};
