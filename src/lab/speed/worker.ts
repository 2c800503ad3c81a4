/** Measures workloads in a worker, so that the page stays alive; the page ends the worker to cancel. */
import { detectFeatures } from "../../engine/compile/features.ts";
import type { Program } from "../../engine/program.ts";
import { measure, type Row } from "./measure.ts";
import { ours } from "./ours.ts";
import { twoThreads } from "./two-threads.ts";
import { WORKLOADS, type WorkloadName } from "./workloads.ts";

export interface ToSpeedWorker {
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
  /** Milliseconds of one turn. */
  readonly turn: number;
}

export type FromSpeedWorker =
  | { readonly type: "started"; readonly backend: Program["backend"] }
  | { readonly type: "progress"; readonly workload: WorkloadName; readonly done: number }
  | { readonly type: "measured"; readonly workload: WorkloadName; readonly rows: readonly Row[] }
  | { readonly type: "finished" }
  | { readonly type: "failed"; readonly workload: WorkloadName; readonly message: string };

const post = (message: FromSpeedWorker) => postMessage(message);

function backend(): Program["backend"] {
  const { simd, relaxedSimd } = detectFeatures();
  if (!simd) return "interpreter";
  return relaxedSimd ? "wasm-relaxed-simd" : "wasm-simd";
}

async function start({ workloads, rounds, turn }: ToSpeedWorker): Promise<void> {
  post({ type: "started", backend: backend() });
  for (const workload of workloads) {
    const onProgress = (done: number) => post({ type: "progress", workload, done });
    const contestants = ours(workload);
    try {
      const two = await twoThreads(workload);
      if (typeof two === "object") contestants.push(two);
      const rows = await measure(WORKLOADS[workload], contestants, { rounds, turn, onProgress });
      post({ type: "measured", workload, rows });
    } catch (error) {
      post({ type: "failed", workload, message: error instanceof Error ? error.message : String(error) });
    } finally {
      for (const { dispose } of contestants) dispose?.();
    }
  }
  post({ type: "finished" });
}

addEventListener("message", ({ data }: MessageEvent<ToSpeedWorker>) => void start(data));
