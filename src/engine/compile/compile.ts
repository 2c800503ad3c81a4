/** Graph → one WebAssembly module with a function per entry. */
import { ancestors, isLeaf, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { emitElementwise } from "./elementwise-loop.ts";
import { Emitter, Library } from "./emitter.ts";
import { fuse, type Step, storageOf } from "./fuse.ts";
import { forEach, place } from "./loops.ts";
import { Arena, type EntryMemory, paddedBytes, planMemory } from "./memory.ts";
import { encodeModule, type FunctionBody } from "./module.ts";

/** What one call of the program does. */
export interface Entry {
  /** Tensors to be readable after the call. */
  readonly outputs?: readonly Tensor[];
  /** Leaves and their new values. All are computed from the old ones. */
  readonly updates?: ReadonlyMap<Tensor, Tensor>;
  /** A scalar, usually the loss: when it is not finite, the run stops before any update. */
  readonly guard?: Tensor;
  /**
   * For an entry that runs once a picture and not a thousand times a second: loops are kept as loops. Small
   * networks then compile in half the time, and such an entry runs a little slower.
   */
  readonly compact?: boolean;
}

export interface Compiled {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** 64 KiB pages of the imported memory. */
  readonly pages: number;
  /** Byte addresses of leaves and outputs. */
  readonly addresses: ReadonlyMap<Tensor, number>;
}

const PAGE = 65536;
/** Every load of four lanes may read up to 12 bytes past the last element. */
const SLACK = 16;

/** Every tensor an entry asks for. */
export function targetsOf({ outputs = [], updates = new Map(), guard }: Entry): Tensor[] {
  return [...outputs, ...updates.values(), ...(guard ? [guard] : [])];
}

/** @throws Error for an entry that updates something else than a leaf of the same shape, or an unknown kernel. */
export function checkEntry(name: string, { updates = new Map(), guard }: Entry): void {
  for (const [leaf, value] of updates) {
    const fits = isLeaf(leaf) && sameShape(leaf.shape, value.shape) && leaf.type === value.type;
    if (!fits) throw new Error(`entry “${name}”: ${leaf.graph.nameOf(leaf)} cannot take this update`);
  }
  if (guard?.shape.some((extent) => extent !== 1)) throw new Error(`entry “${name}”: the guard is no scalar`);
}

/** @param relaxed whether `f32x4.relaxed_madd` may be used. */
export function compile(entries: Readonly<Record<string, Entry>>, options: { relaxed: boolean }): Compiled {
  const arena = new Arena();
  const addresses = new Map<Tensor, number>();
  const claim = (tensor: Tensor) => {
    if (!addresses.has(tensor)) addresses.set(tensor, arena.take(paddedBytes(tensor)));
  };
  for (const [name, entry] of Object.entries(entries)) {
    checkEntry(name, entry);
    for (const leaf of [...ancestors(targetsOf(entry)), ...(entry.updates?.keys() ?? [])].filter(isLeaf))
      claim(leaf);
  }
  const leaves = new Map(addresses);
  for (const entry of Object.values(entries))
    for (const output of entry.outputs ?? []) claim(storageOf(output));
  let end = arena.end;
  const library = new Library();
  const functions = Object.entries(entries).map(([name, entry]) => {
    const e = new Emitter({ relaxed: options.relaxed, compact: entry.compact ?? false, library });
    const compiled = compileEntry(name, entry, leaves, addresses, arena.end, e);
    end = Math.max(end, compiled.end);
    return compiled.body;
  });
  const pages = Math.max(1, Math.ceil((end + SLACK) / PAGE));
  return { bytes: encodeModule([...library.bodies, ...functions], pages), pages, addresses };
}

function compileEntry(
  name: string,
  entry: Entry,
  leaves: ReadonlyMap<Tensor, number>,
  persistent: ReadonlyMap<Tensor, number>,
  start: number,
  e: Emitter,
): { body: FunctionBody; end: number } {
  const targets = targetsOf(entry).map(storageOf);
  const steps = fuse(ancestors(targetsOf(entry)), new Set(targets));
  const fixed = new Map(leaves);
  for (const output of entry.outputs ?? []) fixed.set(storageOf(output), persistent.get(storageOf(output))!);
  const updates = entry.updates ?? new Map();
  const memory = planMemory({ steps, updates, guard: entry.guard }, fixed, start);
  const guardAt = entry.guard ? steps.findIndex(({ root }) => root === storageOf(entry.guard!)) : -1;
  e.repeat((done) => {
    const check = () => e.returnUnlessFinite({ offset: memory.addressOf(entry.guard!) }, done);
    if (entry.guard && guardAt < 0) check();
    steps.forEach((step, at) => {
      e.scope(() => emitStep(e, step, memory));
      if (at === guardAt) check();
    });
    for (const { from, to, bytes } of memory.copies) e.scope(() => emitCopy(e, from, to, bytes));
  });
  return { body: e.finish(name), end: memory.end };
}

function emitStep(e: Emitter, step: Step, memory: EntryMemory): void {
  const { kernel } = step.root.operation;
  if (kernel?.kind === "elementwise") {
    emitElementwise(e, step, memory.addressOf);
  } else if (kernel?.kind === "whole") {
    const buffer = (tensor: Tensor) => ({ address: memory.addressOf(tensor), shape: tensor.shape });
    kernel.emit(e, {
      inputs: step.root.inputs.map(buffer),
      output: buffer(step.root),
      attributes: step.root.attributes,
      scratch: memory.scratchOf(step),
    });
  }
}

function emitCopy(e: Emitter, from: number, to: number, bytes: number): void {
  forEach(e, { end: bytes, step: 16, unroll: bytes <= 256 }, (offset) => {
    e.store(place(e, to, [offset, 1]), e.load(place(e, from, [offset, 1])));
  });
}
