/** What page and worker say to each other. */
import type { Stage } from "../../onnx/session.ts";

export type Backend = "onnx" | "engine";

export type ToWriter =
  | { readonly type: "load"; readonly backend: Backend }
  | {
      readonly type: "read";
      readonly id: number;
      readonly tokens: readonly number[];
      readonly caching: boolean;
    };

/** Logits of one place, and what they cost. */
export interface Reading {
  readonly logits: Float32Array;
  readonly read: number;
  readonly cached: number;
  readonly forgotten: number;
  /** Milliseconds the network took. */
  readonly took: number;
}

export type FromWriter =
  | {
      readonly type: "progress";
      readonly stage: Stage;
      readonly loaded: number;
      readonly total: number | undefined;
    }
  | { readonly type: "ready"; readonly backend: Backend }
  | { readonly type: "failed"; readonly message: string }
  | ({ readonly type: "logits"; readonly id: number } & Reading);
