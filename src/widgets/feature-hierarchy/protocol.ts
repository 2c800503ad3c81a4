/** What the page and its worker say to each other. */
import type { Pictures } from "../../data/pictures.ts";
import type { ModelCard } from "../../models/card.ts";
import { SHIPPED } from "../../models/load-pictures.ts";
import type { Looked, Occlusion, Survey } from "./explorer.ts";

export type ToWorker =
  | { readonly type: "load" }
  | { readonly type: "look"; readonly picture: Float32Array }
  | { readonly type: "occlude"; readonly picture: Float32Array; readonly size: number };

export type FromWorker =
  /** Share of the bytes, then of the pictures that are surveyed. */
  | {
      readonly type: "progress";
      readonly what: "download" | "survey";
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: "ready";
      readonly card: ModelCard;
      readonly pictures: Pictures;
      readonly survey: Survey;
      /** Milliseconds that the survey took. */
      readonly took: number;
    }
  | { readonly type: "looked"; readonly picture: Float32Array; readonly looked: Looked }
  | { readonly type: "occluded"; readonly picture: Float32Array; readonly occlusion: Occlusion }
  | { readonly type: "failed"; readonly message: string };

/** Bytes of pictures and network: what the button says before anything is loaded. */
export const DOWNLOAD_BYTES = SHIPPED.clothing.bytes + 66_000;
