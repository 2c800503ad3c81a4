/** What the page and its worker say to each other. The worker hears and learns; nothing leaves the device. */
import type { Spoken } from "../../models/spoken-words.ts";

export type ToWorker =
  | { readonly type: "load" }
  | { readonly type: "cancel" }
  /** Another sound begins; what was heard is forgotten. */
  | { readonly type: "listen"; readonly id: number; readonly rate: number }
  | { readonly type: "sound"; readonly id: number; readonly samples: Float32Array }
  | {
      readonly type: "teach";
      readonly id: number;
      readonly words: readonly Spoken[];
      readonly classes: number;
      readonly seed: number;
    }
  | { readonly type: "ask"; readonly id: number; readonly signals: readonly Float32Array[] };

/** What was heard in blocks of 32 ms. */
export interface Heard {
  /** [2 · blocks, BANDS], dB */
  readonly columns: Float32Array;
  /** [blocks], dB */
  readonly levels: Float32Array;
  /** [blocks]; not a number where no network has judged. */
  readonly probabilities: Float32Array;
}

export type FromWorker =
  | { readonly type: "loading"; readonly loaded: number }
  | { readonly type: "loaded" }
  | { readonly type: "not-loaded"; readonly message: string | undefined }
  | ({ readonly type: "heard"; readonly id: number } & Heard)
  /** A word has been heard: `WORD` samples around it. */
  | { readonly type: "word"; readonly id: number; readonly signal: Float32Array }
  | { readonly type: "left-out"; readonly id: number; readonly index: number; readonly answer: number }
  | { readonly type: "taught"; readonly id: number; readonly loss: number; readonly parameters: number }
  /** Probabilities of every class for every signal. */
  | { readonly type: "answered"; readonly id: number; readonly answers: readonly Float32Array[] }
  | { readonly type: "failed"; readonly id: number; readonly message: string };
