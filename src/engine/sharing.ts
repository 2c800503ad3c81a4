/** Where a program finds out whether it may take a second thread. What it takes is loaded only where one is offered. */

import type { Compiled, CompileOptions, Entry } from "./compile/compile.ts";
import type { SharedRuns, sharedMemory } from "./threads.ts";

/** What `threads.ts` offers. */
export interface Sharing {
  /** Whether a program of these entries is to be made so that a second thread can join. */
  mayShare(entries: Readonly<Record<string, Entry>>): boolean;
  sharedMemory: typeof sharedMemory;
  runs(
    entries: Readonly<Record<string, Entry>>,
    layout: Compiled,
    memory: WebAssembly.Memory,
    options: CompileOptions,
  ): SharedRuns;
}

let offered: Sharing | undefined;

export const offeredSharing = (): Sharing | undefined => offered;

export function offerSharing(sharing: Sharing | undefined): void {
  offered = sharing;
}
