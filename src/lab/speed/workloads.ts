/** The workloads by name: what is counted, and what must agree before it is timed. */
import { CNN, GPT } from "./data.ts";
import type { Workload } from "./measure.ts";

const tokens = GPT.batch * GPT.context;

const training = (name: string, unit: Workload["unit"], perRun: number, checks: number[]): Workload => ({
  ...{ name, unit, perRun, checks, isTraining: true, tolerance: 2e-3 },
});
/** Outputs within 1e-3 of the largest one: what 32-bit sums in another order differ by, with room. */
const inference = (name: string, unit: Workload["unit"], perRun: number): Workload => ({
  ...{ name, unit, perRun, checks: [1], isTraining: false, tolerance: 1e-3 },
});
/** A product of square matrices: 2·n³ operations. */
const product = (size: number) => inference(`gemm-${size}`, "GFLOP/s", (2 * size ** 3) / 1e9);

export const WORKLOADS = {
  "mlp-playground-b10": training("mlp-playground-b10", "steps/s", 1, [0, 1, 10, 100, 400]),
  "mlp-playground-b200": training("mlp-playground-b200", "steps/s", 1, [0, 1, 10, 100, 400]),
  "mlp-mnist": training("mlp-mnist", "steps/s", 1, [0, 1, 2, 5, 10, 20]),
  "cnn-mnist": training("cnn-mnist", "samples/s", CNN.batch, [0, 1, 2, 4, 8]),
  "cnn-mnist-infer-b1": inference("cnn-mnist-infer-b1", "samples/s", 1),
  "cnn-mnist-infer-b32": inference("cnn-mnist-infer-b32", "samples/s", 32),
  "gpt-tiny": training("gpt-tiny", "tokens/s", tokens, [0, 1, 2, 4, 8]),
  "gpt-tiny-infer-b8": inference("gpt-tiny-infer-b8", "tokens/s", tokens),
  "gemm-256": product(256),
  "gemm-512": product(512),
} as const satisfies Record<string, Workload>;

export type WorkloadName = keyof typeof WORKLOADS;

export const isWorkloadName = (name: string): name is WorkloadName => Object.hasOwn(WORKLOADS, name);
