/**
 * Large matrix products: factors packed into panels, the inner axis cut into blocks so that what a tile reads
 * stays in the caches (K. Goto, R. van de Geijn 2008, “Anatomy of High-Performance Matrix Multiplication”).
 */
import type { Address, Emitter } from "./emitter.ts";
import { beyond } from "./loops.ts";
import type { ProductAddresses, ProductSizes } from "./matrix-product.ts";
import { emitPack, panelBytes } from "./panels.ts";
import { emitPanelProduct, TILE_COLUMNS, tileRows } from "./register-tile.ts";

/** Longest walk of the inner axis: a panel of B takes 32 bytes a step and half of a first-level cache of 32 KiB. */
const DEPTH = 512;
/** Rows from which packing B pays: each panel is read that many ÷ 6 times. */
const PACKED_ROWS = 24;
/** Columns from which packing a transposed A pays. */
const PACKED_COLUMNS = 24;
/** Fewest rows of a product that is blocked at all. */
const BLOCKED_ROWS = 6;
/** Multiply-adds of four lanes below which the code without calls is faster. */
const BLOCKED_WORK = 4096;

export function isBlocked({ rows, inner, columns }: ProductSizes): boolean {
  return rows >= BLOCKED_ROWS && columns >= 8 && rows * inner * Math.ceil(columns / 4) >= BLOCKED_WORK;
}

const packsLeft = ({ transposeA, columns }: ProductSizes) => transposeA && columns >= PACKED_COLUMNS;
const packsRight = ({ transposeB, rows }: ProductSizes) => transposeB || rows >= PACKED_ROWS;
const pitchOf = ({ rows, columns, pitch = { rows, columns } }: ProductSizes) => pitch;
const depthOf = ({ inner }: ProductSizes) => Math.ceil(inner / Math.ceil(inner / DEPTH));
/** The widest that a panel of A can be. */
const WIDEST = 6;

/** Bytes of working memory: the panels of one block. */
export function blockedScratch(sizes: ProductSizes): number {
  const { rows, columns } = sizes;
  const depth = depthOf(sizes);
  const right = packsRight(sizes) ? panelBytes(columns, depth, TILE_COLUMNS) : 0;
  const left = packsLeft(sizes) ? Math.ceil(rows / WIDEST + 1) * WIDEST * depth * 4 + 16 : 0;
  return right + left;
}

export function emitBlocked(e: Emitter, sizes: ProductSizes, at: ProductAddresses): void {
  const depth = depthOf(sizes);
  for (let start = 0; start < sizes.inner; start += depth) {
    const block = { start, depth: Math.min(depth, sizes.inner - start) };
    const right = rightFactor(e, sizes, block, at);
    const left = leftFactor(e, sizes, block, at);
    emitPanelProduct(e, {
      rows: sizes.rows,
      columns: sizes.columns,
      depth: block.depth,
      a: left,
      b: right,
      c: { at: at.c, row: pitchOf(sizes).columns * 4 },
      accumulate: start > 0,
    });
  }
}

interface Block {
  readonly start: number;
  readonly depth: number;
}

function rightFactor(e: Emitter, sizes: ProductSizes, { start, depth }: Block, at: ProductAddresses) {
  const { inner, columns, transposeB } = sizes;
  const depthStride = transposeB ? 4 : pitchOf(sizes).columns * 4;
  const source = beyond(at.b, start * depthStride);
  if (!packsRight(sizes)) return { at: source, depth: depthStride, tile: TILE_COLUMNS * 4 };
  const target: Address = { offset: at.scratch };
  const acrossStride = transposeB ? inner * 4 : 4;
  emitPack(e, { source, across: columns, acrossStride, depth, depthStride }, TILE_COLUMNS, target);
  return { at: target, depth: TILE_COLUMNS * 4, tile: TILE_COLUMNS * depth * 4 };
}

function leftFactor(e: Emitter, sizes: ProductSizes, { start, depth }: Block, at: ProductAddresses) {
  const { rows, inner, columns, transposeA } = sizes;
  const width = tileRows(e);
  const [acrossStride, depthStride] = transposeA ? [4, pitchOf(sizes).rows * 4] : [inner * 4, 4];
  const source = beyond(at.a, start * depthStride);
  if (!packsLeft(sizes))
    return { at: source, row: acrossStride, depth: depthStride, tile: width * acrossStride };
  const behind = packsRight(sizes) ? panelBytes(columns, depthOf(sizes), TILE_COLUMNS) : 0;
  const target: Address = { offset: at.scratch + behind };
  emitPack(e, { source, across: rows, acrossStride, depth, depthStride }, width, target);
  return { at: target, row: 4, depth: width * 4, tile: width * depth * 4 };
}
