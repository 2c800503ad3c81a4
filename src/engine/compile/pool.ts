/** Pooling: every position of a window over a plane reduced to one number, and the ways back to the plane. */
import type { WindowAxis } from "../window.ts";
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, lanesAt, place, vectorsFor } from "./loops.ts";
import { emitFill, emitMerge, emitStage, moved, type Staging, stagedBytes } from "./planes.ts";
import { loadStrided } from "./strided.ts";

/** Windows over `planes` images of one channel. */
export interface PoolSizes {
  readonly planes: number;
  readonly y: WindowAxis;
  readonly x: WindowAxis;
}

/** Taps up to which a window is written out without a loop over its rows. */
const UNROLLED_TAPS = 16;

const padded = ({ y, x }: PoolSizes) =>
  [y, x].some(
    (axis) => axis.before > 0 || (axis.output - 1) * axis.stride + axis.window - axis.before > axis.input,
  );

/** One plane with its padding. */
function frame({ y, x }: PoolSizes): Staging {
  return {
    channels: 1,
    image: { rows: y.input, columns: x.input },
    rows: (y.output - 1) * y.stride + y.window,
    rowsBefore: y.before,
    stride: 1,
    phases: [0],
    columnsBefore: x.before,
    pitch: vectorsFor((x.output - 1) * x.stride + x.window) * 4,
  };
}

export const frameBytes = (sizes: PoolSizes): number => (padded(sizes) ? stagedBytes(frame(sizes)) : 0);

/** A plane as the windows read it, and the bytes from row to row. */
interface Plane {
  readonly at: Address;
  readonly row: number;
}

/** The plane where it lies, or a copy of it whose frame was filled by `emitFrame`. */
function emitPlane(e: Emitter, sizes: PoolSizes, from: number, plane: Index, scratch: number): Plane {
  const image = place(e, from, [plane, sizes.y.input * sizes.x.input * 4]);
  if (!padded(sizes)) return { at: image, row: sizes.x.input * 4 };
  const staging = frame(sizes);
  emitStage(e, staging, image, scratch);
  return { at: { offset: scratch }, row: staging.pitch * 4 };
}

function emitFrame(e: Emitter, sizes: PoolSizes, scratch: number, value: number): void {
  if (padded(sizes)) emitFill(e, scratch, frameBytes(sizes), value);
}

/** Up to four neighbouring positions: their row, their first column, how many. */
interface Positions {
  readonly row: Index;
  readonly column: Index;
  readonly lanes: number;
}

function forEachPosition(e: Emitter, { y, x }: PoolSizes, visit: (positions: Positions) => void): void {
  const whole = x.output - (x.output % 4);
  forEach(e, { end: y.output, unroll: false }, (row) => {
    forEach(e, { end: whole, step: 4, unroll: false }, (column) => visit({ row, column, lanes: 4 }));
    if (whole < x.output) {
      e.scope(() => visit({ row, column: whole, lanes: lanesAt(whole, x.output) }));
    }
  });
}

/** Calls `visit` for every tap, row by row: the vector it reads of each plane, its row and its column. */
function forEachTap(
  e: Emitter,
  { y, x }: PoolSizes,
  planes: readonly Plane[],
  { row, column, lanes }: Positions,
  visit: (values: readonly Vector[], row: Index, column: number) => void,
): void {
  const starts = planes.map((plane) =>
    moved(e, plane.at, [row, y.stride * plane.row], [column, x.stride * 4]),
  );
  forEach(e, { end: y.window, unroll: y.window * x.window <= UNROLLED_TAPS }, (tapRow) => {
    const rows = starts.map((start, i) => moved(e, start, [tapRow, planes[i]!.row]));
    for (let tap = 0; tap < x.window; tap++) {
      e.scope(() => {
        visit(
          rows.map((at) => loadStrided(e, beyond(at, tap * 4), x.stride, lanes)),
          tapRow,
          tap,
        );
      });
    }
  });
}

/** Place of some positions in a tensor of the results. */
const resultAt = (e: Emitter, { y, x }: PoolSizes, tensor: number, plane: Index, at: Positions) =>
  place(e, tensor, [plane, y.output * x.output * 4], [at.row, x.output * 4], [at.column, 4]);

export interface PoolRule {
  /** Of no elements, and of the padding. */
  readonly start: number;
  readonly emit: (e: Emitter, total: Vector, next: Vector) => Vector;
}

export const MAXIMUM: PoolRule = {
  start: Number.NEGATIVE_INFINITY,
  emit: (e, total, next) => e.maxOrNaN(total, next),
};
export const SUM: PoolRule = { start: 0, emit: (e, total, next) => e.add(total, next) };

function emitReduced(e: Emitter, rule: PoolRule, sizes: PoolSizes, plane: Plane, at: Positions): Vector {
  const total = e.variable(e.constant(rule.start));
  forEachTap(e, sizes, [plane], at, ([value]) => e.assign(total, rule.emit(e, total, value!)));
  return total;
}

/** `scratch`: `frameBytes`. */
export function emitPool(
  e: Emitter,
  rule: PoolRule,
  sizes: PoolSizes,
  at: { readonly input: number; readonly output: number; readonly scratch: number },
): void {
  emitFrame(e, sizes, at.scratch, rule.start);
  forEach(e, { end: sizes.planes, unroll: false }, (index) => {
    const plane = emitPlane(e, sizes, at.input, index, at.scratch);
    forEachPosition(e, sizes, (positions) => {
      const total = emitReduced(e, rule, sizes, plane, positions);
      e.store(resultAt(e, sizes, at.output, index, positions), total, positions.lanes);
    });
  });
}

/** Visits the taps in order with a mask of where the window's maximum stands for the first time. */
function forEachHit(
  e: Emitter,
  sizes: PoolSizes,
  planes: readonly [Plane, ...Plane[]],
  at: Positions,
  visit: (hit: Vector, others: readonly Vector[], row: Index, column: number) => void,
): void {
  const largest = emitReduced(e, MAXIMUM, sizes, planes[0], at);
  const found = e.variable(e.bits([0, 0, 0, 0]));
  forEachTap(e, sizes, planes, at, ([value, ...others], row, column) => {
    const hit = e.andNot(e.equal(value!, largest), found);
    e.assign(found, e.or(found, hit));
    visit(hit, others, row, column);
  });
}

/** Reads a second tensor where the windows' maxima of the first one stand. `scratch`: twice `frameBytes`. */
export function emitPick(
  e: Emitter,
  sizes: PoolSizes,
  at: { readonly input: number; readonly values: number; readonly output: number; readonly scratch: number },
): void {
  const second = at.scratch + frameBytes(sizes);
  emitFrame(e, sizes, at.scratch, MAXIMUM.start);
  emitFrame(e, sizes, second, 0);
  forEach(e, { end: sizes.planes, unroll: false }, (index) => {
    const plane = emitPlane(e, sizes, at.input, index, at.scratch);
    const values = emitPlane(e, sizes, at.values, index, second);
    forEachPosition(e, sizes, (positions) => {
      const picked = e.variable(e.bits([0, 0, 0, 0]));
      forEachHit(e, sizes, [plane, values], positions, (hit, [value]) => {
        e.assign(picked, e.or(picked, e.and(hit, value!)));
      });
      e.store(resultAt(e, sizes, at.output, index, positions), picked, positions.lanes);
    });
  });
}

/**
 * Sums that come back to a plane, its columns sorted by their remainder: tap k of position o falls on float
 * o + offset of remainder (k − before) mod stride.
 */
function sumsLayout({ y, x }: PoolSizes) {
  const taps = Array.from({ length: x.window }, (_, k) => {
    const offset = Math.floor((k - x.before) / x.stride);
    return { offset, phase: k - x.before - offset * x.stride };
  });
  const before = Math.max(0, -Math.min(...taps.map(({ offset }) => offset)));
  const reach = vectorsFor(x.output) * 4 + Math.max(...taps.map(({ offset }) => offset));
  const pitch = vectorsFor(before + Math.max(reach, Math.ceil(x.input / x.stride))) * 4;
  const rows = Math.max((y.output - 1) * y.stride + y.window, y.before + y.input);
  const row = x.stride * pitch * 4;
  return { taps, before, pitch, row, bytes: rows * row + 16 };
}

/** Working memory of `emitSpread`, besides `frameBytes` where it reads the plane. */
export const spreadBytes = (sizes: PoolSizes): number => sumsLayout(sizes).bytes;

/**
 * Gives every position's number back to the elements of its window: to all of them, or with `input` to the
 * first that is the largest. `scratch`: `spreadBytes`, and `frameBytes` with `input`.
 */
export function emitSpread(
  e: Emitter,
  sizes: PoolSizes,
  at: {
    readonly input?: number;
    readonly upstream: number;
    readonly output: number;
    readonly scratch: number;
  },
): void {
  const { y, x } = sizes;
  const layout = sumsLayout(sizes);
  const frameAt = at.scratch + Math.ceil(layout.bytes / 16) * 16;
  if (at.input !== undefined) emitFrame(e, sizes, frameAt, MAXIMUM.start);
  forEach(e, { end: sizes.planes, unroll: false }, (index) => {
    emitFill(e, at.scratch, layout.bytes, 0);
    const plane = at.input === undefined ? undefined : emitPlane(e, sizes, at.input, index, frameAt);
    forEachPosition(e, sizes, (positions) => {
      const given = e.load(resultAt(e, sizes, at.upstream, index, positions));
      const lanes = [0, 1, 2, 3].map((lane) => (lane < positions.lanes ? -1 : 0));
      const upstream =
        positions.lanes === 4 ? given : e.and(given, e.bits(lanes as [number, number, number, number]));
      const sums = place(e, at.scratch, [positions.row, y.stride * layout.row], [positions.column, 4]);
      const add = (amount: Vector, row: Index, column: number) => {
        const { offset, phase } = layout.taps[column]!;
        const target = beyond(
          moved(e, sums, [row, layout.row]),
          (phase * layout.pitch + offset + layout.before) * 4,
        );
        e.store(target, e.add(e.load(target), amount));
      };
      if (plane)
        forEachHit(e, sizes, [plane], positions, (hit, _, row, column) =>
          add(e.and(hit, upstream), row, column),
        );
      else forEachTap(e, sizes, [], positions, (_, row, column) => add(upstream, row, column));
    });
    const from = at.scratch + y.before * layout.row + layout.before * 4;
    const to = place(e, at.output, [index, y.input * x.input * 4]);
    emitMerge(e, { rows: y.input, columns: x.input, stride: x.stride, pitch: layout.pitch, from, to });
  });
}
