/** The small Korean GPT: its sizes, and what of its data is learned and what is kept back. */
import type { GptConfig } from "../nn/gpt.ts";

/** Seeds of the stories: no test story is drawn by the seed of the training. */
export const STORY_SEEDS = { train: 1, test: 1_000_003 } as const;

export const STORY_GPT: Omit<GptConfig, "vocabulary"> = {
  context: 128,
  width: 128,
  layers: 4,
  heads: 4,
  tied: true,
  seed: 1,
};
