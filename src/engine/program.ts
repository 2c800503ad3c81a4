/** A compiled graph ready to run: write inputs, run an entry many times, read tensors by name. */
import { type Compiled, checkEntry, compile, type Entry, targetsOf } from "./compile/compile.ts";
import { detectFeatures, type Features } from "./compile/features.ts";
import { storageOf } from "./compile/fuse.ts";
import { ancestors, type Graph, isLeaf, type Tensor } from "./graph.ts";
import { firstNonFinite, interpret } from "./interpret.ts";
import { instantiate } from "./second-thread.ts";
import { formatShape, sizeOf } from "./shape.ts";
import { offeredSharing } from "./sharing.ts";
import type { SharedRuns } from "./threads.ts";

export type { Entry } from "./compile/compile.ts";

/** In a memory that threads share, the views are of a `SharedArrayBuffer`: what is sent to a page must be copied. */
export type TensorView = Float32Array | Int32Array;

export interface Program<Name extends string = string> {
  /** How the entries run on this machine. */
  readonly backend: "wasm-relaxed-simd" | "wasm-simd" | "interpreter";
  /**
   * Live values of a leaf or an output, row-major. They change with every run; copy what must stay.
   * @throws Error when the program does not keep the tensor.
   */
  view(tensor: Tensor): TensorView;
  /** Fills a leaf. @throws RangeError when the sizes differ. */
  write(tensor: Tensor, values: ArrayLike<number>): void;
  /**
   * Runs an entry `times` times.
   * @returns how many were completed: fewer when the guard was not finite, and then nothing of that run was
   *   written to the leaves.
   */
  run(entry: Name, times?: number): number;
  /** The node that is the first not to be finite when the entry runs on the present values. */
  firstNonFinite(entry: Name): Tensor | undefined;
  /** Threads that would take part in a run of the entry now; 2 where a second one was offered and has come. */
  threads(entry: Name): 1 | 2;
  /** Asks for a second thread for the entry before its runs have proved long. It comes later, or never. */
  share(entry: Name): void;
  /** Lets a second thread go. The program still runs, on one. */
  dispose(): void;
}

/**
 * V8 starts a function with its quick compiler and takes the optimised code over only when the function is
 * called again: so many short calls, not one long one.
 */
const STEPS_PER_CALL = 64;

/**
 * Compiles the entries of a graph; where the machine has no WebAssembly SIMD the interpreter runs them.
 * @param features what may be used; by default what the machine has.
 * @throws Error naming the entry or the operation that cannot be compiled.
 */
export function createProgram<Name extends string>(
  graph: Graph,
  entries: Readonly<Record<Name, Entry>>,
  features: Features = detectFeatures(),
): Program<Name> {
  const store = features.simd ? compiledStore(entries, features) : interpretedStore(entries);
  const view = (tensor: Tensor): TensorView => {
    const found = store.views.get(storageOf(tensor));
    if (!found) throw new Error(`the program does not keep ${graph.nameOf(tensor)}`);
    return found;
  };
  for (const [leaf, values] of store.views) if (leaf.values) values.set(leaf.values);
  const program: Program<Name> = {
    backend: store.backend,
    view,
    write: (tensor, values) => {
      const target = view(tensor);
      if (values.length !== target.length) {
        const wanted = `${target.length} (${formatShape(tensor.shape)})`;
        throw new RangeError(`${graph.nameOf(tensor)}: ${values.length} values instead of ${wanted}`);
      }
      target.set(values);
    },
    run: (entry, times = 1) => {
      let completed = 0;
      while (completed < times) {
        const wanted = Math.min(STEPS_PER_CALL, times - completed);
        const done = store.run(entry, wanted);
        completed += done;
        if (done < wanted) break;
      }
      return completed;
    },
    firstNonFinite: (entry) => firstNonFinite(targetsOf(entries[entry]), leafValues(store.views)),
    threads: (entry) => (store.shared?.isShared(entry) ? 2 : 1),
    share: (entry) => store.shared?.share(entry),
    dispose: () => store.shared?.dispose(),
  };
  if (store.shared) forgotten.register(program, store.shared);
  return program;
}

/** Programs that nobody has disposed of let their second thread go as well. */
const forgotten = new FinalizationRegistry((shared: SharedRuns) => shared.dispose());

interface Store {
  readonly backend: Program["backend"];
  readonly views: ReadonlyMap<Tensor, TensorView>;
  readonly shared?: SharedRuns | undefined;
  run(entry: string, times: number): number;
}

/** More than any memory: what a module that shares its memory allows. */
const MOST_PAGES = 65536;

function compiledStore(entries: Readonly<Record<string, Entry>>, { relaxedSimd }: Features): Store {
  const sharing = offeredSharing();
  if (sharing?.mayShare(entries)) {
    const options = { relaxed: relaxedSimd, sharedMaximum: MOST_PAGES };
    const compiled = compile(entries, options);
    const memory = sharing.sharedMemory(compiled.pages);
    if (memory) {
      const shared = sharing.runs(entries, compiled, memory, options);
      return { ...storeOf(compiled, memory, relaxedSimd, (...run) => shared.run(...run)), shared };
    }
  }
  const compiled = compile(entries, { relaxed: relaxedSimd });
  const memory = new WebAssembly.Memory({ initial: compiled.pages, maximum: compiled.pages });
  return storeOf(compiled, memory, relaxedSimd, (_name, times, alone) => alone(times));
}

function storeOf(
  compiled: Compiled,
  memory: WebAssembly.Memory,
  relaxedSimd: boolean,
  run: SharedRuns["run"],
): Store {
  const entryOf = instantiate(new WebAssembly.Module(compiled.bytes), memory);
  return {
    backend: relaxedSimd ? "wasm-relaxed-simd" : "wasm-simd",
    views: viewsOf(compiled, memory.buffer),
    run: (name, times) => run(name, times, entryOf(name)),
  };
}

function viewsOf({ addresses }: Compiled, buffer: ArrayBufferLike): Map<Tensor, TensorView> {
  const views = new Map<Tensor, TensorView>();
  for (const [tensor, address] of addresses) {
    const size = sizeOf(tensor.shape);
    const isInteger = tensor.type === "i32";
    views.set(
      tensor,
      isInteger ? new Int32Array(buffer, address, size) : new Float32Array(buffer, address, size),
    );
  }
  return views;
}

function interpretedStore(entries: Readonly<Record<string, Entry>>): Store {
  const views = new Map<Tensor, TensorView>();
  const claim = (tensor: Tensor) => {
    const size = sizeOf(tensor.shape);
    if (!views.has(tensor))
      views.set(tensor, tensor.type === "i32" ? new Int32Array(size) : new Float32Array(size));
  };
  for (const [name, entry] of Object.entries(entries)) {
    checkEntry(name, entry);
    for (const leaf of ancestors([...targetsOf(entry), ...(entry.updates?.keys() ?? [])])) {
      if (isLeaf(leaf)) claim(leaf);
    }
    for (const output of entry.outputs ?? []) claim(storageOf(output));
  }
  return {
    backend: "interpreter",
    views,
    run: (name, times) => {
      const entry = entries[name];
      if (!entry) throw new Error(`no entry named “${name}”`);
      for (let done = 0; done < times; done++) if (!interpretOnce(entry, views)) return done;
      return times;
    },
  };
}

/** One run in single precision; `false`, and nothing written to the leaves, when the guard is not finite. */
function interpretOnce(entry: Entry, views: ReadonlyMap<Tensor, TensorView>): boolean {
  const values = interpret(targetsOf(entry), leafValues(views), { round: Math.fround });
  if (entry.guard && !Number.isFinite(values.get(entry.guard)![0])) return false;
  for (const output of entry.outputs ?? []) views.get(storageOf(output))!.set(values.get(output)!);
  for (const [leaf, value] of entry.updates ?? []) views.get(leaf)!.set(values.get(value)!);
  return true;
}

function leafValues(views: ReadonlyMap<Tensor, TensorView>): Map<Tensor, TensorView> {
  return new Map([...views].filter(([tensor]) => isLeaf(tensor)));
}
