/**
 * The derivative of a convolution with respect to its weights: for every weight the sum, over all positions of
 * all images, of derivative × image. Lanes run along the positions and are added up once an image.
 */
import {
  type Addresses,
  type ConvolutionSizes,
  columnOffsets,
  flattened,
  imageStaging,
  weightStrides,
} from "./convolution.ts";
import { evenBlocks } from "./correlate.ts";
import { sumFour } from "./dot-product.ts";
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond, forEach, type Index, place, vectorsFor } from "./loops.ts";
import { emitFill, emitStage, moved, type Staging, stagedBytes, stagedStrides } from "./planes.ts";

/** Vectors of a row up to which it is written out without a loop. */
const UNROLLED_VECTORS = 8;

/** The derivatives, their rows filled with zeros to whole vectors. */
function derivativeStaging({ outChannels, y, x }: ConvolutionSizes): Staging {
  return {
    channels: outChannels,
    image: { rows: y.output, columns: x.output },
    rows: y.output,
    rowsBefore: 0,
    stride: 1,
    phases: [0],
    columnsBefore: 0,
    pitch: vectorsFor(x.output) * 4,
  };
}

/** Where both factors can be read as they lie: no frame, whole vectors. */
function isPlain({ y, x }: ConvolutionSizes): boolean {
  const fits = (axis: typeof y) =>
    axis.before === 0 && (axis.output - 1) * axis.stride + (axis.window - 1) * axis.dilation < axis.input;
  return x.stride === 1 && x.output % 4 === 0 && fits(y) && fits(x);
}

export function weightGradientScratch(given: ConvolutionSizes): number {
  const sizes = flattened(given);
  if (isPlain(sizes)) return 0;
  return stagedBytes(imageStaging(sizes)) + stagedBytes(derivativeStaging(sizes));
}

/**
 * `a` the images, `b` the derivatives of the positions.
 * @param channels of the derivatives in memory, of which `given.outChannels` are those meant.
 */
export function emitWeightGradient(
  e: Emitter,
  given: ConvolutionSizes,
  at: Addresses,
  channels = given.outChannels,
): void {
  const sizes = flattened(given);
  const { batch, inChannels, y, x } = sizes;
  const [images, derivatives] = [imageStaging(sizes), derivativeStaging(sizes)];
  const plain = isPlain(sizes);
  const derivativesAt = at.scratch + stagedBytes(images);
  if (!plain) emitFill(e, at.scratch, stagedBytes(images) + stagedBytes(derivatives), 0);
  emitFill(e, at.output, weightStrides(sizes).group * sizes.groups, 0);
  forEach(e, { end: batch, unroll: false }, (sample) => {
    const image = place(e, at.a, [sample, inChannels * y.input * x.input * 4]);
    const derivative = place(e, at.b, [sample, channels * y.output * x.output * 4]);
    if (!plain) {
      emitStage(e, images, image, at.scratch);
      emitStage(e, derivatives, derivative, derivativesAt);
    }
    const staged = stagedStrides(images);
    emitImage(e, sizes, {
      image: plain ? image : { offset: at.scratch },
      imageStrides: plain ? { row: x.input * 4, channel: y.input * x.input * 4 } : staged,
      columns: columnOffsets(sizes, images),
      derivative: plain ? derivative : { offset: derivativesAt },
      // Without staging the rows are whole vectors already: both layouts are the same.
      derivativeStrides: stagedStrides(derivatives),
      output: at.output,
    });
  });
}

interface Factors {
  readonly image: Address;
  readonly imageStrides: { readonly row: number; readonly channel: number };
  /** Byte offsets of the window's columns. */
  readonly columns: readonly number[];
  readonly derivative: Address;
  readonly derivativeStrides: { readonly row: number; readonly channel: number };
  readonly output: number;
}

/** Most taps of a tile, and the channels beside so many: sums and factors must stay in 15 registers. */
const MOST_TAPS = 5;
const channelsBeside = (e: Emitter, taps: number) => (taps > 3 ? 2 : taps === 3 ? 3 : e.relaxed ? 6 : 4);

/** Adds one image's share to the weights. */
function emitImage(e: Emitter, sizes: ConvolutionSizes, at: Factors): void {
  const { groups, x } = sizes;
  // A tile's taps are neighbouring columns of the window; where it has only one, neighbouring channels.
  for (const inputs of evenBlocks(sizes.inChannels / groups, x.window === 1 ? 2 : 1)) {
    for (const taps of tapBlocks(x.window, inputs.size)) {
      for (const outputs of evenBlocks(sizes.outChannels / groups, channelsBeside(e, taps.length))) {
        emitTiles(e, sizes, at, { inputs, outputs, taps });
      }
    }
  }
}

/** A weight of a tile: its channel, counted from the tile's first, and its column of the window. */
interface Tap {
  readonly channel: number;
  readonly column: number;
}

function tapBlocks(window: number, channels: number): Tap[][] {
  if (window === 1) return [Array.from({ length: channels }, (_, channel) => ({ channel, column: 0 }))];
  return evenBlocks(window, MOST_TAPS).flatMap(({ first, size, count }) =>
    Array.from({ length: count }, (_, block) =>
      Array.from({ length: size }, (__, i) => ({ channel: 0, column: first + block * size + i })),
    ),
  );
}

/** Blocks of one size, one after another: `first` element, `size` of each, how many. */
type Run = ReturnType<typeof evenBlocks>[number];

/** All tiles of one form: over groups, blocks of channels on both sides, and rows of the window. */
function emitTiles(
  e: Emitter,
  sizes: ConvolutionSizes,
  at: Factors,
  { inputs, outputs, taps }: { inputs: Run; outputs: Run; taps: readonly Tap[] },
): void {
  const { inChannels, outChannels, groups, y, x } = sizes;
  const weights = weightStrides(sizes);
  const { image, derivative, output: result } = at;
  const [imageChannel, derivativeChannel] = [at.imageStrides.channel, at.derivativeStrides.channel];
  const offsets = taps.map(({ channel, column }) => ({
    image: channel * imageChannel + at.columns[column]!,
    output: channel * weights.inChannel + column * 4,
  }));
  const tile = (group: Index, output: Index, input: Index, row: Index) =>
    emitTile(e, sizes, at, {
      image: moved(
        e,
        beyond(image, inputs.first * imageChannel),
        [group, (inChannels / groups) * imageChannel],
        [input, inputs.size * imageChannel],
        [row, y.dilation * at.imageStrides.row],
      ),
      derivative: moved(
        e,
        beyond(derivative, outputs.first * derivativeChannel),
        [group, (outChannels / groups) * derivativeChannel],
        [output, outputs.size * derivativeChannel],
      ),
      output: place(
        e,
        result + outputs.first * weights.outChannel + inputs.first * weights.inChannel,
        [group, weights.group],
        [output, outputs.size * weights.outChannel],
        [input, inputs.size * weights.inChannel],
        [row, x.window * 4],
      ),
      channels: outputs.size,
      taps: offsets,
    });
  forEach(e, { end: groups, unroll: false }, (group) => {
    forEach(e, { end: outputs.count, unroll: false }, (output) => {
      forEach(e, { end: inputs.count, unroll: false }, (input) => {
        forEach(e, { end: y.window, unroll: false }, (row) => tile(group, output, input, row));
      });
    });
  });
}

/** Some output channels × some of the weights each of them has. */
interface Tile {
  readonly image: Address;
  readonly derivative: Address;
  readonly output: Address;
  readonly channels: number;
  /** Byte offsets of the taps in the image and in the weights. */
  readonly taps: readonly { readonly image: number; readonly output: number }[];
}

function emitTile(e: Emitter, sizes: ConvolutionSizes, factors: Factors, tile: Tile): void {
  const { y, x } = sizes;
  const { imageStrides, derivativeStrides } = factors;
  const zero = e.constant(0);
  const sums = Array.from({ length: tile.channels }, () => tile.taps.map(() => e.variable(zero)));
  const vectors = vectorsFor(x.output);
  forEach(e, { end: y.output, unroll: false }, (row) => {
    const image = moved(e, tile.image, [row, y.stride * imageStrides.row]);
    const derivative = moved(e, tile.derivative, [row, derivativeStrides.row]);
    forEach(e, { end: vectors, unroll: vectors <= UNROLLED_VECTORS }, (vector) => {
      const right = moved(e, image, [vector, 16]);
      const left = moved(e, derivative, [vector, 16]);
      const values = sums.map((_, channel) => e.load(beyond(left, channel * derivativeStrides.channel)));
      tile.taps.forEach((tap, i) => {
        e.scope(() => {
          const value = e.load(beyond(right, tap.image));
          sums.forEach((row, channel) => {
            e.accumulate(row[i]!, values[channel]!, value);
          });
        });
      });
    });
  });
  sums.forEach((row, channel) => {
    const target = beyond(tile.output, channel * weightStrides(sizes).outChannel);
    emitAddSums(e, row, tile, target);
  });
}

/** Adds the lane sums to the weights they belong to, neighbours together. */
function emitAddSums(e: Emitter, sums: readonly Vector[], { taps }: Tile, target: Address): void {
  const contiguous = taps.every(({ output }, i) => output === taps[0]!.output + i * 4);
  const step = contiguous ? 4 : 1;
  for (let start = 0; start < sums.length; start += step) {
    const part = sums.slice(start, start + step);
    const at = beyond(target, taps[start]!.output);
    e.scope(() => e.store(at, e.add(e.load(at), sumFour(e, part)), part.length));
  }
}
