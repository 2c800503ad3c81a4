/** Which tokens may come next: the network's own distribution, and what temperature, top-k and top-p leave of it. */

import { Random } from "../../engine/random.ts";
import { probabilities, type SamplingOptions, samplingDistribution } from "../../nn/sampling.ts";
import type { GptState } from "./state.ts";

/** Whether a token may be drawn, or what keeps it out. */
export type Fate = "kept" | "temperature" | "top-k" | "top-p";

export interface Candidate {
  readonly token: number;
  /** As the network gives it, over the whole vocabulary. */
  readonly given: number;
  /** After the temperature. */
  readonly warmed: number;
  /** What it is drawn with: 0 for what was cut off. */
  readonly drawn: number;
  readonly fate: Fate;
}

export const samplingOf = ({ temperature, topK, topP }: GptState): SamplingOptions => ({
  temperature,
  ...(topK > 0 ? { topK } : {}),
  topP,
});

/** Every token, the likeliest first; of equally likely ones the first comes first. */
export function candidatesOf(logits: ArrayLike<number>, options: SamplingOptions): Candidate[] {
  const given = probabilities(logits);
  const warmed = probabilities(logits, options.temperature);
  const drawn = samplingDistribution(logits, options);
  const order = Array.from(given.keys()).sort((a, b) => given[b]! - given[a]! || a - b);
  return order.map((token, rank) => {
    const fate = fateOf(rank, warmed[token]!, drawn[token]!, options.topK ?? logits.length);
    return { token, given: given[token]!, warmed: warmed[token]!, drawn: drawn[token]!, fate };
  });
}

function fateOf(rank: number, warmed: number, drawn: number, topK: number): Fate {
  if (drawn > 0) return "kept";
  if (warmed === 0) return "temperature";
  return rank >= topK ? "top-k" : "top-p";
}

/**
 * Draws the token of a place. A place has its own number of the seed's row, so that going back and on again gives the
 * same text.
 */
export function drawAt(candidates: readonly Candidate[], seed: number, place: number): number {
  const random = new Random(seed);
  for (let i = 0; i < place; i++) random.bits();
  let left = random.uniform();
  const kept = candidates.filter(({ fate }) => fate === "kept");
  for (const { token, drawn } of kept) {
    left -= drawn;
    if (left < 0) return token;
  }
  // What rounding left over belongs to the last possible one.
  return kept.at(-1)!.token;
}
