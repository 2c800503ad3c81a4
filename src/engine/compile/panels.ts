/**
 * Packs a factor of a product into panels: strips a register tile wide that lie in memory in the order in which
 * the tile reads them. Element (k, i) of a panel stands at float `k·width + i`; panels follow one another.
 */
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, place, vectorsFor } from "./loops.ts";

/** A factor before packing. Strides in bytes; one of them is 4. */
export interface Unpacked {
  readonly source: Address;
  /** Elements across the panels: rows of the left factor, columns of the right one. */
  readonly across: number;
  readonly acrossStride: number;
  /** Steps along the inner axis. */
  readonly depth: number;
  readonly depthStride: number;
}

/** Bytes of all panels; the last is as wide as the others, whatever stands in its unused part. */
export function panelBytes(across: number, depth: number, width: number): number {
  // Rows are written four lanes at a time and may run over the end.
  return Math.ceil(across / width) * width * depth * 4 + 16;
}

/** Writes the panels to `target`. `width` is 4, 6 or 8. */
export function emitPack(e: Emitter, factor: Unpacked, width: number, target: Address): void {
  const { source, across, acrossStride, depth, depthStride } = factor;
  const whole = Math.floor(across / width);
  const pack = (panel: Index, count: number) => {
    const from = place(e, source, [panel, width * acrossStride]);
    const to = place(e, target, [panel, width * depth * 4]);
    const strip: Strip = { width, count, depth, acrossStride, depthStride };
    const name = `pack ${Object.values(strip).join()}`;
    const emit = acrossStride === 4 ? emitCopied : emitTurned;
    e.call(name, [from, to], (helper, [own, result]) => emit(helper, strip, own!, result!));
  };
  forEach(e, { end: whole, unroll: false }, (panel) => pack(panel, width));
  if (whole * width < across) e.scope(() => pack(whole, across - whole * width));
}

/** One panel; `count` of its `width` lanes hold something. */
interface Strip {
  readonly width: number;
  readonly count: number;
  readonly depth: number;
  readonly acrossStride: number;
  readonly depthStride: number;
}

const UNROLLED = 4;

/** The panel's rows lie side by side in the source already. */
function emitCopied(e: Emitter, strip: Strip, from: Address, to: Address): void {
  const { width, count, depth, depthStride } = strip;
  const vectors = vectorsFor(count);
  const whole = depth - (depth % UNROLLED);
  const rows = (at: Index, number: number) => {
    const source = place(e, from, [at, depthStride]);
    const target = place(e, to, [at, width * 4]);
    for (let k = 0; k < number; k++) {
      for (let v = 0; v < vectors; v++) {
        e.store(beyond(target, k * width * 4 + v * 16), e.load(beyond(source, k * depthStride + v * 16)));
      }
    }
  };
  forEach(e, { end: whole, step: UNROLLED, unroll: false }, (at) => rows(at, UNROLLED));
  if (whole < depth) rows(whole, depth - whole);
}

/** The panel's rows run along the source: blocks of 4 × 4 are turned. */
function emitTurned(e: Emitter, strip: Strip, from: Address, to: Address): void {
  const { width, count, depth, acrossStride } = strip;
  const whole = depth - (depth % 4);
  const block = (at: Index, rows: number) => {
    const source = place(e, from, [at, 4]);
    const target = place(e, to, [at, width * 4]);
    // Lanes beyond the last element repeat it: nobody uses the results they lead to.
    const lines = Array.from({ length: count }, (_, i) => e.load(beyond(source, i * acrossStride)));
    const line = (i: number) => lines[Math.min(i, count - 1)]!;
    const quads = Array.from({ length: vectorsFor(count) }, (_, quad) =>
      turned(e, [line(quad * 4), line(quad * 4 + 1), line(quad * 4 + 2), line(quad * 4 + 3)]),
    );
    // In order: what a row writes beyond its width, the next row overwrites.
    for (let k = 0; k < rows; k++) {
      quads.forEach((quad, i) => void e.store(beyond(target, k * width * 4 + i * 16), quad[k]!));
    }
  };
  forEach(e, { end: whole, step: 4, unroll: false }, (at) => block(at, 4));
  if (whole < depth) block(whole, depth - whole);
}

type Quad = readonly [Vector, Vector, Vector, Vector];

/** The transpose of four vectors. */
export function turned(e: Emitter, [a, b, c, d]: Quad): Vector[] {
  const lowPairs = [e.shuffle(a, b, [0, 4, 1, 5]), e.shuffle(c, d, [0, 4, 1, 5])] as const;
  const highPairs = [e.shuffle(a, b, [2, 6, 3, 7]), e.shuffle(c, d, [2, 6, 3, 7])] as const;
  return [lowPairs, highPairs].flatMap(([left, right]) => [
    e.shuffle(left, right, [0, 1, 4, 5]),
    e.shuffle(left, right, [2, 3, 6, 7]),
  ]);
}
