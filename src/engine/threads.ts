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
import { offerSharing, type Sharing } from "./sharing.ts";

/** The part of a worker that is needed; its script calls `serveThread` with every message. */
export interface ThreadWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

/** @param failed to be called when the worker cannot be started, or dies. */
export type StartThread = (failed: () => void) => ThreadWorker;

let startThread: StartThread | undefined;
/** A worker whose program is gone, and how many it has served: the next program takes it. */
let idle: { worker: ThreadWorker; served: number } | undefined;
/** Programs after which a worker is let go: it never comes to collect the memories of those it has served. */
const MOST_SERVED = 10;

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
  const runs: Sharing["runs"] = (...given) => new SharedRuns(...given);
  offerSharing(start && { mayShare, sharedMemory, runs });
  idle?.worker.terminate();
  idle = undefined;
}

function mayShare(entries: Readonly<Record<string, Entry>>): boolean {
  if (!startThread) return false;
  const nodes = new Set(Object.values(entries).flatMap((entry) => ancestors(targetsOf(entry))));
  let elements = 0;
  for (const { shape } of nodes) elements += sizeOf(shape);
  return elements >= leastElements;
}

/** Pages of 64 KiB up to which a shared memory may grow: room for the second thread's working memory. */
const sharedPages = (pages: number): number => 2 * pages + 64;

/** A memory that threads share; `undefined` where the browser has no more room for one. */
export function sharedMemory(pages: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: sharedPages(pages), shared: true });
  } catch {
    return undefined;
  }
}

/** Milliseconds a run must take before a second thread is worth its start. */
const LONG_RUN = 0.25;
/** Milliseconds of running after which the mean of a run is known. */
const WINDOW = 60;
/** Milliseconds for which an entry runs alone again when two threads were no faster: the other core is taken. */
const REST = 3000;

/** How long the runs of an entry take, as last measured over a window. */
class Pace {
  /** Milliseconds a run; infinite while unknown. */
  perRun = Number.POSITIVE_INFINITY;
  #spent = 0;
  #runs = 0;

  /** @returns whether a window is full, and `perRun` new. */
  add(runs: number, took: number): boolean {
    this.#runs += runs;
    this.#spent += took;
    if (this.#spent < WINDOW) return false;
    this.perRun = this.#spent / this.#runs;
    [this.#spent, this.#runs] = [0, 0];
    return true;
  }
}

/** An entry compiled for two: the place of the module, this thread's function, and how it does. */
interface SharedEntry {
  readonly module: number;
  readonly first: (times: number) => number;
  readonly pace: Pace;
  restsUntil: number;
}

/** A program's way of running its entries, alone or with a second thread. */
export class SharedRuns {
  readonly #entries: Readonly<Record<string, Entry>>;
  readonly #layout: Compiled;
  readonly #memory: WebAssembly.Memory;
  readonly #options: CompileOptions;
  readonly #control: Int32Array;
  readonly #alone = new Map<string, Pace>();
  readonly #shared = new Map<string, SharedEntry>();
  readonly #modules: WebAssembly.Module[] = [];
  #worker: ThreadWorker | undefined;
  #served = 1;
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
    const entry = this.#shared.get(name);
    if (!this.#worker || !entry || performance.now() < entry.restsUntil) return false;
    return Atomics.load(this.#control, WAITING) === this.#control[COMMANDS]! + 1;
  }

  run(name: string, times: number, alone: (times: number) => number): number {
    const together = this.isShared(name);
    const start = performance.now();
    const done = together ? this.#together(this.#shared.get(name)!, times) : alone(times);
    if (!this.#ended) this.#note(name, together, done, performance.now() - start);
    return done;
  }

  #together({ module, first }: SharedEntry, times: number): number {
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

  #note(name: string, together: boolean, runs: number, took: number): void {
    const alone = this.#alone.get(name) ?? new Pace();
    this.#alone.set(name, alone);
    const entry = this.#shared.get(name);
    if (together) {
      const slow = entry!.pace.add(runs, took) && entry!.pace.perRun > alone.perRun;
      if (slow) entry!.restsUntil = performance.now() + REST;
    } else if (alone.add(runs, took) && alone.perRun >= LONG_RUN && !entry) this.share(name);
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
    const place = this.#modules.push(module) - 1;
    this.#shared.set(name, { module: place, first, pace: new Pace(), restsUntil: 0 });
    if (this.#worker) this.#command(LEAVE, 0);
    this.#worker ??= this.#takeWorker();
    const commands = this.#control[COMMANDS]!;
    this.#worker.postMessage({ modules: this.#modules, memory: this.#memory, commands } satisfies Assignment);
  }

  #takeWorker(): ThreadWorker {
    const taken = idle;
    idle = undefined;
    if (taken) this.#served = taken.served + 1;
    return taken?.worker ?? startThread!(() => this.#fail());
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
    if (idle || this.#served >= MOST_SERVED) worker.terminate();
    else idle = { worker, served: this.#served };
  }
}
