/**
 * The inner loops of convolution, forwards and towards its input: every position is the sum, over channels and
 * taps, of weight × image. Lanes run along the columns; a tile keeps a few channels × a few vectors of the
 * result in registers, and reads the weights one by one where they lie.
 */
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, lanesAt, vectorsFor } from "./loops.ts";
import { moved } from "./planes.ts";

/** Byte distances in a tensor; `at` is the element of the first channel, position and tap. */
export interface Correlation {
  readonly groups: number;
  /** Channels of one group. */
  readonly inChannels: number;
  readonly outChannels: number;
  /** Positions of the result. */
  readonly rows: number;
  readonly columns: number;
  /** `row`: from one position's row to the next one's. */
  readonly input: { readonly at: Address; readonly channel: number; readonly row: number };
  readonly output: { readonly at: Address; readonly channel: number; readonly row: number };
  readonly weights: {
    readonly at: number;
    readonly group: number;
    readonly inChannel: number;
    readonly outChannel: number;
  };
  /** `reversed`: the first row of the image meets the last row of weights. */
  readonly rowTaps: {
    readonly count: number;
    readonly input: number;
    readonly weights: number;
    readonly reversed: boolean;
  };
  readonly columnTaps: readonly { readonly input: number; readonly weights: number }[];
}

/** Of V8's 16 vector registers one is its own. */
const REGISTERS = 15;
const MOST_VECTORS = 6;
/** Taps up to which all rows of a window are written out inside the loop over channels. */
const UNROLLED_TAPS = 12;

/** Equal parts of 0 … count of at most `most`, the larger ones first. */
export function evenBlocks(count: number, most: number): { first: number; size: number; count: number }[] {
  if (count < 1) return [];
  const blocks = Math.ceil(count / most);
  const size = Math.ceil(count / blocks);
  const larger = count - blocks * (size - 1);
  return [
    { first: 0, size, count: larger },
    { first: larger * size, size: size - 1, count: blocks - larger },
  ].filter((run) => run.count > 0 && run.size > 0);
}

/** Vectors of the result beside `channels` of them, so that sums, image and one weight fit the registers. */
function vectorsBeside(e: Emitter, channels: number): number {
  const spare = e.relaxed ? 1 : 2;
  return Math.min(MOST_VECTORS, Math.floor((REGISTERS - spare) / (channels + 1)));
}

export function emitCorrelation(e: Emitter, c: Correlation): void {
  if (c.rows < 1 || c.columns < 1) return;
  forEach(e, { end: c.groups, unroll: false }, (group) => {
    for (const run of evenBlocks(c.outChannels, e.relaxed ? 6 : 4)) {
      forEach(e, { end: run.count, unroll: false }, (block) => {
        const at = (address: Address, perGroup: number, perChannel: number) =>
          moved(
            e,
            beyond(address, run.first * perChannel),
            [group, perGroup],
            [block, run.size * perChannel],
          );
        emitChannels(e, c, run.size, {
          input: moved(e, c.input.at, [group, c.inChannels * c.input.channel]),
          output: at(c.output.at, c.outChannels * c.output.channel, c.output.channel),
          weights: at({ offset: c.weights.at }, c.weights.group, c.weights.outChannel),
        });
      });
    }
  });
}

interface Places {
  readonly input: Address;
  readonly output: Address;
  readonly weights: Address;
}

/** All positions of a block of channels, in tiles of several rows or of several vectors of one row. */
function emitChannels(e: Emitter, c: Correlation, channels: number, from: Places): void {
  const most = vectorsBeside(e, channels);
  const downwards = c.rows >= most || vectorsFor(c.columns) === 1;
  for (const { first, size, count } of evenBlocks(c.rows, downwards ? most : 1)) {
    forEach(e, { end: count, unroll: false }, (block) => {
      const input = moved(e, beyond(from.input, first * c.input.row), [block, size * c.input.row]);
      const output = moved(e, beyond(from.output, first * c.output.row), [block, size * c.output.row]);
      emitRow(e, c, { ...from, input, output, channels, rows: size }, downwards ? 1 : most);
    });
  }
}

/** All columns of a block of rows: whole vectors, up to `most` at once, then what is left. */
function emitRow(e: Emitter, c: Correlation, block: Block, most: number): void {
  const tile = (column: Index, vectors: number, lanes: number) => {
    const input = moved(e, block.input, [column, 4]);
    const output = moved(e, block.output, [column, 4]);
    emitTile(e, c, { ...block, vectors, lanes, input, output });
  };
  const whole = Math.floor(c.columns / 4);
  for (const { first, size, count } of evenBlocks(whole, most)) {
    forEach(e, { end: count * size * 4, step: size * 4, unroll: false }, (column) => {
      const start = typeof column === "number" ? column + first * 4 : e.offsetBy(column, first * 4);
      tile(start, size, 4);
    });
  }
  if (whole * 4 < c.columns) e.scope(() => tile(whole * 4, 1, lanesAt(whole * 4, c.columns)));
}

/** A few channels of a few rows of the result. */
interface Block extends Places {
  readonly channels: number;
  readonly rows: number;
}

interface Tile extends Block {
  readonly vectors: number;
  /** In use of the last vector. */
  readonly lanes: number;
}

function emitTile(e: Emitter, c: Correlation, tile: Tile): void {
  const { rowTaps, columnTaps } = c;
  const positions = Array.from({ length: tile.rows * tile.vectors }, (_, i) => ({
    row: Math.floor(i / tile.vectors),
    column: (i % tile.vectors) * 16,
  }));
  e.scope(() => {
    const zero = e.constant(0);
    const sums: Vector[][] = Array.from({ length: tile.channels }, () =>
      positions.map(() => e.variable(zero)),
    );
    const unroll = rowTaps.count * columnTaps.length <= UNROLLED_TAPS;
    forEach(e, { end: columnTaps.length > 0 ? c.inChannels : 0, unroll: false }, (channel) => {
      const input = moved(e, tile.input, [channel, c.input.channel]);
      const weights = moved(e, tile.weights, [channel, c.weights.inChannel]);
      forEach(e, { end: rowTaps.count, unroll }, (tap) => {
        const image = moved(e, input, [tap, rowTaps.input]);
        const factors = moved(e, weights, [
          rowTaps.reversed ? backwards(e, tap, rowTaps.count) : tap,
          rowTaps.weights,
        ]);
        for (const column of columnTaps) {
          e.scope(() => {
            const values = positions.map((at) =>
              e.load(beyond(image, column.input + at.row * c.input.row + at.column)),
            );
            sums.forEach((row, i) => {
              const factor = e.loadSplat(beyond(factors, column.weights + i * c.weights.outChannel));
              row.forEach((sum, v) => {
                e.accumulate(sum, factor, values[v]!);
              });
            });
          });
        }
      });
    });
    sums.forEach((row, i) => {
      row.forEach((sum, v) => {
        const at = positions[v]!;
        const target = beyond(tile.output, i * c.output.channel + at.row * c.output.row + at.column);
        e.store(target, sum, tile.lanes);
      });
    });
  });
}

/** count − 1 − index. */
function backwards(e: Emitter, index: Index, count: number): Index {
  return typeof index === "number" ? count - 1 - index : e.offsetBy(e.scaleAdd(index, -1), count - 1);
}
