/** Operators on indices: picking rows, adding to rows, and the little arithmetic that batches need. */
import { greater, subtract } from "../engine/ops/arithmetic.ts";
import { advance, gather, oneHot, scatterAddOperation, window } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { sizeOf } from "../engine/shape.ts";
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
export const readIndexSum = (i: Incoming): Shifted | undefined => {
  const found = indicesAndKnown(i);
  return found && { shifted: found[0], offsets: found[1], modulus: undefined, shape: found[1].shape };
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
  if (axis !== 0) throw i.unsupported("첫 축이 아닌 축에서 고르는 것은");
  return reshape(gather(i.tensor(0), indices), [...shape, ...i.shape(0).slice(1)]);
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
    const [a, b] = [i.tensor(0), i.tensor(1)];
    return subtract(subtract(1, greater(a, b)), greater(b, a));
  }
  const [{ indices, shape }, classes] = found;
  if (!isRange(classes) || classes.shape.length !== 1 || shape.at(-1) !== 1) {
    throw i.unsupported("이런 번호 비교는");
  }
  const count = classes.data.length;
  return reshape(oneHot(indices, count), [...shape.slice(0, -1), count]);
};

/** Additions onto zeros, one row for each index. */
const readScatter: Reading = (i) => {
  const { indices, shape } = i.indices(1);
  const isAddition = i.text("reduction", "none") === "add";
  if (!isAddition || shape.at(-1) !== 1 || i.known(0).data.some((value) => value !== 0)) {
    throw i.unsupported("0이 아닌 텐서에 흩어 쓰는 것은");
  }
  return i.graph.apply(scatterAddOperation, [i.tensor(2), indices], { shape: [...i.shape(0)] });
};

export const INDEX_READINGS: Readonly<Record<string, Reading>> = {
  Mod: readRemainder,
  Gather: readGather,
  Equal: readEqual,
  ScatterND: readScatter,
};
