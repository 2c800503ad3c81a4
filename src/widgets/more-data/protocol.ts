/** What the page and its worker say to each other. */
import { SHIPPED } from "../../models/load-pictures.ts";
import type { Cell } from "./experiment.ts";

export type ToWorker =
  | { readonly type: "start"; readonly id: number; readonly seed: number; readonly repetitions: number }
  /** Whether the page is looking: out of sight nothing is computed. */
  | { readonly type: "sight"; readonly seen: boolean }
  | { readonly type: "stop" };

export type FromWorker =
  | { readonly type: "download"; readonly id: number; readonly loaded: number; readonly total: number }
  | { readonly type: "cell"; readonly id: number; readonly cell: Cell }
  | { readonly type: "done"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

/** Size of the pictures' file: what the button says before anything is loaded. */
export const DOWNLOAD_BYTES = SHIPPED.digits.bytes;
