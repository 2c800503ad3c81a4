/**
 * What a program and its second thread say to each other, in the memory they share. The thread's script needs
 * nothing else of the engine.
 */
import { CONTROL } from "./compile/barrier.ts";

/** What a thread is told: the modules whose `second` it is to run, and where it gets its commands. */
export interface Assignment {
  readonly modules: readonly WebAssembly.Module[];
  readonly memory: WebAssembly.Memory;
  /** Commands given before. */
  readonly commands: number;
}

/** Places in the control block: commands given, the module meant (−1: leave), the times, who waits. */
export const [COMMANDS, MODULE, TIMES, WAITING] = [0, 1, 2, 3] as const;
export const LEAVE = -1;

export const controlOf = (memory: WebAssembly.Memory) => new Int32Array(memory.buffer, CONTROL, 4);

/** The second thread's side: runs what the program asks for until it is told to leave. */
export function serveThread({ modules, memory, commands }: Assignment): void {
  const control = controlOf(memory);
  const functions = modules.map((module) => instantiate(module, memory)("second"));
  let seen = commands;
  Atomics.store(control, WAITING, commands + 1);
  for (;;) {
    Atomics.wait(control, COMMANDS, seen);
    const given = Atomics.load(control, COMMANDS);
    if (given === seen) continue;
    seen = given;
    const module = control[MODULE]!;
    if (module === LEAVE) return;
    functions[module]!(control[TIMES]!);
  }
}

/** The functions of a module, by name. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory) {
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return (name: string): ((times: number) => number) => {
    const found = exports[name];
    if (typeof found !== "function") throw new Error(`no entry named “${name}”`);
    return found as (times: number) => number;
  };
}
