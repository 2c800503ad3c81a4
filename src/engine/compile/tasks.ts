/** What the threads do one after another: the steps of an entry, the guard's check, the copies at the end. */
import type { Tensor } from "../graph.ts";
import type { Buffer, Cut, Kernel } from "../operation.ts";
import { sizeOf } from "../shape.ts";
import { emitElementwise, loopsOf } from "./elementwise-loop.ts";
import type { Emitter, Int } from "./emitter.ts";
import type { Step } from "./fuse.ts";
import { forEach, place } from "./loops.ts";
import { type Copy, type EntryMemory, paddedBytes } from "./memory.ts";
import { type Access, accessTo, Barriers, cutSpans, halves, partOf, partShape, type Span } from "./parts.ts";

/** One thread's share of a task. */
export interface Share {
  /** @param done how many runs are completed. */
  emit(e: Emitter, done: Int): void;
  accesses(): Access[];
}

export interface Task {
  /** Left out for the guard's check and the copies. */
  readonly step?: Step;
  /** The first thread's share, and the second one's where the task was divided. */
  readonly shares: readonly [Share, Share?];
}

/** How two threads divide a step; `cut` for a whole kernel. */
export interface Division {
  readonly spans: readonly [Span, Span];
  readonly cut?: Cut;
}

/** Elements computed below which a chain is done by one thread. */
const LEAST_ELEMENTS = 256;

/** @returns `undefined` when one thread is to do the step. */
export function divide(step: Step): Division | undefined {
  const { root, members } = step;
  const { kernel } = root.operation;
  if (kernel?.kind === "whole") {
    const cut = kernel.cut?.(
      root.inputs.map(({ shape }) => shape),
      root.shape,
      root.attributes,
    );
    const spans = cut && cutSpans(cut, root.shape);
    return spans && { spans, cut };
  }
  if (sizeOf(root.shape) * members.length < LEAST_ELEMENTS) return undefined;
  const { extents } = loopsOf(step);
  // With a single loop the last vector may run over the end of the part.
  const spans = halves(extents[0]!, extents.length === 1 ? 4 : 1);
  return spans && { spans };
}

/** Bytes of working memory that a share of a step needs at most, whole vectors. */
export function scratchBytes({ root }: Step, division: Division | undefined): number {
  const { kernel } = root.operation;
  if (kernel?.kind !== "whole" || !kernel.scratchBytes) return 0;
  const bytes = (span?: Span) => {
    const shapes = root.inputs.map(({ shape }, i) =>
      span ? partShape(shape, division!.cut!.inputs[i]!, span) : shape,
    );
    return Math.ceil(kernel.scratchBytes!(shapes, root.attributes) / 16) * 16;
  };
  return division ? Math.max(...division.spans.map(bytes)) : bytes();
}

/** @param scratch where each thread has its working memory. */
export function stepTask(
  step: Step,
  division: Division | undefined,
  addressOf: EntryMemory["addressOf"],
  scratch: readonly number[],
): Task {
  const { kernel } = step.root.operation;
  const share = (thread: number, span?: Span): Share =>
    kernel?.kind === "whole"
      ? wholeShare(step, kernel, division?.cut, span, addressOf, scratch[thread]!)
      : elementwiseShare(step, span, addressOf);
  return { step, shares: division ? [share(0, division.spans[0]), share(1, division.spans[1])] : [share(0)] };
}

function wholeShare(
  { root }: Step,
  kernel: Extract<Kernel, { kind: "whole" }>,
  cut: Cut | undefined,
  span: Span | undefined,
  addressOf: EntryMemory["addressOf"],
  scratch: number,
): Share {
  const buffer = (tensor: Tensor, axis: number | null): Buffer =>
    partOf(tensor, addressOf(tensor), span ? axis : null, span ?? { from: 0, to: 0 });
  const inputs = root.inputs.map((input, i) => buffer(input, cut?.inputs[i] ?? null));
  const output = buffer(root, cut?.output ?? null);
  return {
    emit: (e) => kernel.emit(e, { inputs, output, attributes: root.attributes, scratch }),
    accesses: () => [...inputs.map((input) => accessTo(input, false)), accessTo(output, true)],
  };
}

function elementwiseShare(step: Step, span: Span | undefined, addressOf: EntryMemory["addressOf"]): Share {
  const { root, reads } = step;
  const access = (tensor: Tensor, stride: number, writes: boolean): Access => {
    const address = addressOf(tensor);
    if (!span || stride === 0) return { from: address, to: address + paddedBytes(tensor), writes };
    return { from: address + span.from * stride * 4, to: address + span.to * stride * 4, writes };
  };
  return {
    emit: (e) => emitElementwise(e, step, addressOf, span),
    accesses: () => {
      const { extents, strides } = loopsOf(step);
      return [
        ...reads.map((read, i) => access(read, sizeOf(read.shape) === 1 ? 0 : strides[i]![0]!, false)),
        access(root, sizeOf(extents.slice(1)), true),
      ];
    },
  };
}

/** Every thread looks at the guard; two leave together, or the one that is first might write into it again. */
export function guardTask(address: number, threads: number): Task {
  const share = (thread: number): Share => ({
    emit: (e, done) =>
      e.returnUnlessFinite({ offset: address }, done, () => {
        if (threads > 1) e.barrier(thread);
      }),
    accesses: () => [{ from: address, to: address + 4, writes: false }],
  });
  return { shares: [share(0), share(1)] };
}

/** @param threads how many the copy is divided among. */
export function copyTask({ from, to, bytes }: Copy, threads: number): Task {
  const share = (span: Span): Share => ({
    emit: (e) => emitCopy(e, from + span.from, to + span.from, span.to - span.from),
    accesses: () => [
      { from: from + span.from, to: from + span.to, writes: false },
      { from: to + span.from, to: to + span.to, writes: true },
    ],
  });
  const parts = threads > 1 ? halves(bytes, 64) : undefined;
  return { shares: parts ? [share(parts[0]), share(parts[1])] : [share({ from: 0, to: bytes })] };
}

function emitCopy(e: Emitter, from: number, to: number, bytes: number): void {
  forEach(e, { end: bytes, step: 16, unroll: bytes <= 256 }, (offset) => {
    e.store(place(e, to, [offset, 1]), e.load(place(e, from, [offset, 1])));
  });
}

/** The tasks before which two threads wait for each other. */
export function barriersBefore(tasks: readonly Task[]): Set<Task> {
  const barriers = new Barriers();
  return new Set(
    tasks.filter(({ shares }) => barriers.before([0, 1].map((thread) => shares[thread]?.accesses() ?? []))),
  );
}
