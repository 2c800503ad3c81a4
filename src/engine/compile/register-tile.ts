/**
 * The inner kernel of every large product: a few rows × two vectors of the result stay in registers while the
 * inner axis is walked once. A tile that spills its registers runs at half speed, so its height depends on
 * whether multiply-and-add is one instruction.
 */
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, lanesAt, place, vectorsFor } from "./loops.ts";

/** Columns of a tile, and width of the right factor's panels. */
export const TILE_COLUMNS = 8;

/** Rows of a tile, and width of the left factor's panels: 6 × 2 sums fill the registers only without temporaries. */
export function tileRows(e: { readonly relaxed: boolean }): number {
  return e.relaxed ? 6 : 4;
}

/** Sums of products A[rows, depth]·B[depth, columns] into C; strides in bytes. */
export interface PanelProduct {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly a: {
    readonly at: Address;
    /** Bytes from one row to the next. */
    readonly row: number;
    /** Bytes from one step of the inner axis to the next. */
    readonly depth: number;
    /** Bytes from one tile's rows to the next tile's. */
    readonly tile: number;
  };
  readonly b: {
    readonly at: Address;
    readonly depth: number;
    /** Bytes from one tile's columns to the next tile's. */
    readonly tile: number;
  };
  readonly c: { readonly at: Address; readonly row: number };
  /** Adds to what stands in C instead of overwriting it. */
  readonly accumulate: boolean;
}

/** Rows that stay in the second-level cache while the right factor's panels pass. */
const BLOCK_TILES = 16;

/** Panels of B outside, tiles of A inside: a panel stays in the first-level cache. */
export function emitPanelProduct(e: Emitter, product: PanelProduct): void {
  const height = tileRows(e);
  const { rows, columns, a, b, c } = product;
  const tiles = Math.floor(rows / height);
  const wholeColumns = columns - (columns % TILE_COLUMNS);
  const block = (first: Index, count: number, rest: number) => {
    const strip = (panel: Index, width: number) => {
      const tile = (index: Index, own: number) => {
        const at: TileAddresses = {
          a: place(e, a.at, [first, a.tile], [index, a.tile]),
          b: place(e, b.at, [panel, b.tile]),
          c: place(e, c.at, [first, height * c.row], [index, height * c.row], [panel, TILE_COLUMNS * 4]),
        };
        emitTile(e, { ...tileOf(product), height: own, width }, at);
      };
      forEach(e, { end: count, unroll: false }, (index) => tile(index, height));
      if (rest > 0) e.scope(() => tile(count, rest));
    };
    forEach(e, { end: wholeColumns / TILE_COLUMNS, unroll: false }, (panel) => strip(panel, TILE_COLUMNS));
    if (wholeColumns < columns) e.scope(() => strip(wholeColumns / TILE_COLUMNS, columns - wholeColumns));
  };
  const blocks = Math.floor(tiles / BLOCK_TILES);
  forEach(e, { end: blocks * BLOCK_TILES, step: BLOCK_TILES, unroll: false }, (first) =>
    block(first, BLOCK_TILES, 0),
  );
  const done = blocks * BLOCK_TILES;
  if (done * height < rows) e.scope(() => block(done, tiles - done, rows - tiles * height));
}

interface TileAddresses {
  readonly a: Address;
  readonly b: Address;
  readonly c: Address;
}

/** What a tile's code depends on besides addresses. */
interface Tile {
  readonly height: number;
  /** Columns in use. */
  readonly width: number;
  readonly depth: number;
  readonly aRow: number;
  readonly aDepth: number;
  readonly bDepth: number;
  readonly cRow: number;
  readonly accumulate: boolean;
}

const tileOf = ({ depth, a, b, c, accumulate }: PanelProduct) => ({
  ...{ depth, aRow: a.row, aDepth: a.depth, bDepth: b.depth, cRow: c.row, accumulate },
});

const UNROLLED = 4;

/** A call of the tile's helper function. */
function emitTile(e: Emitter, tile: Tile, { a, b, c }: TileAddresses): void {
  const { height, width, depth, aRow, aDepth, bDepth, cRow, accumulate } = tile;
  const name = `tile ${[height, width, depth, aRow, aDepth, bDepth, cRow, accumulate].join()}`;
  e.call(name, [a, b, c], (helper, [ownA, ownB, ownC]) => {
    const vectors = vectorsFor(width);
    const target = (row: number, v: number) => beyond(ownC!, row * cRow + v * 16);
    const zero = helper.constant(0);
    const sums = Array.from({ length: height }, (_, row) =>
      Array.from({ length: vectors }, (_, v) =>
        accumulate ? helper.load(target(row, v)) : helper.variable(zero),
      ),
    );
    const steps = (count: number) => {
      for (let k = 0; k < count; k++) {
        helper.scope(() => {
          const at = { a: beyond(ownA!, k * aDepth), b: beyond(ownB!, k * bDepth) };
          emitStep(helper, sums, at, aRow);
        });
      }
    };
    const whole = depth - (depth % UNROLLED);
    if (whole > 0) {
      helper.loop(whole, UNROLLED, () => {
        steps(UNROLLED);
        helper.advance(ownA!.base, UNROLLED * aDepth);
        helper.advance(ownB!.base, UNROLLED * bDepth);
      });
    }
    steps(depth - whole);
    sums.forEach((line, row) => {
      line.forEach((sum, v) => void helper.store(target(row, v), sum, lanesAt(v * 4, width)));
    });
  });
}

/** One step of the inner axis: the outer product of a column of A and a row of B. */
function emitStep(
  e: Emitter,
  sums: readonly (readonly Vector[])[],
  at: { readonly a: Address; readonly b: Address },
  aRow: number,
): void {
  const right = sums[0]!.map((_, v) => e.load(beyond(at.b, v * 16)));
  sums.forEach((line, row) => {
    e.scope(() => {
      const left = e.loadSplat(beyond(at.a, row * aRow));
      line.forEach((sum, v) => void e.accumulate(sum, left, right[v]!));
    });
  });
}
