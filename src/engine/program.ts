/** A compiled graph ready to run: write inputs, run an entry many times, read tensors by name. */
import { type Compiled, checkEntry, compile, type Entry, targetsOf } from "./compile/compile.ts";
import { detectFeatures, type Features } from "./compile/features.ts";
import { storageOf } from "./compile/fuse.ts";
import { ancestors, type Graph, isLeaf, type Tensor } from "./graph.ts";
import { firstNonFinite, interpret } from "./interpret.ts";
import { formatShape, sizeOf } from "./shape.ts";

export type { Entry } from "./compile/compile.ts";

export type TensorView = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

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
  return {
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
  };
}

interface Store {
  readonly backend: Program["backend"];
  readonly views: ReadonlyMap<Tensor, TensorView>;
  run(entry: string, times: number): number;
}

function compiledStore(entries: Readonly<Record<string, Entry>>, { relaxedSimd }: Features): Store {
  const compiled = compile(entries, { relaxed: relaxedSimd });
  const memory = new WebAssembly.Memory({ initial: compiled.pages, maximum: compiled.pages });
  const module = new WebAssembly.Module(compiled.bytes);
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return {
    backend: relaxedSimd ? "wasm-relaxed-simd" : "wasm-simd",
    views: viewsOf(compiled, memory.buffer),
    run: (entry, times) => {
      const step = exports[entry];
      if (typeof step !== "function") throw new Error(`no entry named “${entry}”`);
      return step(times) as number;
    },
  };
}

function viewsOf({ addresses }: Compiled, buffer: ArrayBuffer): Map<Tensor, TensorView> {
  const views = new Map<Tensor, TensorView>();
  for (const [tensor, address] of addresses) {
    const size = sizeOf(tensor.shape);
    const View = tensor.type === "i32" ? Int32Array : Float32Array;
    views.set(tensor, new View(buffer, address, size));
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
