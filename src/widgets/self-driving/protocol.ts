/** What the page and its worker say to each other. The page keeps the recordings, the worker the network. */
import type { Driven, Route } from "./drive.ts";
import type { Recordings } from "./network.ts";
import type { Condition } from "./trials.ts";

export type ToWorker =
  | {
      readonly type: "train";
      readonly id: number;
      readonly recordings: Recordings;
      readonly steps: number;
      readonly seed: number;
      /** From new weights. */
      readonly fresh: boolean;
    }
  | { readonly type: "demonstrate"; readonly id: number; readonly route: Route; readonly until: number }
  | { readonly type: "correct"; readonly id: number; readonly route: Route; readonly seed: number }
  | { readonly type: "try"; readonly id: number; readonly home: Route }
  | { readonly type: "steer"; readonly picture: Float32Array }
  | { readonly type: "stop" };

export type FromWorker =
  | {
      readonly type: "progress";
      readonly id: number;
      readonly steps: number;
      /** Root of the mean squared error on the held-out recordings. */
      readonly error: number;
      /** The same on as many of the recordings that are learned from. */
      readonly trainError: number;
    }
  | { readonly type: "trained"; readonly id: number }
  | { readonly type: "diverged"; readonly id: number }
  | { readonly type: "recorded"; readonly id: number; readonly recordings: Recordings }
  | {
      readonly type: "trial";
      readonly id: number;
      readonly condition: Condition;
      readonly driven: Driven;
      /** Trials that are still to come. */
      readonly left: number;
    }
  | { readonly type: "steered"; readonly angle: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };
