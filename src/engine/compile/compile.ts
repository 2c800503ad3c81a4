/** Graph → one WebAssembly module with a function per entry. */
import { ancestors, isLeaf, type Tensor } from "../graph.ts";
import { sameShape } from "../shape.ts";
import { SHARED_BYTES } from "./barrier.ts";
import { Emitter, type Int, Library } from "./emitter.ts";
import { fuse, type Step, storageOf } from "./fuse.ts";
import { Arena, paddedBytes, planMemory } from "./memory.ts";
import { encodeModule, type FunctionBody } from "./module.ts";
import { barriersBefore, copyTask, divide, guardTask, scratchBytes, stepTask, type Task } from "./tasks.ts";

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
  /** First byte behind leaves and outputs. */
  readonly end: number;
}

/** Where leaves and outputs lie. */
type Layout = Pick<Compiled, "addresses" | "end">;

export interface CompileOptions {
  /** Whether `f32x4.relaxed_madd` may be used. */
  readonly relaxed: boolean;
  /** Pages up to which a memory that threads share may grow; left out for a memory of one thread's own. */
  readonly sharedMaximum?: number | undefined;
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

export function compile(entries: Readonly<Record<string, Entry>>, options: CompileOptions): Compiled {
  const arena = new Arena(options.sharedMaximum === undefined ? 0 : SHARED_BYTES);
  const addresses = new Map<Tensor, number>();
  const claim = (tensor: Tensor) => {
    if (!addresses.has(tensor)) addresses.set(tensor, arena.take(paddedBytes(tensor)));
  };
  for (const [name, entry] of Object.entries(entries)) {
    checkEntry(name, entry);
    for (const leaf of [...ancestors(targetsOf(entry)), ...(entry.updates?.keys() ?? [])].filter(isLeaf))
      claim(leaf);
  }
  for (const entry of Object.values(entries))
    for (const output of entry.outputs ?? []) claim(storageOf(output));
  let { end } = arena;
  const library = new Library();
  const functions = Object.entries(entries).flatMap(([name, entry]) => {
    const e = new Emitter({ relaxed: options.relaxed, compact: entry.compact ?? false, library });
    end = Math.max(end, compileEntry(name, entry, { addresses, end: arena.end }, [e]));
    return e.finish(name);
  });
  return { ...encode([...library.bodies, ...functions], end, options), addresses, end: arena.end };
}

/**
 * The same entry for two threads that run it together: a module with the functions `first` and `second`.
 * @param layout of the program, whose memory begins with `SHARED_BYTES`.
 */
export function compileForTwo(
  entry: Entry,
  layout: Layout,
  options: CompileOptions,
): Pick<Compiled, "bytes" | "pages"> {
  const library = new Library();
  const emitters = [0, 1].map(
    () => new Emitter({ relaxed: options.relaxed, compact: entry.compact ?? false, library }),
  );
  const end = compileEntry("both", entry, layout, emitters);
  const functions = ["first", "second"].map((name, thread) => emitters[thread]!.finish(name));
  return encode([...library.bodies, ...functions], end, options);
}

function encode(functions: readonly FunctionBody[], end: number, { sharedMaximum }: CompileOptions) {
  const pages = Math.max(1, Math.ceil((end + SLACK) / PAGE));
  return { bytes: encodeModule(functions, { pages, sharedMaximum }), pages };
}

/** Steps of a piece: what a browser takes to optimise a function grows faster than the function. */
const PIECE = 64;

/**
 * Writes the entry into one function, or with two emitters into one for each thread; of a long entry the steps stand in
 * pieces, functions of their own that this one calls. @returns the memory's end.
 */
function compileEntry(name: string, entry: Entry, layout: Layout, emitters: readonly Emitter[]): number {
  const threads = emitters.length;
  const { tasks, end } = planTasks(entry, layout, threads);
  const barriers = threads > 1 ? barriersBefore(tasks) : new Set<Task>();
  const isLong = tasks.length > 2 * PIECE;
  const pieces = piecesOf(tasks, barriers, isLong ? PIECE : tasks.length);
  emitters.forEach((e, thread) => {
    const write = (to: Emitter, piece: readonly Task[], done: Int) => {
      for (const task of piece) to.scope(() => task.shares[thread]?.emit(to, done));
    };
    e.repeat((done) => {
      pieces.forEach((piece, i) => {
        if (barriers.has(piece[0]!)) e.barrier(thread);
        // The guard's check leaves the entry, so it stands in the entry itself.
        if (!isLong || piece.some(({ step }) => !step)) write(e, piece, done);
        else {
          const given = [{ base: done, offset: 0 }];
          e.call(`${name} ${thread}.${i}`, given, (to, [own]) => write(to, piece, own!.base), entry.compact);
        }
      });
      if (threads > 1) e.barrier(thread);
    });
  });
  return end;
}

/** The tasks in their order, cut before barriers, around what is no step, and after `most`. */
function piecesOf(tasks: readonly Task[], barriers: ReadonlySet<Task>, most: number): Task[][] {
  const pieces: Task[][] = [];
  for (const task of tasks) {
    const last = pieces.at(-1);
    const isAlike = (last?.[0]?.step === undefined) === (task.step === undefined);
    if (last && isAlike && last.length < most && !barriers.has(task)) last.push(task);
    else pieces.push([task]);
  }
  return pieces;
}

/** What an entry does in order: steps, after the one that computes it the guard's check, at last the copies. */
export function planTasks(entry: Entry, layout: Layout, threads: number): { tasks: Task[]; end: number } {
  const kept = new Set(targetsOf(entry).map(storageOf));
  const steps = fuse(ancestors(targetsOf(entry)), kept);
  const outputs = new Set((entry.outputs ?? []).map(storageOf));
  const fixed = new Map([...layout.addresses].filter(([tensor]) => isLeaf(tensor) || outputs.has(tensor)));
  const divisions = new Map(steps.map((step) => [step, threads > 1 ? divide(step) : undefined]));
  const { guard, updates = new Map<Tensor, Tensor>() } = entry;
  const scratchOf = (step: Step) => scratchBytes(step, divisions.get(step));
  // One thread's working memory lies among the temporaries; two have theirs apart, so as not to wait for it.
  const plan = { steps, updates, guard, scratchBytes: threads > 1 ? () => 0 : scratchOf };
  const memory = planMemory(plan, fixed, layout.end);
  const own = threads > 1 ? Math.max(0, ...steps.map(scratchOf)) : 0;
  const tasks = steps.map((step) => {
    const scratch = threads > 1 ? [memory.end, memory.end + own] : [memory.scratchOf(step)];
    return stepTask(step, divisions.get(step), memory.addressOf, scratch);
  });
  if (guard) {
    const behind = steps.findIndex(({ root }) => root === storageOf(guard)) + 1;
    tasks.splice(behind, 0, guardTask(memory.addressOf(guard), threads));
  }
  tasks.push(...memory.copies.map((copy) => copyTask(copy, threads)));
  return { tasks, end: memory.end + threads * own };
}
