/** Our engine on two threads as a contestant. The first one is a worker's, because a page's may not wait. */
import type { Contestant } from "./measure.ts";
import type { WorkloadName } from "./workloads.ts";

export const TWO_THREADS_PEER = "gipi-2-threads";

/** Trainings that are long enough. */
export const SHARED_WORKLOADS = ["mlp-mnist", "cnn-mnist", "gpt-tiny"] as const satisfies WorkloadName[];
export type SharedWorkload = (typeof SHARED_WORKLOADS)[number];

export type ToFirstThread =
  | { readonly type: "make"; readonly workload: SharedWorkload }
  | { readonly type: "run"; readonly times: number }
  | { readonly type: "result" };

/** The answer to each message: what a result asked for is, or why the contestant cannot be made. */
export interface FromFirstThread {
  readonly result?: Float32Array;
  readonly reason?: string;
}

/** @returns nothing for a workload that is not shared; a text with the reason where there is no second thread. */
export async function twoThreads(name: WorkloadName): Promise<Contestant | string | undefined> {
  const workload = SHARED_WORKLOADS.find((shared) => shared === name);
  if (!workload) return undefined;
  if (!globalThis.crossOriginIsolated) return "the page is not cross-origin isolated";
  const worker = new Worker(new URL("./two-threads-worker.ts", import.meta.url), { type: "module" });
  const ask = (message: ToFirstThread) =>
    new Promise<FromFirstThread>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromFirstThread>) => resolve(data);
      worker.onerror = ({ message: text }) => reject(new Error(`two threads: ${text}`));
      worker.postMessage(message);
    });
  const { reason } = await ask({ type: "make", workload });
  if (reason !== undefined) {
    worker.terminate();
    return reason;
  }
  return {
    peer: TWO_THREADS_PEER,
    run: async (times) => void (await ask({ type: "run", times })),
    result: async () => (await ask({ type: "result" })).result!,
    dispose: () => worker.terminate(),
  };
}
