/** What the page and its worker say to each other. */
import { SHIPPED } from "../../models/load-pictures.ts";
import type { Cell, Job } from "./experiment.ts";

export type ToWorker =
  | { readonly type: "start"; readonly id: number; readonly job: Job }
  | { readonly type: "stop" };

export type FromWorker =
  | { readonly type: "download"; readonly id: number; readonly share: number }
  /** Trainings that are done, with the share of the present one. */
  | { readonly type: "progress"; readonly id: number; readonly done: number }
  | { readonly type: "cell"; readonly id: number; readonly cell: Cell }
  | { readonly type: "done"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

export const DOWNLOAD_BYTES = SHIPPED.jamo.bytes;
