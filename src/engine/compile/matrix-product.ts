/**
 * The matrix product. Columns run along the lanes: a tile keeps a few rows × two vectors of the result in
 * registers while it walks the inner axis once. Small products become straight-line code.
 */

import { blockedScratch, emitBlocked, isBlocked } from "./blocked-product.ts";
import { emitDots, type Matrix } from "./dot-product.ts";
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, lanesAt, place, vectorsFor } from "./loops.ts";
import { emitTranspose, transposedBytes } from "./transpose.ts";

/** Sizes of op(A)[rows, inner] · op(B)[inner, columns], both row-major before `op`. */
export interface ProductSizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Rows and columns of the matrices in memory, where the product is a part of a larger one. */
  readonly pitch?: { readonly rows: number; readonly columns: number };
}

export interface ProductAddresses {
  readonly a: Address;
  readonly b: Address;
  readonly c: Address;
  readonly scratch: number;
}

/** A product whose right factor lies with its columns side by side; strides in bytes. */
interface Plan {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly a: { readonly address: Address; readonly row: number; readonly inner: number };
  readonly b: Matrix;
  readonly c: Address;
}

/** Multiply-adds (of four lanes) up to which a product is written out without loops. */
const UNROLLED = 768;
const UNROLLED_INNER = 16;
const TILE_VECTORS = 2;

/** B has to be turned only where it is a true matrix on both sides. */
const mustTranspose = ({ rows, inner, columns, transposeB }: ProductSizes) =>
  transposeB && rows > 1 && inner > 1 && columns > 1;

/** Bytes of working memory: room for Bᵀ. */
export function matrixProductScratch(sizes: ProductSizes): number {
  if (isBlocked(sizes)) return blockedScratch(sizes);
  return mustTranspose(sizes) ? transposedBytes(sizes.columns, sizes.inner) : 0;
}

export function emitMatrixProduct(e: Emitter, sizes: ProductSizes, at: ProductAddresses): void {
  const { rows, inner, columns, transposeA, transposeB } = sizes;
  if (isBlocked(sizes)) emitBlocked(e, sizes, at);
  else if (columns === 1 && transposeA && rows > 1) {
    // Aᵀ·b is bᵀ·A read as a row: the lanes run along A's columns.
    const row = { address: at.b, row: 0, inner: 4 };
    emitTiles(e, { rows: 1, inner, columns: rows, a: row, b: { address: at.a, row: rows * 4 }, c: at.c });
  } else if (columns === 1) {
    emitDots(e, { rows, inner, matrix: { address: at.a, row: inner * 4 }, vector: at.b, output: at.c });
  } else if (rows === 1 && transposeB && inner > 1) {
    emitDots(e, {
      rows: columns,
      inner,
      matrix: { address: at.b, row: inner * 4 },
      vector: at.a,
      output: at.c,
    });
  } else {
    const a = transposeA
      ? { address: at.a, row: 4, inner: rows * 4 }
      : { address: at.a, row: inner * 4, inner: 4 };
    let b: Matrix = { address: at.b, row: columns * 4 };
    if (mustTranspose(sizes)) b = emitTranspose(e, { rows: columns, columns: inner, ...at, from: at.b });
    emitTiles(e, { rows, inner, columns, a, b, c: at.c });
  }
}

/** Covers the result with tiles: pairs of column vectors outside, blocks of rows inside. */
function emitTiles(e: Emitter, plan: Plan): void {
  const { rows, inner, columns } = plan;
  const unroll = rows * inner * vectorsFor(columns) <= UNROLLED;
  // A tile that spills its registers halves the speed: 6×2 sums need the fused multiply-add.
  const tileRows = e.relaxed ? 6 : 4;
  const tileColumns = TILE_VECTORS * 4;
  const wholeRows = rows - (rows % tileRows);
  const wholeColumns = columns - (columns % tileColumns);
  const rowBlocks = (column: Index, width: number) => {
    const tile = (row: Index, height: number) => emitTile(e, plan, { row, column, height, width, unroll });
    forEach(e, { end: wholeRows, step: tileRows, unroll }, (row) => tile(row, tileRows));
    if (wholeRows < rows) e.scope(() => tile(wholeRows, rows - wholeRows));
  };
  forEach(e, { end: wholeColumns, step: tileColumns, unroll }, (column) => rowBlocks(column, tileColumns));
  if (wholeColumns < columns) rowBlocks(wholeColumns, columns - wholeColumns);
}

interface Tile {
  readonly row: Index;
  readonly column: Index;
  readonly height: number;
  readonly width: number;
  readonly unroll: boolean;
}

/** `height` rows × `width` columns of the result in registers, over the whole inner axis. */
function emitTile(e: Emitter, { a, b, c, inner, columns }: Plan, tile: Tile): void {
  const vectors = vectorsFor(tile.width);
  const first = (k: Index, row: number) =>
    beyond(place(e, a.address, [tile.row, a.row], [k, a.inner]), row * a.row);
  const rightAt = (k: Index) => place(e, b.address, [k, b.row], [tile.column, 4]);
  const loadRight = (k: Index) => {
    const at = rightAt(k);
    return Array.from({ length: vectors }, (_, v) => e.load(beyond(at, v * 16)));
  };
  const sums: Vector[][] = [];
  e.scope(() => {
    const right = loadRight(0);
    const at = first(0, 0);
    for (let row = 0; row < tile.height; row++) {
      const left = e.loadSplat(beyond(at, row * a.row));
      sums.push(right.map((value) => e.multiply(left, value)));
    }
    walkInner(e, inner, tile.unroll, (k) => {
      const values = loadRight(k);
      const start = first(k, 0);
      for (let row = 0; row < tile.height; row++) {
        const left = e.loadSplat(beyond(start, row * a.row));
        for (let v = 0; v < vectors; v++) e.accumulate(sums[row]![v]!, left, values[v]!);
      }
    });
    const target = place(e, c, [tile.row, columns * 4], [tile.column, 4]);
    for (let row = 0; row < tile.height; row++) {
      for (let v = 0; v < vectors; v++) {
        e.store(beyond(target, row * columns * 4 + v * 16), sums[row]![v]!, lanesAt(v * 4, tile.width));
      }
    }
  });
}

/** k = 1 … inner − 1: the first step has filled the sums. */
function walkInner(e: Emitter, inner: number, unroll: boolean, body: (k: Index) => void): void {
  if ((unroll || inner <= UNROLLED_INNER) && !e.compact) {
    for (let k = 1; k < inner; k++) e.scope(() => body(k));
  } else if (inner > 1) {
    e.loop(inner - 1, 1, (before) => e.scope(() => body(e.offsetBy(before, 1))));
  }
}
