/** What the page and its worker say to each other. */
import type { Pictures } from "../../data/pictures.ts";
import type { ModelCard } from "../../models/card.ts";
import { SHIPPED } from "../../models/load-pictures.ts";
import type { Drawn, LeftOut, Looked, Survey, Taught } from "./recognizer.ts";
import type { FeatureId } from "./state.ts";

/** The learner's drawings; `number` tells one set from another. */
export interface Lesson {
  readonly number: number;
  readonly drawn: readonly Drawn[];
  readonly classes: number;
  readonly features: FeatureId;
}

export type ToWorker =
  | { readonly type: "load" }
  | { readonly type: "look"; readonly picture: Float32Array }
  | { readonly type: "survey" }
  | { readonly type: "teach"; readonly lesson: Lesson }
  | { readonly type: "leave-out"; readonly lesson: Lesson }
  | { readonly type: "forget" };

export type FromWorker =
  | {
      readonly type: "progress";
      readonly what: "download" | "pictures" | "survey" | "leave-out";
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: "ready"; readonly card: ModelCard }
  | { readonly type: "looked"; readonly picture: Float32Array; readonly looked: Looked }
  | { readonly type: "surveyed"; readonly survey: Survey; readonly pictures: Pictures }
  | { readonly type: "taught"; readonly number: number; readonly taught: Taught; readonly took: number }
  | { readonly type: "left-out"; readonly number: number; readonly leftOut: LeftOut }
  /** Something failed that leaves the network usable. */
  | { readonly type: "problem"; readonly what: "survey"; readonly message: string }
  | { readonly type: "failed"; readonly message: string };

/** Size told before anything is fetched; a test compares it with the file. */
export const NETWORK_BYTES = 282_160;
export const PICTURES_BYTES = SHIPPED.doodles.bytes;
export const HELD_OUT = SHIPPED.doodles.test;
