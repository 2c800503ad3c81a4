/** Turns a matrix in 4×4 blocks, so that a product can read the turned factor along its lanes. */
import type { Matrix } from "./dot-product.ts";
import type { Address, Emitter } from "./emitter.ts";
import { beyond, forEach, type Index, place, vectorsFor } from "./loops.ts";
import { turned } from "./panels.ts";

const UNROLLED_BLOCKS = 16;

/** Bytes of the turned `[rows, columns]` matrix, its rows padded to whole vectors. */
export function transposedBytes(rows: number, columns: number): number {
  return columns * vectorsFor(rows) * 16;
}

/** Writes the transpose of the contiguous `[rows, columns]` matrix at `from` to `scratch`. */
export function emitTranspose(
  e: Emitter,
  {
    rows,
    columns,
    from,
    scratch,
  }: { rows: number; columns: number; from: number | Address; scratch: number },
): Matrix {
  const targetRow = vectorsFor(rows) * 16;
  const unroll = vectorsFor(rows) * vectorsFor(columns) <= UNROLLED_BLOCKS;
  const block = (row: Index, column: Index, height: number, width: number) => {
    const source = place(e, from, [row, columns * 4], [column, 4]);
    // Lanes beyond the last row repeat it: they fill padding that nobody reads.
    const [a, b, c, d] = [0, 1, 2, 3].map((i) =>
      e.load(beyond(source, Math.min(i, height - 1) * columns * 4)),
    );
    const lines = turned(e, [a!, b!, c!, d!]);
    const target = place(e, scratch, [column, targetRow], [row, 4]);
    for (let i = 0; i < width; i++) e.store(beyond(target, i * targetRow), lines[i]!);
  };
  const wholeRows = rows - (rows % 4);
  const wholeColumns = columns - (columns % 4);
  const across = (row: Index, height: number) => {
    forEach(e, { end: wholeColumns, step: 4, unroll }, (column) => block(row, column, height, 4));
    if (wholeColumns < columns) e.scope(() => block(row, wholeColumns, height, columns - wholeColumns));
  };
  forEach(e, { end: wholeRows, step: 4, unroll }, (row) => across(row, 4));
  if (wholeRows < rows) across(wholeRows, rows - wholeRows);
  return { address: scratch, row: targetRow };
}
