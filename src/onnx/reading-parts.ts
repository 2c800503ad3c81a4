/** Operators that turn, cut, join and repeat tensors. */
import type { Tensor } from "../engine/graph.ts";
import { where } from "../engine/ops/comparison.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { concat, pad, type Range, slice } from "../engine/ops/slice.ts";
import { transpose } from "../engine/ops/transpose.ts";
import { resolveAxis } from "../engine/shape.ts";
import { type Imported, type Incoming, isIndices, isKnown } from "./incoming.ts";
import type { Reading } from "./reading.ts";

/** An input as a tensor of its own type: floats, or indices when the network computes them. */
function typed(i: Incoming, at: number): Tensor {
  const value = i.value(at);
  if (!value || isKnown(value) || !isIndices(value)) return i.tensor(at);
  return reshape(value.indices, value.shape);
}

const asImported = (tensor: Tensor): Imported =>
  tensor.type === "i32" ? { indices: tensor, shape: tensor.shape } : tensor;

/** Beyond this an end stands for “to the end”, in either direction. */
const FAR = 2 ** 31 - 1;

const readSlice: Reading = (i) => {
  const x = typed(i, 0);
  const starts = i.list(1, "starts") ?? [];
  const ends = i.list(2, "ends") ?? [];
  const axes = i.list(3, "axes") ?? starts.map((_, at) => at);
  const steps = i.list(4, "steps") ?? starts.map(() => 1);
  const ranges: Range[] = x.shape.map(() => ({}));
  axes.forEach((axis, at) => {
    const end = ends[at]!;
    const bound = Math.abs(end) >= FAR ? {} : { end };
    ranges[resolveAxis(i.operator, axis, x.shape)] = { start: starts[at]!, step: steps[at]!, ...bound };
  });
  return asImported(slice(x, ranges));
};

const readConcat: Reading = (i) => {
  const tensors = Array.from({ length: i.inputCount }, (_, at) => typed(i, at));
  return asImported(concat(tensors, i.axis(0, tensors[0]!.shape)));
};

/** Into pieces of given sizes, or into as many equal ones as there are results. */
const readSplit: Reading = (i) => {
  const x = typed(i, 0);
  const axis = i.axis(0, x.shape);
  const extent = x.shape[axis]!;
  const count = i.outputCount;
  const equal = Math.ceil(extent / count);
  const sizes =
    i.list(1, "split") ?? Array.from({ length: count }, (_, at) => Math.min(equal, extent - at * equal));
  let start = 0;
  return sizes.map((size) => {
    const ranges = x.shape.map((_, at) => (at === axis ? { start, end: start + size } : {}));
    start += size;
    return asImported(slice(x, ranges));
  });
};

const readPad: Reading = (i) => {
  if (i.text("mode", "constant") !== "constant") throw i.unsupported("상수가 아닌 값으로 채우는 것은");
  const x = typed(i, 0);
  const pads = i.list(1, "pads") ?? [];
  const axes = i.list(3, "axes") ?? x.shape.map((_, axis) => axis);
  const amounts: [number, number][] = x.shape.map(() => [0, 0]);
  axes.forEach((axis, at) => {
    amounts[resolveAxis(i.operator, axis, x.shape)] = [pads[at]!, pads[at + axes.length]!];
  });
  const fill = i.value(2) ? i.known(2).data[0]! : i.float("value", 0);
  if (amounts.some(([before, after]) => before < 0 || after < 0)) throw i.unsupported("잘라 내는 채우기는");
  return asImported(pad(x, amounts, fill));
};

const readTile: Reading = (i) => {
  const x = typed(i, 0);
  const repeats = Array.from(i.known(1).data);
  const apart = x.shape.flatMap((extent) => [1, extent]);
  const repeated = x.shape.flatMap((extent, axis) => [repeats[axis]!, extent]);
  const whole = x.shape.map((extent, axis) => extent * repeats[axis]!);
  return asImported(reshape(broadcast(reshape(x, apart), repeated), whole));
};

/** What lies above (or below) a diagonal of the last two axes; the rest becomes 0. */
const readTriangle: Reading = (i) => {
  const x = i.tensor(0);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const shift = i.value(1) ? i.known(1).data[0]! : 0;
  const isUpper = i.integer("upper", 1) === 1;
  const kept = Array.from({ length: rows * columns }, (_, at) => {
    const beyond = (at % columns) - Math.floor(at / columns) - shift;
    return Number(isUpper ? beyond >= 0 : beyond <= 0);
  });
  return where(i.graph.constant(kept, [rows, columns]), x, 0);
};

export const PART_READINGS: Readonly<Record<string, Reading>> = {
  Transpose: (i) => asImported(transpose(typed(i, 0), i.integers("perm"))),
  Slice: readSlice,
  Concat: readConcat,
  Split: readSplit,
  Pad: readPad,
  Tile: readTile,
  Trilu: readTriangle,
};
