/** What the page, the measuring worker and the two half workers say to each other. */
import type { Program } from "../../engine/program.ts";

/** Ways to compute the product. */
export const WAYS = ["javascript", "one-core", "two-cores", "gpu"] as const;
export type Way = (typeof WAYS)[number];

export interface ToMeasurer {
  readonly sizes: readonly number[];
  /** To the half workers; none where the device has one core. */
  readonly ports: readonly MessagePort[];
}

export interface Speed {
  readonly way: Way;
  /** GFLOP/s over the rounds. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Largest difference from JavaScript's result, relative to its largest value. */
  readonly difference: number;
}

export interface Measured {
  readonly size: number;
  readonly speeds: readonly Speed[];
}

/** Whether the device's GPU can be asked. */
export type GpuState =
  | { readonly kind: "ready"; readonly name: string; readonly software: boolean }
  | { readonly kind: "none"; readonly reason: GpuProblem };
export type GpuProblem = "no-api" | "insecure" | "no-adapter" | "failed";

export type FromMeasurer =
  | { readonly type: "started"; readonly backend: Program["backend"]; readonly gpu: GpuState }
  | { readonly type: "progress"; readonly size: number; readonly done: number }
  | { readonly type: "measured"; readonly measured: Measured }
  | { readonly type: "finished" }
  | { readonly type: "failed"; readonly message: string };

export type ToHalf =
  | { readonly type: "build"; readonly size: number; readonly half: 0 | 1 }
  | { readonly type: "run"; readonly times: number }
  | { readonly type: "result" };

export type FromHalf =
  | { readonly type: "done" }
  | { readonly type: "result"; readonly values: Float32Array }
  | { readonly type: "failed"; readonly message: string };
