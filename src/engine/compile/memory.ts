/** Decides where every tensor lies in the program's one memory. Addresses are bytes, multiples of 16. */
import { isLeaf, type Tensor } from "../graph.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { type Step, storageOf } from "./fuse.ts";

/** Bytes of a tensor, rounded up to whole vectors. */
export function paddedBytes(tensor: Tensor): number {
  return Math.ceil(sizeOf(tensor.shape) / 4) * 16;
}

/** Hands out addresses one after another; for what lives as long as the program. */
export class Arena {
  #end: number;

  constructor(start = 0) {
    this.#end = start;
  }

  get end(): number {
    return this.#end;
  }

  take(bytes: number): number {
    const address = this.#end;
    this.#end += Math.ceil(bytes / 16) * 16;
    return address;
  }
}

export interface EntryPlan {
  readonly steps: readonly Step[];
  /** A scalar that must be finite for the updates to happen. */
  readonly guard: Tensor | undefined;
  /** New value of each leaf. */
  readonly updates: ReadonlyMap<Tensor, Tensor>;
  /** Working memory of a step, of all threads together. */
  scratchBytes(step: Step): number;
}

export interface EntryMemory {
  addressOf(tensor: Tensor): number;
  scratchOf(step: Step): number;
  /** New values that lie elsewhere and are copied to their leaves, in this order, at the end of the step. */
  readonly copies: readonly Copy[];
  /** First byte after the entry's temporaries. */
  readonly end: number;
}

/** Addresses and a length in bytes. */
export interface Copy {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

interface Interval {
  readonly address: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Lays out one entry: `fixed` holds the leaves and outputs, temporaries share what lies behind `start` and
 * leave it as soon as their last reader has run.
 */
export function planMemory(plan: EntryPlan, fixed: ReadonlyMap<Tensor, number>, start: number): EntryMemory {
  const addresses = new Map(fixed);
  const copies: [Tensor, Tensor][] = [];
  for (const [leaf, value] of plan.updates) {
    const home = storageOf(value);
    if (!addresses.has(home) && canOverwrite(plan, leaf, home)) addresses.set(home, fixed.get(leaf)!);
    else copies.push([leaf, value]);
  }
  const lastUse = lastUses(plan, copies);
  const scratch = new Map<Step, number>();
  const taken: Interval[] = [];
  const take = (bytes: number, first: number, last: number) => {
    const address = firstFit(taken, start, bytes, first, last);
    taken.push({ address, bytes, first, last });
    return address;
  };
  plan.steps.forEach((step, at) => {
    if (!addresses.has(step.root))
      addresses.set(step.root, take(paddedBytes(step.root), at, lastUse.get(step.root) ?? at));
    const bytes = plan.scratchBytes(step);
    if (bytes > 0) scratch.set(step, take(bytes, at, at));
  });
  const addressOf = (tensor: Tensor) => {
    const address = addresses.get(storageOf(tensor));
    if (address === undefined) throw new Error(`${tensor.graph.nameOf(tensor)} has no place in memory`);
    return address;
  };
  const last = plan.steps.length;
  return {
    addressOf,
    scratchOf: (step) => scratch.get(step) ?? 0,
    copies: inSafeOrder(copies, addressOf, (bytes) => take(bytes, last, last)),
    end: Math.max(start, ...taken.map(({ address, bytes }) => address + bytes)),
  };
}

/**
 * Whether the step that computes a leaf's new value may write it over the old one: it is elementwise and reads
 * the leaf, if at all, at the element it writes; nobody reads the old value later; the guard has passed.
 */
function canOverwrite({ steps, guard, updates }: EntryPlan, leaf: Tensor, value: Tensor): boolean {
  const at = steps.findIndex(({ root }) => root === value);
  if (at < 0 || value.operation.kernel?.kind !== "elementwise") return false;
  const guardAt = guard ? steps.findIndex(({ root }) => root === storageOf(guard)) : -1;
  const readsOf = (step: Step) => step.reads.filter((read) => storageOf(read) === leaf);
  const sameElements = readsOf(steps[at]!).every((read) => sameShape(read.shape, value.shape));
  const readLater = steps.some((step, index) => index > at && readsOf(step).length > 0);
  const wantedByCopy = [...updates.values()].some((other) => storageOf(other) === leaf);
  return at > guardAt && sameElements && !readLater && !wantedByCopy;
}

/**
 * Orders the copies so that a leaf is read before it is written: `previous ← current` before `current ← next`.
 * Where leaves change places, the old value of one waits in memory from `take`.
 */
function inSafeOrder(
  copies: readonly (readonly [leaf: Tensor, value: Tensor])[],
  addressOf: (tensor: Tensor) => number,
  take: (bytes: number) => number,
): Copy[] {
  const pending = copies.map(([leaf, value]) => ({
    from: addressOf(value),
    to: addressOf(leaf),
    bytes: paddedBytes(leaf),
  }));
  const ordered: Copy[] = [];
  while (pending.length > 0) {
    const safe = pending.findIndex((copy) =>
      pending.every((other) => other === copy || other.from !== copy.to),
    );
    if (safe >= 0) {
      ordered.push(...pending.splice(safe, 1));
      continue;
    }
    const { to: from, bytes } = pending[0]!;
    const waiting = take(bytes);
    ordered.push({ from, to: waiting, bytes });
    for (const copy of pending) if (copy.from === from) copy.from = waiting;
  }
  return ordered;
}

function lastUses(
  { steps, guard }: EntryPlan,
  copies: readonly (readonly [Tensor, Tensor])[],
): Map<Tensor, number> {
  const last = new Map<Tensor, number>();
  steps.forEach((step, at) => {
    for (const read of step.reads) last.set(storageOf(read), at);
  });
  for (const [, value] of copies) last.set(storageOf(value), steps.length);
  if (guard && !isLeaf(guard)) last.set(storageOf(guard), steps.length);
  return last;
}

/** The lowest address at which nothing else lives during `first … last`. */
function firstFit(
  taken: readonly Interval[],
  start: number,
  bytes: number,
  first: number,
  last: number,
): number {
  const living = taken
    .filter((other) => other.first <= last && other.last >= first)
    .sort((a, b) => a.address - b.address);
  let address = start;
  for (const other of living) {
    if (other.address >= address + bytes) break;
    address = Math.max(address, other.address + other.bytes);
  }
  return address;
}
