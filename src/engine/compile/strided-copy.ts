/** Copies elements between two layouts: the kernel of transposing, slicing, padding and joining. */
import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";
import { collapse } from "./elementwise-loop.ts";
import type { Emitter } from "./emitter.ts";
import { beyond, forEach, type Index, lanesAt, place, vectorsFor } from "./loops.ts";

/** Byte address of element 0 and, for every axis of the copied domain, the stride in elements. */
export interface Layout {
  readonly address: number;
  readonly strides: readonly number[];
}

const UNROLLED = 32;

/** Strides of a row-major tensor. */
export function contiguousStrides(shape: Shape): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** Copies every element of `domain` from one layout to the other. The two must not overlap. */
export function emitStridedCopy(e: Emitter, domain: Shape, from: Layout, to: Layout): void {
  const { extents, strides } = collapse(domain, [from.strides, to.strides]);
  const [source, target] = strides as [number[], number[]];
  const last = extents.length - 1;
  const turned = source.indexOf(1);
  const copy = { from: from.address, to: to.address, extents, source, target };
  const turnable = turned >= 0 && source[last]! > 0 && target[turned]! > 0;
  if (source[last] === 1 && target[last] === 1) emitRows(e, copy);
  else if (target[last] === 1 && turnable) emitTurned(e, copy, turned);
  else emitSingle(e, copy);
}

/** Axes merged, strides in elements. */
interface Copy {
  readonly from: number;
  readonly to: number;
  readonly extents: readonly number[];
  readonly source: readonly number[];
  readonly target: readonly number[];
}

type Term = readonly [Index, number];

/** Loops over the given axes; `body` gets the address terms of either side. */
function nest(
  e: Emitter,
  copy: Copy,
  axes: readonly number[],
  unroll: boolean,
  body: (source: readonly Term[], target: readonly Term[]) => void,
  source: readonly Term[] = [],
  target: readonly Term[] = [],
): void {
  const [axis, ...rest] = axes;
  if (axis === undefined) {
    body(source, target);
    return;
  }
  forEach(e, { end: copy.extents[axis]!, unroll }, (index) => {
    const from = terms(e, index, copy.extents[axis]!, copy.source[axis]! * 4);
    const to = terms(e, index, copy.extents[axis]!, copy.target[axis]! * 4);
    nest(e, copy, rest, unroll, body, [...source, ...from], [...target, ...to]);
  });
}

/**
 * index · stride. Against the order of memory it is counted from the far end: a run-time offset below 0 would be
 * taken as one of nearly 4 GiB.
 */
function terms(e: Emitter, index: Index, extent: number, stride: number): Term[] {
  if (stride >= 0) return [[index, stride]];
  const mirrored = typeof index === "number" ? extent - 1 - index : e.scaleAdd(index, -1, e.int(extent - 1));
  return [
    [mirrored, -stride],
    [extent - 1, stride],
  ];
}

/** Both sides contiguous along the last axis: whole vectors. */
function emitRows(e: Emitter, copy: Copy): void {
  const axes = copy.extents.map((_, axis) => axis).slice(0, -1);
  const width = copy.extents.at(-1)!;
  const rows = sizeOf(copy.extents.slice(0, -1));
  const whole = width - (width % 4);
  nest(e, copy, axes, rows * vectorsFor(width) <= UNROLLED, (source, target) => {
    const move = (column: Index, lanes: number) => {
      const value = e.load(place(e, copy.from, ...source, [column, 4]));
      e.store(place(e, copy.to, ...target, [column, 4]), value, lanes);
    };
    forEach(e, { end: whole, step: 4, unroll: whole <= 64 }, (column) => move(column, 4));
    if (whole < width) e.scope(() => move(whole, lanesAt(whole, width)));
  });
}

/** Contiguous along `axis` in the source and along the last axis in the target: blocks of 4×4. */
function emitTurned(e: Emitter, copy: Copy, axis: number): void {
  const last = copy.extents.length - 1;
  const [height, width] = [copy.extents[axis]!, copy.extents[last]!];
  const [sourceRow, targetRow] = [copy.source[last]! * 4, copy.target[axis]! * 4];
  const axes = copy.extents.map((_, i) => i).filter((i) => i !== axis && i !== last);
  const blocks = sizeOf(axes.map((i) => copy.extents[i]!)) * vectorsFor(height) * vectorsFor(width);
  const unroll = blocks <= UNROLLED / 4;
  nest(e, copy, axes, unroll, (source, target) => {
    const block = (row: Index, column: Index, rows: number, columns: number) => {
      const at = place(e, copy.from, ...source, [row, 4], [column, sourceRow]);
      // Lanes beyond the last column repeat it: they are never stored.
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => e.load(beyond(at, Math.min(i, columns - 1) * sourceRow)));
      const low = [e.shuffle(a!, b!, [0, 4, 1, 5]), e.shuffle(c!, d!, [0, 4, 1, 5])] as const;
      const high = [e.shuffle(a!, b!, [2, 6, 3, 7]), e.shuffle(c!, d!, [2, 6, 3, 7])] as const;
      const turned = [low, high].flatMap(([left, right]) => [
        e.shuffle(left, right, [0, 1, 4, 5]),
        e.shuffle(left, right, [2, 3, 6, 7]),
      ]);
      const out = place(e, copy.to, ...target, [row, targetRow], [column, 4]);
      for (let i = 0; i < rows; i++) e.store(beyond(out, i * targetRow), turned[i]!, columns);
    };
    inFours(e, height, unroll, (row, rows) =>
      inFours(e, width, unroll, (column, columns) => block(row, column, rows, columns)),
    );
  });
}

/** Steps of four, then what is left. */
function inFours(
  e: Emitter,
  end: number,
  unroll: boolean,
  body: (index: Index, count: number) => void,
): void {
  const whole = end - (end % 4);
  forEach(e, { end: whole, step: 4, unroll }, (index) => body(index, 4));
  if (whole < end) e.scope(() => body(whole, end - whole));
}

function emitSingle(e: Emitter, copy: Copy): void {
  const axes = copy.extents.map((_, axis) => axis);
  nest(e, copy, axes, sizeOf(copy.extents) <= UNROLLED, (source, target) => {
    e.storeInt(place(e, copy.to, ...target), e.loadInt(place(e, copy.from, ...source)));
  });
}
