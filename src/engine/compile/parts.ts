/**
 * Two threads run the same entry, each its part of every step. A step divides along one axis of its result, and
 * every element is computed as one thread would: the results are the same to the bit.
 */
import type { Tensor } from "../graph.ts";
import type { Buffer, Cut } from "../operation.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { contiguousStrides } from "./strided-copy.ts";

/** Indices `from` … `to` − 1 along the axis that is cut. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bytes a thread reads or writes. */
export interface Access {
  readonly from: number;
  readonly to: number;
  readonly writes: boolean;
}

/** Two halves of 0 … extent, the place between them a multiple of `granule`; `undefined` when one would be empty. */
export function halves(extent: number, granule: number): [Span, Span] | undefined {
  const middle = Math.round(extent / 2 / granule) * granule;
  if (middle <= 0 || middle >= extent) return undefined;
  return [
    { from: 0, to: middle },
    { from: middle, to: extent },
  ];
}

/** Where a result can be cut: between whole vectors, because kernels may fill a vector up. */
export function cutSpans(cut: Cut, output: Shape): [Span, Span] | undefined {
  const behind = sizeOf(output.slice(cut.output + 1));
  const granule = behind % 4 === 0 ? 1 : behind % 2 === 0 ? 2 : 4;
  return halves(output[cut.output]!, Math.max(granule, cut.granule ?? 1));
}

/** The part of a tensor at `address` that lies between two indices of an axis; all of it when `axis` is `null`. */
export function partOf({ shape }: Tensor, address: number, axis: number | null, { from, to }: Span): Buffer {
  if (axis === null) return { address, shape, whole: shape, start: 0 };
  const start = from * sizeOf(shape.slice(axis + 1));
  return { address: address + start * 4, shape: partShape(shape, axis, { from, to }), whole: shape, start };
}

export function partShape(shape: Shape, axis: number | null, { from, to }: Span): Shape {
  return axis === null ? shape : shape.map((extent, i) => (i === axis ? to - from : extent));
}

/** From the first to the last byte of a buffer; what lies between the rows of a part counts as well. */
export function accessTo({ address, shape, whole }: Buffer, writes: boolean): Access {
  const strides = contiguousStrides(whole);
  const last = shape.reduce((total, extent, axis) => total + (extent - 1) * strides[axis]!, 0);
  return { from: address, to: address + (last + 1) * 4, writes };
}

/**
 * Tells where the threads must wait for each other: before a step that reads what the other thread may just have
 * written, or writes what it may still read. Steps whose parts stay in their halves of memory need no waiting.
 */
export class Barriers {
  #open: (readonly Access[])[] = [[], []];

  /** @param accesses of each thread in the next step. @returns whether a barrier must stand before the step. */
  before(accesses: readonly (readonly Access[])[]): boolean {
    const meets = (a: Access, b: Access) => (a.writes || b.writes) && a.from < b.to && b.from < a.to;
    const needed = accesses.some((own, thread) =>
      own.some((access) => this.#open[1 - thread]!.some((other) => meets(access, other))),
    );
    this.#open = accesses.map((own, thread) => (needed ? own : [...this.#open[thread]!, ...own]));
    return needed;
  }
}
