/** How the networks that read and write sequences are trained: each writes its own file and card. */
import { pretrainTranslators } from "./number-translator.ts";
import { pretrainStoryGpt } from "./story-gpt.ts";

export interface SequenceRun {
  /** Where the files are written, or read with `check`. */
  readonly folder: string;
  /** Only measures what is there, and compares with the card. */
  readonly check: boolean;
}

export const SEQUENCE_RECIPES: Readonly<Record<string, (run: SequenceRun) => Promise<void>>> = {
  "number-translator": pretrainTranslators,
  "story-gpt": pretrainStoryGpt,
};
