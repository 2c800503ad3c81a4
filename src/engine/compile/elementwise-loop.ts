/** Emits a fused elementwise chain as one loop over its shape, four lanes at a time. */
import { constantOperation, type Tensor } from "../graph.ts";
import { broadcastStrides, type Shape, sizeOf } from "../shape.ts";
import type { Emitter, Vector } from "./emitter.ts";
import type { Step } from "./fuse.ts";
import { forEach, type Index, lanesAt, place, vectorsFor } from "./loops.ts";

/** Vector instructions up to which a chain is written out without loops. */
const UNROLLED = 16;

interface Operand {
  readonly tensor: Tensor;
  readonly address: number;
  /** Element strides over the collapsed shape. */
  readonly strides: readonly number[];
}

/**
 * Merges neighbouring axes over which every operand is contiguous, or stretched, alike.
 * @returns the extents of the merged axes and each operand's element strides over them.
 */
export function collapse(
  domain: Shape,
  strides: readonly (readonly number[])[],
): { extents: number[]; strides: number[][] } {
  const extents: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let axis = 0; axis < domain.length; axis++) {
    const extent = domain[axis]!;
    if (extent === 1) continue;
    const continues =
      extents.length > 0 && strides.every((own, i) => merged[i]!.at(-1)! === own[axis]! * extent);
    if (continues) extents[extents.length - 1]! *= extent;
    else extents.push(extent);
    merged.forEach((list, i) => {
      if (continues) list.pop();
      list.push(strides[i]![axis]!);
    });
  }
  return extents.length > 0
    ? { extents, strides: merged }
    : { extents: [1], strides: strides.map(() => [1]) };
}

/** The axes a chain's loops run over, and the element strides of everything it reads. */
export function loopsOf({ root, reads }: Step): { extents: number[]; strides: number[][] } {
  return collapse(
    root.shape,
    reads.map((tensor) => broadcastStrides(tensor.shape, root.shape)),
  );
}

/**
 * @param addressOf byte address of a tensor read, or of the root written.
 * @param span the part of the outermost loop to run.
 */
export function emitElementwise(
  e: Emitter,
  step: Step,
  addressOf: (tensor: Tensor) => number,
  span?: { readonly from: number; readonly to: number },
): void {
  const { extents, strides } = loopsOf(step);
  const first = span?.from ?? 0;
  const behind = sizeOf(extents.slice(1));
  if (span) extents[0] = span.to - span.from;
  const values = new Map<Tensor, Vector>();
  const operands: Operand[] = [];
  step.reads.forEach((tensor, i) => {
    const fixed = sizeOf(tensor.shape) === 1;
    if (fixed && tensor.operation === constantOperation) values.set(tensor, constantVector(e, tensor));
    else if (fixed) values.set(tensor, e.loadSplat({ offset: addressOf(tensor) }));
    else {
      const address = addressOf(tensor) + first * strides[i]![0]! * 4;
      operands.push({ tensor, address, strides: strides[i]! });
    }
  });
  const inner = extents.at(-1)!;
  const rows = extents.slice(0, -1);
  const unroll = (sizeOf(rows) * inner * step.members.length) / 4 <= UNROLLED;
  // One axis only: the root's buffer is padded to whole vectors, so the last store may run over.
  const padded = rows.length === 0;
  const whole = padded ? vectorsFor(inner) * 4 : inner - (inner % 4);
  const outputStrides = rowStrides(extents);
  const target = addressOf(step.root) + first * behind * 4;
  const vector = (indices: readonly Index[], column: Index, lanes: number) => {
    const at = (address: number, own: readonly number[]) =>
      place(e, address, ...indices.map((index, axis) => [index, own[axis]! * 4] as const), [
        column,
        own.at(-1)! * 4,
      ]);
    const local = new Map(values);
    for (const { tensor, address, strides: own } of operands) {
      local.set(tensor, own.at(-1) === 0 ? e.loadSplat(at(address, own)) : e.load(at(address, own)));
    }
    e.store(at(target, outputStrides), emitChain(e, step, local), lanes);
  };
  nest(e, rows, unroll, [], (indices) => {
    const inside = unroll || whole <= 8;
    forEach(e, { end: whole, step: 4, unroll: inside }, (column) => vector(indices, column, 4));
    if (whole < inner) e.scope(() => vector(indices, whole, lanesAt(whole, inner)));
  });
}

function constantVector(e: Emitter, { type, values }: Tensor): Vector {
  const value = values![0]!;
  return type === "i32" ? e.bits([value, value, value, value]) : e.constant(value);
}

/** Computes the members on four lanes; `values` holds what was loaded. */
function emitChain(e: Emitter, { members, root }: Step, values: Map<Tensor, Vector>): Vector {
  for (const member of members) {
    const { kernel } = member.operation;
    if (kernel?.kind !== "elementwise") throw new Error(`${member.operation.name} is not elementwise`);
    const inputs = member.inputs.map((input) => values.get(input)!);
    values.set(member, kernel.emit(e, inputs, member.attributes));
  }
  return values.get(root)!;
}

function rowStrides(extents: readonly number[]): number[] {
  return extents.map((_, axis) => sizeOf(extents.slice(axis + 1)));
}

function nest(
  e: Emitter,
  extents: readonly number[],
  unroll: boolean,
  indices: readonly Index[],
  body: (indices: readonly Index[]) => void,
): void {
  const [extent, ...rest] = extents;
  if (extent === undefined) body(indices);
  else forEach(e, { end: extent, unroll }, (index) => nest(e, rest, unroll, [...indices, index], body));
}
