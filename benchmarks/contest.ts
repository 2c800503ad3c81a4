/** The page of the benchmark: who takes part in a workload, and who cannot and why. */
import { type Contestant, measure, type Pace, type Row } from "../src/lab/speed/measure.ts";
import { ours } from "../src/lab/speed/ours.ts";
import { TWO_THREADS_PEER, twoThreads } from "../src/lab/speed/two-threads.ts";
import { WORKLOADS, type WorkloadName } from "../src/lab/speed/workloads.ts";
import { convnet } from "./peers/convnet.ts";
import { jax } from "./peers/jax.ts";
import { onnxruntime } from "./peers/onnxruntime.ts";
import { tfjs } from "./peers/tfjs.ts";

export interface Contest {
  readonly rows: readonly Row[];
  /** Peers that cannot do the workload, with the reason. */
  readonly unable: readonly { readonly peer: string; readonly reason: string }[];
}

/** Ours on two threads, and every library on one. */
const OTHERS: Readonly<Record<string, (name: WorkloadName) => Promise<Contestant | string | undefined>>> = {
  [TWO_THREADS_PEER]: twoThreads,
  "tfjs-wasm": tfjs,
  "jax-js": jax,
  ConvNetJS: convnet,
  "onnxruntime-web": onnxruntime,
};

/** @throws Error when the contestants' results part company. */
export async function contest(name: WorkloadName, pace: Pace): Promise<Contest> {
  const contestants = [...ours(name)];
  const unable: { peer: string; reason: string }[] = [];
  for (const [peer, make] of Object.entries(OTHERS)) {
    const made = await make(name);
    if (made === undefined) continue;
    if (typeof made === "string") unable.push({ peer, reason: made });
    else contestants.push(made);
  }
  try {
    return { rows: await measure(WORKLOADS[name], contestants, pace), unable };
  } finally {
    for (const { dispose } of contestants) dispose?.();
  }
}
