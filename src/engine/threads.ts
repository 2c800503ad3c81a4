/**
 * A second thread for large programs, where the page is cross-origin isolated. The program begins on one thread;
 * an entry that proves long is compiled once more for two, and a worker joins as soon as it is there. It waits in
 * shared memory, so that `run` stays a plain call. Both ways give the same numbers, so nothing depends on when
 * the worker comes, and without one nothing is missing.
 */
import {
  type Compiled,
  type CompileOptions,
  compileForTwo,
  type Entry,
  targetsOf,
} from "./compile/compile.ts";
import { ancestors } from "./graph.ts";
import {
  type Assignment,
  COMMANDS,
  controlOf,
  instantiate,
  LEAVE,
  MODULE,
  TIMES,
  WAITING,
} from "./second-thread.ts";
import { sizeOf } from "./shape.ts";

/** The part of a worker that is needed; its script calls `serveThread` with every message. */
export interface ThreadWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

/** @param failed to be called when the worker cannot be started, or dies. */
export type StartThread = (failed: () => void) => ThreadWorker;

let startThread: StartThread | undefined;
/** A worker whose program is gone: the next program takes it. */
let idle: ThreadWorker | undefined;

/** Elements computed by all entries together below which a second thread cannot pay. */
const LEAST_ELEMENTS = 2 ** 18;
let leastElements = LEAST_ELEMENTS;

/**
 * Lets the programs made from now on take a second thread. Only where this thread may wait: not on a page's main
 * thread. `undefined` takes the offer back.
 * @param least elements a program must compute to be made for two threads.
 */
export function offerThreads(start: StartThread | undefined, least = LEAST_ELEMENTS): void {
  startThread = start;
  leastElements = least;
  idle?.terminate();
  idle = undefined;
}

/** Whether a program of these entries is to be made so that a second thread can join. */
export function mayShare(entries: Readonly<Record<string, Entry>>): boolean {
  if (!startThread) return false;
  const nodes = new Set(Object.values(entries).flatMap((entry) => ancestors(targetsOf(entry))));
  let elements = 0;
  for (const { shape } of nodes) elements += sizeOf(shape);
  return elements >= leastElements;
}

/** Pages of 64 KiB of the shared memory: room for the second thread's working memory. */
export const sharedPages = (pages: number): number => 2 * pages + 64;

/** Milliseconds a run must take, and all runs together, before a second thread is worth its start. */
const LONG_RUN = 0.25;
const LONG_TOGETHER = 40;

/** A program's way of running its entries, alone or with a second thread. */
export class SharedRuns {
  readonly #entries: Readonly<Record<string, Entry>>;
  readonly #layout: Compiled;
  readonly #memory: WebAssembly.Memory;
  readonly #options: CompileOptions;
  readonly #control: Int32Array;
  readonly #spent = new Map<string, number>();
  /** Entries compiled for two: the place of the module, and this thread's function. */
  readonly #shared = new Map<string, { module: number; first: (times: number) => number }>();
  readonly #modules: WebAssembly.Module[] = [];
  #worker: ThreadWorker | undefined;
  /** No second thread any more: disposed of, or it has failed. */
  #ended = false;

  constructor(
    entries: Readonly<Record<string, Entry>>,
    layout: Compiled,
    memory: WebAssembly.Memory,
    options: CompileOptions,
  ) {
    this.#entries = entries;
    this.#layout = layout;
    this.#memory = memory;
    this.#options = options;
    this.#control = controlOf(memory);
  }

  /** Whether the second thread would take part in a run of the entry now. */
  isShared(name: string): boolean {
    if (!this.#worker || !this.#shared.has(name)) return false;
    return Atomics.load(this.#control, WAITING) === this.#control[COMMANDS]! + 1;
  }

  run(name: string, times: number, alone: (times: number) => number): number {
    if (this.isShared(name)) return this.#together(name, times);
    const start = performance.now();
    const done = alone(times);
    this.#note(name, times, performance.now() - start);
    return done;
  }

  #together(name: string, times: number): number {
    const { module, first } = this.#shared.get(name)!;
    this.#command(module, times);
    try {
      return first(times);
    } catch (error) {
      this.#fail();
      throw new Error("the second thread does not answer any more", { cause: error });
    }
  }

  #command(module: number, times: number): void {
    this.#control[MODULE] = module;
    this.#control[TIMES] = times;
    Atomics.add(this.#control, COMMANDS, 1);
    Atomics.notify(this.#control, COMMANDS);
    // Whoever serves this command will be waiting after it.
    if (module !== LEAVE) Atomics.add(this.#control, WAITING, 1);
  }

  #note(name: string, times: number, took: number): void {
    if (this.#ended || this.#shared.has(name) || took < LONG_RUN * times) return;
    const spent = (this.#spent.get(name) ?? 0) + took;
    this.#spent.set(name, spent);
    if (spent >= LONG_TOGETHER) this.share(name);
  }

  /** Compiles the entry for two threads and calls the second one; it joins a little later, or never. */
  share(name: string): void {
    if (this.#ended || this.#shared.has(name) || !startThread) return;
    const { bytes, pages } = compileForTwo(this.#entries[name]!, this.#layout, this.#options);
    const missing = pages - this.#memory.buffer.byteLength / 65536;
    if (pages > sharedPages(this.#layout.pages)) return;
    if (missing > 0) this.#memory.grow(missing);
    const module = new WebAssembly.Module(bytes);
    const first = instantiate(module, this.#memory)("first");
    this.#shared.set(name, { module: this.#modules.push(module) - 1, first });
    if (this.#worker) this.#command(LEAVE, 0);
    this.#worker ??= this.#takeWorker();
    const commands = this.#control[COMMANDS]!;
    this.#worker.postMessage({ modules: this.#modules, memory: this.#memory, commands } satisfies Assignment);
  }

  #takeWorker(): ThreadWorker {
    const taken = idle;
    idle = undefined;
    return taken ?? startThread!(() => this.#fail());
  }

  #fail(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ended = true;
  }

  /** Lets the second thread go. */
  dispose(): void {
    this.#ended = true;
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    this.#command(LEAVE, 0);
    if (idle) worker.terminate();
    else idle = worker;
  }
}
