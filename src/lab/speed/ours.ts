/** What a page measures without any library: our engine, plain JavaScript beside it, and the yardsticks. */
import { detectFeatures } from "../../engine/compile/features.ts";
import { cnnInferenceContestant, cnnTraining } from "./cnn.ts";
import { CNN } from "./data.ts";
import { gptInferenceContestant, gptTraining } from "./gpt.ts";
import type { Contestant } from "./measure.ts";
import { pictureMlpTraining, plainPlayground, playgroundContestant, productContestant } from "./networks.ts";
import { registerPeak } from "./peak.ts";
import { trainingContestant } from "./trained.ts";
import { WORKLOADS, type WorkloadName } from "./workloads.ts";

function playground(batch: number): Contestant[] {
  return [
    playgroundContestant(batch),
    plainPlayground("objects", batch),
    plainPlayground("flat arrays", batch),
  ];
}

function product(name: "gemm-256" | "gemm-512", size: number): Contestant[] {
  const { simd, relaxedSimd } = detectFeatures();
  const { perRun } = WORKLOADS[name];
  const peaks = [...(relaxedSimd ? [true] : []), ...(simd ? [false] : [])];
  return [productContestant(size), ...peaks.map((relaxed) => registerPeak(perRun, relaxed))];
}

const makers: Readonly<Record<WorkloadName, () => Contestant[]>> = {
  "mlp-playground-b10": () => playground(10),
  "mlp-playground-b200": () => playground(200),
  "mlp-mnist": () => [trainingContestant(pictureMlpTraining())],
  "cnn-mnist": () => [trainingContestant(cnnTraining())],
  "cnn-mnist-infer-b1": () => [cnnInferenceContestant(1)],
  "cnn-mnist-infer-b32": () => [cnnInferenceContestant(CNN.batch)],
  "gpt-tiny": () => [trainingContestant(gptTraining())],
  "gpt-tiny-infer-b8": () => [gptInferenceContestant()],
  "gemm-256": () => product("gemm-256", 256),
  "gemm-512": () => product("gemm-512", 512),
};

/** Ours first; the results of the others are compared with it. */
export const ours = (name: WorkloadName): Contestant[] => makers[name]();
