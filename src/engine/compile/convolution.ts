/** Convolution and its derivative with respect to the image, laid out as correlations of staged planes. */
import type { WindowAxis } from "../window.ts";
import { type Correlation, emitCorrelation } from "./correlate.ts";
import type { Address, Emitter } from "./emitter.ts";
import { beyond, forEach, place, vectorsFor } from "./loops.ts";
import { emitFill, emitMerge, emitStage, type Staging, stagedBytes, stagedStrides } from "./planes.ts";

/** What a convolution [batch, inChannels, y.input, x.input] → [batch, outChannels, y.output, x.output] does. */
export interface ConvolutionSizes {
  readonly batch: number;
  /** Of all groups together. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly y: WindowAxis;
  readonly x: WindowAxis;
}

export interface Addresses {
  readonly a: number;
  readonly b: number;
  readonly output: number;
  readonly scratch: number;
}

/** A window of one element has no rows to speak of: the image becomes one long row. */
export function flattened(sizes: ConvolutionSizes): ConvolutionSizes {
  const { y, x } = sizes;
  const plain = (axis: WindowAxis) => axis.window === 1 && axis.stride === 1 && axis.input === axis.output;
  if (!plain(y) || !plain(x)) return sizes;
  const columns = x.input * y.input;
  return { ...sizes, y: { ...y, input: 1, output: 1 }, x: { ...x, input: columns, output: columns } };
}

/** Byte distances in the weights [outChannels, inChannels / groups, rows, columns]. */
export function weightStrides({ inChannels, outChannels, groups, y, x }: ConvolutionSizes) {
  const inChannel = y.window * x.window * 4;
  const outChannel = (inChannels / groups) * inChannel;
  return { inChannel, outChannel, group: (outChannels / groups) * outChannel };
}

/** Whether the image must be copied before its columns can be read along the lanes. */
const mustStage = ({ y, x }: ConvolutionSizes) => x.stride > 1 || needsFrame(y) || needsFrame(x);

const needsFrame = (axis: WindowAxis) => axis.before > 0 || lastRead(axis) - axis.before >= axis.input;

/** Of the padded image: the element the last position's last tap reads. */
const lastRead = ({ output, stride, window, dilation }: WindowAxis) =>
  (output - 1) * stride + (window - 1) * dilation;

/** The image as the window walks over it: padded, columns sorted by their remainder. */
export function imageStaging({ inChannels, y, x }: ConvolutionSizes): Staging {
  const taps = Array.from({ length: x.window }, (_, k) => k * x.dilation);
  const reach = Math.max(...taps.map((tap) => Math.floor(tap / x.stride)));
  return {
    channels: inChannels,
    image: { rows: y.input, columns: x.input },
    rows: lastRead(y) + 1,
    rowsBefore: y.before,
    stride: x.stride,
    phases: [...new Set(taps.map((tap) => tap % x.stride))].sort((a, b) => a - b),
    columnsBefore: x.before,
    pitch: vectorsFor(vectorsFor(x.output) * 4 + reach) * 4,
  };
}

/** Byte offsets of the window's columns from the first one, in a staged row. */
export function columnOffsets({ x }: ConvolutionSizes, { phases, pitch }: Staging): number[] {
  return Array.from({ length: x.window }, (_, k) => {
    const tap = k * x.dilation;
    return (phases.indexOf(tap % x.stride) * pitch + Math.floor(tap / x.stride)) * 4;
  });
}

export function convolutionScratch(sizes: ConvolutionSizes): number {
  const flat = flattened(sizes);
  return mustStage(flat) ? stagedBytes(imageStaging(flat)) : 0;
}

/** `a` the images, `b` the weights. */
export function emitConvolution(e: Emitter, given: ConvolutionSizes, at: Addresses): void {
  const sizes = flattened(given);
  const { batch, inChannels, outChannels, groups, y, x } = sizes;
  const staging = imageStaging(sizes);
  const staged = mustStage(sizes);
  const strides = staged ? stagedStrides(staging) : { row: x.input * 4, channel: y.input * x.input * 4 };
  const offsets = columnOffsets(sizes, staging);
  if (staged) emitFill(e, at.scratch, stagedBytes(staging), 0);
  forEach(e, { end: batch, unroll: false }, (sample) => {
    const image = place(e, at.a, [sample, inChannels * y.input * x.input * 4]);
    if (staged) emitStage(e, staging, image, at.scratch);
    const channel = y.output * x.output * 4;
    emitCorrelation(e, {
      ...{ groups, inChannels: inChannels / groups, outChannels: outChannels / groups },
      ...{ rows: y.output, columns: x.output },
      input: {
        at: staged ? { offset: at.scratch } : image,
        channel: strides.channel,
        row: y.stride * strides.row,
      },
      output: { at: place(e, at.output, [sample, outChannels * channel]), channel, row: x.output * 4 },
      weights: { at: at.b, ...weightStrides(sizes) },
      rowTaps: {
        count: y.window,
        input: y.dilation * strides.row,
        weights: x.window * 4,
        reversed: false,
      },
      columnTaps: offsets.map((input, k) => ({ input, weights: k * 4 })),
    });
  });
}

/**
 * One remainder r of the image's rows or columns: element s·j + r, j < count, is reached from position
 * j + offset by tap k of every pair (offset, k), in the order of rising offsets.
 */
interface Phase {
  readonly count: number;
  readonly taps: readonly { readonly offset: number; readonly k: number }[];
}

function phasesOf({ input, window, stride, dilation, before }: WindowAxis): Phase[] {
  return Array.from({ length: stride }, (_, remainder) => {
    const taps = Array.from({ length: window }, (__, back) => {
      const k = window - 1 - back;
      return { k, offset: (remainder + before - k * dilation) / stride };
    }).filter(({ offset }) => Number.isInteger(offset));
    return { count: Math.max(0, Math.ceil((input - remainder) / stride)), taps };
  });
}

/** Positions before the first and, counted from it, the last one that is read. */
function reachOf(phases: readonly Phase[], lanes: 1 | 4): { before: number; length: number } {
  const before = Math.max(0, ...phases.flatMap(({ taps }) => taps.map(({ offset }) => -offset)));
  const ends = phases.flatMap(({ taps, count }) =>
    taps.map(({ offset }) => Math.ceil(count / lanes) * lanes + offset),
  );
  return { before, length: before + Math.max(1, ...ends) };
}

/** How the derivative towards the image is laid out in working memory. */
function transposedPlan(sizes: ConvolutionSizes) {
  const { inChannels, outChannels, y, x } = sizes;
  const [rowPhases, columnPhases] = [phasesOf(y), phasesOf(x)];
  const [rows, columns] = [reachOf(rowPhases, 1), reachOf(columnPhases, 4)];
  const staging: Staging = {
    channels: outChannels,
    image: { rows: y.output, columns: x.output },
    rows: rows.length,
    rowsBefore: rows.before,
    stride: 1,
    phases: [0],
    columnsBefore: columns.before,
    pitch: vectorsFor(columns.length) * 4,
  };
  const reads = Math.max(...columnPhases.flatMap(({ taps, count }) => taps.map((tap) => tap.offset + count)));
  const staged = rows.before > 0 || columns.before > 0 || rows.length > y.output || reads > x.output;
  // With a stride the remainders are computed side by side and put in order afterwards.
  const merged = x.stride > 1;
  const pitch = vectorsFor(Math.ceil(x.input / x.stride)) * 4;
  const target = merged ? inChannels * y.input * x.stride * pitch * 4 : 0;
  return { rowPhases, columnPhases, staging, staged, merged, pitch, target };
}

export function transposedScratch(sizes: ConvolutionSizes): number {
  const { staging, staged, target } = transposedPlan(flattened(sizes));
  return target + (staged ? stagedBytes(staging) : 0);
}

/** `a` the derivatives of the positions, `b` the weights; the output is the derivative of the images. */
export function emitTransposedConvolution(e: Emitter, given: ConvolutionSizes, at: Addresses): void {
  const sizes = flattened(given);
  const { batch, inChannels, outChannels, y, x } = sizes;
  const plan = transposedPlan(sizes);
  const stagedAt = at.scratch + plan.target;
  if (plan.staged) emitFill(e, stagedAt, stagedBytes(plan.staging), 0);
  forEach(e, { end: batch, unroll: false }, (sample) => {
    const positions = place(e, at.a, [sample, outChannels * y.output * x.output * 4]);
    const images = place(e, at.output, [sample, inChannels * y.input * x.input * 4]);
    if (plan.staged) emitStage(e, plan.staging, positions, stagedAt);
    const source = plan.staged ? { offset: stagedAt } : positions;
    const target = plan.merged ? { offset: at.scratch } : images;
    plan.rowPhases.forEach((rowPhase, row) => {
      plan.columnPhases.forEach((columnPhase, column) => {
        const at0 = { source, target, weights: at.b };
        e.scope(() =>
          emitCorrelation(e, phaseCorrelation(sizes, plan, at0, { rowPhase, row, columnPhase, column })),
        );
      });
    });
    if (plan.merged) {
      emitMerge(e, {
        ...{ rows: inChannels * y.input, columns: x.input, stride: x.stride, pitch: plan.pitch },
        ...{ from: at.scratch, to: images },
      });
    }
  });
}

function phaseCorrelation(
  sizes: ConvolutionSizes,
  plan: ReturnType<typeof transposedPlan>,
  at: { source: Address; target: Address; weights: number },
  {
    rowPhase,
    row,
    columnPhase,
    column,
  }: { rowPhase: Phase; row: number; columnPhase: Phase; column: number },
): Correlation {
  const { inChannels, outChannels, groups, y, x } = sizes;
  const { staging, staged, merged, pitch } = plan;
  const strides = staged ? stagedStrides(staging) : { row: x.output * 4, channel: y.output * x.output * 4 };
  const before = staged ? { row: staging.rowsBefore, column: staging.columnsBefore } : { row: 0, column: 0 };
  const [first, second] = rowPhase.taps;
  const last = rowPhase.taps.at(-1);
  const outputRow = merged ? x.stride * pitch * 4 : x.input * 4;
  const weights = weightStrides(sizes);
  return {
    ...{ groups, inChannels: outChannels / groups, outChannels: inChannels / groups },
    ...{ rows: rowPhase.count, columns: columnPhase.count },
    input: {
      at: beyond(at.source, ((first?.offset ?? 0) + before.row) * strides.row),
      ...strides,
    },
    output: {
      at: beyond(at.target, row * outputRow + (merged ? column * pitch * 4 : 0)),
      channel: y.input * outputRow,
      row: y.stride * outputRow,
    },
    weights: {
      at: at.weights + (last?.k ?? 0) * x.window * 4,
      group: weights.group,
      inChannel: weights.outChannel,
      outChannel: weights.inChannel,
    },
    rowTaps: {
      count: rowPhase.taps.length,
      input: second ? (second.offset - first!.offset) * strides.row : 0,
      weights: second ? (first!.k - second.k) * x.window * 4 : 0,
      reversed: true,
    },
    columnTaps: columnPhase.taps.map(({ offset, k }) => ({
      input: (offset + before.column) * 4,
      weights: k * 4,
    })),
  };
}
