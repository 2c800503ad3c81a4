/** Parts of a tensor, and tensors put into larger ones: each is the other's gradient. */
import type { Emitter } from "../compile/emitter.ts";
import { place as at, forEach, vectorsFor } from "../compile/loops.ts";
import { contiguousStrides, emitStridedCopy, type Layout } from "../compile/strided-copy.ts";
import type { Tensor } from "../graph.ts";
import {
  type Attributes,
  type Buffer,
  type Cut,
  cutLeading,
  leadingAxis,
  listAttribute,
  numberAttribute,
  type Operation,
} from "../operation.ts";
import { resolveAxis, type Shape, ShapeError, sizeOf } from "../shape.ts";

/** Where a part lies in a whole: along every axis the first index and the step, which may be negative. */
function partOf(attributes: Attributes): { start: readonly number[]; step: readonly number[] } {
  return { start: listAttribute(attributes, "start"), step: listAttribute(attributes, "step") };
}

/** Offset and strides, in elements, of the part within the whole. */
function within(whole: Shape, attributes: Attributes): { offset: number; strides: number[] } {
  const { start, step } = partOf(attributes);
  const own = contiguousStrides(whole);
  return {
    offset: start.reduce((total, index, axis) => total + index * own[axis]!, 0),
    strides: own.map((stride, axis) => stride * step[axis]!),
  };
}

/** Calls `visit` with the flat index in the part and in the whole. */
function forEachElement(
  part: Shape,
  whole: Shape,
  attributes: Attributes,
  visit: (inPart: number, inWhole: number) => void,
): void {
  const { offset, strides } = within(whole, attributes);
  const own = contiguousStrides(part);
  for (let flat = 0; flat < sizeOf(part); flat++) {
    const index = part.map((extent, axis) => Math.floor(flat / own[axis]!) % extent);
    visit(
      flat,
      index.reduce((total, i, axis) => total + i * strides[axis]!, offset),
    );
  }
}

function checkPart(name: string, part: Shape, whole: Shape, attributes: Attributes): void {
  const { start, step } = partOf(attributes);
  const fits = whole.every((extent, axis) => {
    const last = start[axis]! + (part[axis]! - 1) * step[axis]!;
    return start[axis]! >= 0 && start[axis]! < extent && last >= 0 && last < extent && step[axis] !== 0;
  });
  if (part.length !== whole.length || part.some((extent) => extent < 1) || !fits) {
    throw new ShapeError(name, "the part lies outside the whole", [part, whole]);
  }
}

function layoutIn(whole: Buffer, attributes: Attributes): Layout {
  const { offset, strides } = within(whole.whole, attributes);
  return { address: whole.address + offset * 4, strides };
}

/** Along the result's leading axis, where the part begins there at 0 and skips nothing. */
function cutBoth(part: Shape, output: Shape, attributes: Attributes): Cut | undefined {
  const axis = leadingAxis(output);
  const { start, step } = partOf(attributes);
  const fits = axis !== undefined && start[axis] === 0 && step[axis] === 1 && part[axis] === output[axis];
  return fits ? cutLeading(1, output) : undefined;
}

export const sliceOperation: Operation = {
  name: "slice",
  type: "input",
  shape: ([input], attributes) => {
    const size = listAttribute(attributes, "size");
    checkPart("slice", size, input!, attributes);
    return size;
  },
  reference: ([input], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape));
    forEachElement(shape, input!.shape, attributes, (inPart, inWhole) => {
      result[inPart] = input!.data[inWhole]!;
    });
    return result;
  },
  gradient: ({ inputs: [input], attributes }, upstream) => {
    const { start, step } = partOf(attributes);
    return [place(upstream, { shape: input!.shape, start, step, fill: 0 })];
  },
  kernel: {
    kind: "whole",
    cut: (_inputs, output, attributes) => cutBoth(output, output, attributes),
    emit: (e, { inputs: [input], output, attributes }) => {
      const to = { address: output.address, strides: contiguousStrides(output.shape) };
      emitStridedCopy(e, output.shape, layoutIn(input!, attributes), to);
    },
  },
};

export const placeOperation: Operation = {
  name: "place",
  type: "input",
  shape: ([part], attributes) => {
    const shape = listAttribute(attributes, "shape");
    checkPart("place", part!, shape, attributes);
    return shape;
  },
  reference: ([part], attributes, shape) => {
    const result = new Float64Array(sizeOf(shape)).fill(numberAttribute(attributes, "fill"));
    forEachElement(part!.shape, shape, attributes, (inPart, inWhole) => {
      result[inWhole] = part!.data[inPart]!;
    });
    return result;
  },
  gradient: ({ inputs: [part], attributes }, upstream) => {
    const { start, step } = partOf(attributes);
    return [upstream.graph.apply(sliceOperation, [upstream], { start, step, size: [...part!.shape] })];
  },
  kernel: {
    kind: "whole",
    cut: ([part], output, attributes) => cutBoth(part!, output, attributes),
    emit: (e, { inputs: [part], output, attributes }) => {
      emitFill(e, output.address, sizeOf(output.shape), numberAttribute(attributes, "fill"));
      const from = { address: part!.address, strides: contiguousStrides(part!.shape) };
      emitStridedCopy(e, part!.shape, from, layoutIn(output, attributes));
    },
  },
};

/** Whole vectors: the buffer is padded to them. */
function emitFill(e: Emitter, address: number, size: number, value: number): void {
  const vectors = vectorsFor(size);
  forEach(e, { end: vectors * 16, step: 16, unroll: vectors <= 16 }, (offset) => {
    e.store(at(e, address, [offset, 1]), e.constant(value));
  });
}

/** One axis' part, as in Python's `start:end:step`: a negative index counts from the end. */
export interface Range {
  readonly start?: number;
  readonly end?: number;
  readonly step?: number;
}

/**
 * Every `step`-th element from `start` on and before `end`, along each axis given (`{}` keeps an axis whole, and so
 * do axes left out). @throws ShapeError when nothing would be left.
 */
export function slice(x: Tensor, ranges: readonly Range[]): Tensor {
  const resolved = x.shape.map((extent, axis) => resolveRange(ranges[axis] ?? {}, extent));
  if (resolved.every(({ step, size }, axis) => step === 1 && size === x.shape[axis])) return x;
  return x.graph.apply(sliceOperation, [x], {
    start: resolved.map(({ start }) => start),
    step: resolved.map(({ step }) => step),
    size: resolved.map(({ size }) => size),
  });
}

function resolveRange({ start, end, step = 1 }: Range, extent: number) {
  const counted = (index: number) => (index < 0 ? index + extent : index);
  const first = start === undefined ? (step > 0 ? 0 : extent - 1) : counted(start);
  const last = end === undefined ? (step > 0 ? extent : -1) : counted(end);
  const from = Math.min(Math.max(first, 0), extent - 1);
  const bound = Math.min(Math.max(last, -1), extent);
  return { start: from, step, size: Math.max(0, Math.ceil((bound - from) / step)) };
}

/** A tensor of `shape` filled with `fill`, with `x` at every `step`-th index from `start` on. */
export function place(
  x: Tensor,
  to: { shape: Shape; start: readonly number[]; step: readonly number[]; fill: number },
): Tensor {
  const { shape, start, step, fill } = to;
  return x.graph.apply(placeOperation, [x], { shape: [...shape], start, step, fill });
}

/** Puts `before` and `after` elements of `fill` around each axis. */
export function pad(x: Tensor, amounts: readonly (readonly [number, number])[], fill = 0): Tensor {
  if (amounts.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map((extent, axis) => extent + amounts[axis]![0] + amounts[axis]![1]);
  const start = amounts.map(([before]) => before);
  return place(x, { shape, start, step: x.shape.map(() => 1), fill });
}

export const concatOperation: Operation = {
  name: "concat",
  type: "input",
  shape: (inputs, attributes) => {
    const axis = resolveAxis("concat", numberAttribute(attributes, "axis"), inputs[0]!);
    const fits = inputs.every(
      (own) =>
        own.length === inputs[0]!.length && own.every((extent, i) => i === axis || extent === inputs[0]![i]),
    );
    if (!fits) throw new ShapeError("concat", "the other axes differ", inputs);
    const total = inputs.reduce((sum, own) => sum + own[axis]!, 0);
    return inputs[0]!.map((extent, i) => (i === axis ? total : extent));
  },
  reference: (inputs, attributes, shape) => {
    const axis = numberAttribute(attributes, "axis");
    const result = new Float64Array(sizeOf(shape));
    const row = sizeOf(shape.slice(axis));
    let start = 0;
    for (const input of inputs) {
      const width = sizeOf(input.shape.slice(axis));
      for (let outer = 0; outer < sizeOf(shape.slice(0, axis)); outer++) {
        result.set(input.data.subarray(outer * width, (outer + 1) * width), outer * row + start);
      }
      start += width;
    }
    return result;
  },
  gradient: ({ inputs, attributes }, upstream) => {
    const axis = numberAttribute(attributes, "axis");
    let start = 0;
    return inputs.map((input) => {
      const range = { start, end: start + input.shape[axis]! };
      start = range.end;
      return slice(
        upstream,
        input.shape.map((_, i) => (i === axis ? range : {})),
      );
    });
  },
  kernel: {
    kind: "whole",
    cut: (inputs, output, attributes) => {
      const cut = cutLeading(inputs.length, output);
      return cut && cut.output < numberAttribute(attributes, "axis") ? cut : undefined;
    },
    emit: (e, { inputs, output, attributes }) => {
      const axis = numberAttribute(attributes, "axis");
      const row = sizeOf(output.shape.slice(axis));
      let start = 0;
      for (const input of inputs) {
        const width = sizeOf(input.shape.slice(axis));
        const domain = [sizeOf(output.shape.slice(0, axis)), width];
        const to = { address: output.address + start * 4, strides: [row, 1] };
        emitStridedCopy(e, domain, { address: input.address, strides: [width, 1] }, to);
        start += width;
      }
    },
  },
};

/** Joins tensors along one axis; the others must be equal. @throws ShapeError when they are not. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new Error("concat: nothing to join");
  if (tensors.length === 1) return first;
  return first.graph.apply(concatOperation, tensors, { axis: resolveAxis("concat", axis, first.shape) });
}
