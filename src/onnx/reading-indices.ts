/** Operators on indices: picking rows, adding to rows, and the little arithmetic that batches need. */
import type { Tensor } from "../engine/graph.ts";
import { add, multiply, negate } from "../engine/ops/arithmetic.ts";
import { equal, where } from "../engine/ops/comparison.ts";
import { addIndices } from "../engine/ops/conversion.ts";
import { advance, gather, oneHot, scatterAddOperation, window } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { argmax, max } from "../engine/ops/reduce.ts";
import { concat, pad } from "../engine/ops/slice.ts";
import { transpose } from "../engine/ops/transpose.ts";
import { broadcastShapes, sizeOf } from "../engine/shape.ts";
import {
  type Incoming,
  type Indices,
  isIndices,
  isKnown,
  isShifted,
  type Known,
  type Shifted,
} from "./incoming.ts";
import type { Reading } from "./reading.ts";

const isRange = ({ data }: Known) => data.every((value, at) => value === at);

/** The two inputs when one is computed indices and the other known numbers, in this order. */
function indicesAndKnown(i: Incoming): readonly [Indices, Known] | undefined {
  const [a, b] = [i.value(0), i.value(1)];
  if (a && b && isIndices(a) && isKnown(b)) return [a, b];
  if (a && b && isIndices(b) && isKnown(a)) return [b, a];
  return undefined;
}

/** Indices plus known numbers: they wait for the remainder that makes them indices again. */
export const readIndexSum = (i: Incoming): Shifted | Indices | undefined => {
  const found = indicesAndKnown(i);
  if (found) {
    const [shifted, offsets] = found;
    const shape = broadcastShapes(i.operator, [shifted.shape, offsets.shape]);
    return { shifted, offsets, modulus: undefined, shape };
  }
  const both = [0, 1]
    .map((at) => i.value(at))
    .every((value) => value && (isIndices(value) || isShifted(value)));
  if (!both) return undefined;
  const [a, b] = [i.indices(0), i.indices(1)].map(({ indices, shape }) => reshape(indices, shape));
  const sum = addIndices(a!, b!);
  return { indices: sum, shape: sum.shape };
};

/** (cursor + amount) mod n is the next cursor; (cursor + 0, 1, 2, …) mod n a window that goes round. */
const readRemainder: Reading = (i) => {
  const [sum, divisor] = [i.value(0), i.known(1)];
  const modulus = divisor.data[0]!;
  if (!sum || divisor.data.length !== 1) throw i.unsupported("여러 제수는");
  if (isKnown(sum)) return { ...sum, data: sum.data.map((x) => x - modulus * Math.floor(x / modulus)) };
  if (!isShifted(sum) || sizeOf(sum.shifted.shape) !== 1) throw i.unsupported("이런 나머지 계산은");
  const { shifted, offsets } = sum;
  if (offsets.data.length > 1) return { ...sum, modulus };
  const next = advance(shifted.indices, offsets.data[0]!, modulus);
  return { indices: next, shape: next.shape };
};

const readGather: Reading = (i) => {
  const [table, picked] = [i.value(0), i.value(1)];
  if (table && picked && isIndices(table) && isShifted(picked)) return readWindow(i, table, picked);
  const axis = i.axis(0, i.shape(0));
  const extent = i.shape(0)[axis]!;
  const { indices, shape } =
    picked && isKnown(picked) ? i.constantIndices(wrapped(picked, extent)) : i.indices(1);
  const whole = table && isIndices(table) ? reshape(table.indices, table.shape) : i.tensor(0);
  const others = whole.shape.map((_, at) => at).filter((at) => at !== axis);
  const rows = gather(transpose(whole, [axis, ...others]), indices);
  const rest = others.map((at) => whole.shape[at]!);
  const count = shape.length;
  // The picked axes stand first; they belong where the axis was.
  const back = [
    ...others.slice(0, axis).map((_, at) => count + at),
    ...shape.map((_, at) => at),
    ...others.slice(axis).map((_, at) => count + axis + at),
  ];
  const result = transpose(reshape(rows, [...shape, ...rest]), back);
  return result.type === "i32" ? { indices: result, shape: result.shape } : result;
};

function readWindow(i: Incoming, order: Indices, picked: Shifted) {
  const { shifted, offsets, modulus } = picked;
  if (!isRange(offsets) || modulus !== sizeOf(order.shape)) throw i.unsupported("이런 번호 묶음은");
  const result = window(order.indices, shifted.indices, offsets.data.length);
  return { indices: result, shape: result.shape };
}

/** Negative indices count from the end. */
function wrapped(value: Known, extent: number): Known {
  return { ...value, data: value.data.map((index) => (index < 0 ? index + extent : index)) };
}

/** Rows of zeros and a one where indices are compared with 0, 1, 2, …; arithmetic otherwise. */
const readEqual: Reading = (i) => {
  const found = indicesAndKnown(i);
  if (!found) {
    return equal(i.tensor(0), i.tensor(1));
  }
  const [{ indices, shape }, classes] = found;
  if (!isRange(classes) || classes.shape.length !== 1 || shape.at(-1) !== 1) {
    throw i.unsupported("이런 번호 비교는");
  }
  const count = classes.data.length;
  return reshape(oneHot(indices, count), [...shape.slice(0, -1), count]);
};

/** Additions onto zeros, one row for each index; or every element put at a place known beforehand. */
const readScatter: Reading = (i) => {
  if (i.text("reduction", "none") === "none") return readPlacement(i);
  const { indices, shape } = i.indices(1);
  const isAddition = i.text("reduction", "none") === "add";
  if (!isAddition || shape.at(-1) !== 1 || i.known(0).data.some((value) => value !== 0)) {
    throw i.unsupported("0이 아닌 텐서에 흩어 쓰는 것은");
  }
  return i.graph.apply(scatterAddOperation, [i.tensor(2), indices], { shape: [...i.shape(0)] });
};

/** Numbers added to zeros at the places given, all along one axis. */
const readScatterElements: Reading = (i) => {
  const isLine = i.shape(0).length === 1 && i.text("reduction", "none") === "add";
  if (!isLine || i.known(0).data.some((value) => value !== 0))
    throw i.unsupported("0이 아닌 텐서에 흩어 쓰는 것은");
  const { indices, shape } = i.indices(1);
  return i.graph.apply(scatterAddOperation, [i.tensor(2), reshape(indices, shape)], {
    shape: [...i.shape(0)],
  });
};

/** The elements are written one after the other into a tensor of one value, at known places, each once. */
function readPlacement(i: Incoming) {
  const [filled, places] = [i.known(0), i.known(1)];
  const { shape, data } = filled;
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const isSingle = places.shape.at(-1) === shape.length && data.every((value) => value === data[0]);
  if (!isSingle) throw i.unsupported("텐서의 일부를 덮어쓰는 것은");
  // Which element of the result comes from where: the filling stands behind the elements.
  const elements = reshape(i.tensor(2), [sizeOf(i.shape(2))]);
  const source = new Float64Array(data.length).fill(elements.shape[0]!);
  for (let from = 0; from < elements.shape[0]!; from++) {
    const at = strides.reduce(
      (sum, stride, axis) => sum + stride * places.data[from * shape.length + axis]!,
      0,
    );
    source[at] = from;
  }
  const behind = pad(elements, [[0, 1]], data[0] ?? 0);
  return gather(behind, i.graph.constant(source, shape, "i32"));
}

const readExtreme =
  (turn: (x: Tensor) => Tensor): Reading =>
  (i) => {
    const x = turn(i.tensor(0));
    const axis = i.axis(0, x.shape);
    if (i.integer("select_last_index", 0) === 1) throw i.unsupported("마지막 위치를 고르는 것은");
    const kept = x.shape.map((extent, at) => (at === axis ? 1 : extent));
    const shape = i.integer("keepdims", 1) === 1 ? kept : kept.toSpliced(axis, 1);
    return { indices: argmax(x, axis), shape };
  };
const readArgmax = readExtreme((x) => x);
const readArgmin = readExtreme(negate);

/** Every further one costs a pass over the tensor; beyond this the graph would grow out of hand. */
const MOST_FOUND = 16;

/** The k largest (or smallest) along an axis, one after the other: each is taken out before the next is looked for. */
const readTopK: Reading = (i) => {
  const x = i.tensor(0);
  const axis = i.axis(-1, x.shape);
  const extent = x.shape[axis]!;
  const k = i.operatorSet < 10 ? i.integer("k", 1) : i.known(1).data[0]!;
  if (k > MOST_FOUND) throw i.unsupported(`${MOST_FOUND}개가 넘는 값을 고르는 것은`);
  const isLargest = i.integer("largest", 1) === 1;
  const others = x.shape.map((_, at) => at).filter((at) => at !== axis);
  let rest = transpose(isLargest ? x : negate(x), [...others, axis]);
  const outer = rest.shape.slice(0, -1);
  const [values, places]: [Tensor[], Tensor[]] = [[], []];
  for (let found = 0; found < k; found++) {
    const place = argmax(rest, -1);
    values.push(max(rest, -1));
    places.push(reshape(place, [...outer, 1]));
    rest = where(oneHot(place, extent), Number.NEGATIVE_INFINITY, rest);
  }
  const back = [
    ...others.slice(0, axis).map((_, at) => at),
    others.length,
    ...others.slice(axis).map((_, at) => axis + at),
  ];
  const largest = transpose(concat(values, -1), back);
  const indices = transpose(concat(places, -1), back);
  return [isLargest ? largest : negate(largest), { indices, shape: indices.shape }];
};

/** Rows of `off` with `on` where the index says; a new axis, by default the last. */
const readOneHot: Reading = (i) => {
  const depth = i.known(1).data[0]!;
  const [off, on] = i.known(2).data as unknown as [number, number];
  const { indices, shape } = i.indices(0);
  const hot = add(multiply(oneHot(reshape(indices, shape), depth), on - off), off);
  const rank = shape.length + 1;
  const given = i.integer("axis", -1);
  const axis = given < 0 ? given + rank : given;
  const order = shape.map((_, at) => at);
  return transpose(hot, order.toSpliced(axis, 0, shape.length));
};

export const INDEX_READINGS: Readonly<Record<string, Reading>> = {
  Mod: readRemainder,
  Gather: readGather,
  Equal: readEqual,
  ScatterND: readScatter,
  ScatterElements: readScatterElements,
  ArgMax: readArgmax,
  ArgMin: readArgmin,
  TopK: readTopK,
  OneHot: readOneHot,
};
