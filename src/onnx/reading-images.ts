/** Operators on images [batch, channels, rows, columns], and on signals [batch, channels, length] as one row. */
import type { Tensor } from "../engine/graph.ts";
import { add, multiply } from "../engine/ops/arithmetic.ts";
import { toIndex } from "../engine/ops/conversion.ts";
import { convolution } from "../engine/ops/convolution.ts";
import { reshape } from "../engine/ops/layout.ts";
import { maxPool, maxPoolPickOperation } from "../engine/ops/max-pool.ts";
import { type PoolOptions, poolAttributes } from "../engine/ops/pool-window.ts";
import { averagePool, sumPoolOperation } from "../engine/ops/sum-pool.ts";
import { transpose } from "../engine/ops/transpose.ts";
import { transposedConvolution } from "../engine/ops/transposed-convolution.ts";
import { upsample } from "../engine/ops/upsample.ts";
import { sizeOf } from "../engine/shape.ts";
import type { Incoming } from "./incoming.ts";
import type { Reading } from "./reading.ts";

/** [rows, columns]; a signal has one row. */
type Pair = readonly [number, number];
type Sides = readonly [number, number, number, number];

interface Window {
  readonly size: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Sides;
}

/** A list of one number for each spatial axis. */
function pair(i: Incoming, name: string, fallback: number): Pair {
  const list = i.integers(name);
  if (!list || list.length === 0) return [fallback, fallback];
  if (list.length === 1) return [fallback, list[0]!];
  if (list.length === 2) return [list[0]!, list[1]!];
  throw i.unsupported("세 축 이상의 그림은");
}

/** Images of the tensor: a signal becomes a picture of one row. */
function images(i: Incoming, at: number): Tensor {
  const tensor = i.tensor(at);
  const { shape } = tensor;
  if (shape.length === 4) return tensor;
  if (shape.length === 3) return reshape(tensor, [shape[0]!, shape[1]!, 1, shape[2]!]);
  throw i.unsupported(shape.length === 5 ? "입체를 다루는 3차원 계산은" : `축이 ${shape.length}개인 텐서는`);
}

/** The result as a signal again, when the input was one. */
const likeInput = (i: Incoming, result: Tensor) =>
  i.shape(0).length === 3 ? reshape(result, [result.shape[0]!, result.shape[1]!, result.shape[3]!]) : result;

/** `[top, left, bottom, right]`; “same” padding puts what is odd at the end (UPPER) or the beginning (LOWER). */
function paddingOf(i: Incoming, image: Pair, { size, stride, dilation }: Omit<Window, "padding">): Sides {
  const automatic = i.text("auto_pad", "NOTSET");
  if (automatic === "NOTSET") {
    const pads = i.integers("pads") ?? [];
    if (pads.length === 2) return [0, pads[0]!, 0, pads[1]!];
    return pads.length === 4 ? [pads[0]!, pads[1]!, pads[2]!, pads[3]!] : [0, 0, 0, 0];
  }
  if (automatic === "VALID") return [0, 0, 0, 0];
  const totals = ([0, 1] as const).map((axis) => {
    const positions = Math.ceil(image[axis] / stride[axis]);
    const span = (size[axis] - 1) * dilation[axis] + 1;
    return Math.max(0, (positions - 1) * stride[axis] + span - image[axis]);
  }) as [number, number];
  const round = automatic === "SAME_LOWER" ? Math.ceil : Math.floor;
  const [top, left] = [round(totals[0] / 2), round(totals[1] / 2)];
  return [top, left, totals[0] - top, totals[1] - left];
}

function windowOf(i: Incoming, image: Tensor, size: Pair): Window {
  const window = { size, stride: pair(i, "strides", 1), dilation: pair(i, "dilations", 1) };
  return { ...window, padding: paddingOf(i, [image.shape[2]!, image.shape[3]!], window) };
}

/** Adds a value for each channel. */
function withBias(i: Incoming, result: Tensor): Tensor {
  const bias = i.optionalTensor(2);
  return bias ? add(result, reshape(bias, [sizeOf(bias.shape), 1, 1])) : result;
}

export const readConvolution: Reading = (i) => {
  const [x, weights] = [images(i, 0), images(i, 1)];
  const window = windowOf(i, x, [weights.shape[2]!, weights.shape[3]!]);
  const result = convolution(x, weights, { ...window, groups: i.integer("group", 1) });
  return likeInput(i, withBias(i, result));
};

const readTransposedConvolution: Reading = (i) => {
  const [x, weights] = [images(i, 0), images(i, 1)];
  if (i.has("output_shape") || !["NOTSET", "VALID"].includes(i.text("auto_pad", "NOTSET"))) {
    throw i.unsupported("출력 크기를 직접 정하는 것은");
  }
  const window = windowOf(i, x, [weights.shape[2]!, weights.shape[3]!]);
  const extra = pair(i, "output_padding", 0);
  const result = transposedConvolution(x, weights, { ...window, extra, groups: i.integer("group", 1) });
  return likeInput(i, withBias(i, result));
};

/** Images, and how the pooling window lies on them. */
function pooling(i: Incoming): { x: Tensor; options: PoolOptions } {
  const x = images(i, 0);
  const size = pair(i, "kernel_shape", 1);
  const { stride, dilation, padding } = windowOf(i, x, size);
  if (dilation.some((step) => step !== 1)) throw i.unsupported("벌어진 창의 풀링은");
  const isWhole = ([0, 1] as const).every(
    (axis) => (x.shape[axis + 2]! + padding[axis] + padding[axis + 2]! - size[axis]) % stride[axis] === 0,
  );
  if (i.integer("ceil_mode", 0) === 1 && !isWhole) throw i.unsupported("그림 밖으로 나가는 창의 풀링은");
  return { x, options: { window: size, stride, padding } };
}

/** Beyond this a float no longer counts every element. */
const MOST_COUNTED = 2 ** 24;

/** The second result: where in the whole tensor each of the largest elements lies, counted row-major. */
export const readMaxPool: Reading = (i) => {
  const { x, options } = pooling(i);
  const largest = likeInput(i, maxPool(x, options));
  if (i.outputCount === 1) return largest;
  const count = sizeOf(x.shape);
  if (i.integer("storage_order", 0) === 1 || count > MOST_COUNTED) throw i.unsupported("이런 위치 세기는");
  const numbers = i.graph.constant(
    Float64Array.from({ length: count }, (_, at) => at),
    x.shape,
  );
  const picked = x.graph.apply(maxPoolPickOperation, [x, numbers], poolAttributes(x.shape, options));
  return [largest, { indices: toIndex(picked), shape: largest.shape }];
};

/** By default the padding does not count; with `count_include_pad` its zeros do. */
const readAveragePool: Reading = (i) => {
  const { x, options } = pooling(i);
  if (i.integer("count_include_pad", 0) === 0) return likeInput(i, averagePool(x, options));
  const [rows, columns] = options.window as Pair;
  const total = x.graph.apply(sumPoolOperation, [x], poolAttributes(x.shape, options));
  return likeInput(i, multiply(total, 1 / (rows * columns)));
};

/** Enlarging by whole factors, where the nearest element is the one repeated. */
const readResize: Reading = (i) => {
  const x = i.tensor(0);
  const last = i.inputCount - 1;
  const given = Array.from(i.known(last).data);
  // Sizes are the fourth input; scales the third, and the second of the old Upsample.
  const factors = last === 3 ? given.map((size, axis) => size / x.shape[axis]!) : given;
  const coordinates = i.text("coordinate_transformation_mode", last === 1 ? "asymmetric" : "half_pixel");
  const rounding = i.text("nearest_mode", last === 1 ? "floor" : "round_prefer_floor");
  const repeats = coordinates === "asymmetric" ? rounding === "floor" : /half_pixel$/.test(coordinates);
  const [batch, channels, rows, columns] = factors;
  const isWhole = batch === 1 && channels === 1 && Number.isInteger(rows) && Number.isInteger(columns);
  if (i.text("mode", "nearest") !== "nearest" || factors.length !== 4 || !repeats || !isWhole) {
    throw i.unsupported("정수 배의 최근접 확대가 아닌 것은");
  }
  return upsample(x, [rows!, columns!]);
};

/** Blocks of channels become blocks of rows and columns (`DCR`: the block's axes come first among the channels). */
const readDepthToSpace: Reading = (i) => {
  const x = images(i, 0);
  const [batch, channels, rows, columns] = x.shape as [number, number, number, number];
  const block = i.integer("blocksize", 1);
  const rest = channels / block ** 2;
  const isFirst = i.text("mode", "DCR") === "DCR";
  const split = isFirst ? [block, block, rest] : [rest, block, block];
  const order = isFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
  return reshape(transpose(reshape(x, [batch, ...split, rows, columns]), order), [
    ...[batch, rest, rows * block, columns * block],
  ]);
};

const readSpaceToDepth: Reading = (i) => {
  const x = images(i, 0);
  const [batch, channels, rows, columns] = x.shape as [number, number, number, number];
  const block = i.integer("blocksize", 1);
  const [down, right] = [rows / block, columns / block];
  const split = reshape(x, [batch, channels, down, block, right, block]);
  return reshape(transpose(split, [0, 3, 5, 1, 2, 4]), [batch, channels * block ** 2, down, right]);
};

export const IMAGE_READINGS: Readonly<Record<string, Reading>> = {
  MaxPool: readMaxPool,
  AveragePool: readAveragePool,
  DepthToSpace: readDepthToSpace,
  SpaceToDepth: readSpaceToDepth,
  Resize: readResize,
  Upsample: readResize,
  Conv: readConvolution,
  ConvTranspose: readTransposedConvolution,
};
