/** Writing with a GPT: token by token, each drawn from the distribution its logits give. */
import type { Random } from "../engine/random.ts";
import type { Gpt } from "./gpt.ts";
import { drawFrom, type SamplingOptions, samplingDistribution } from "./sampling.ts";

export interface Generated {
  readonly token: number;
  /** What it was drawn from, [vocabulary]. */
  readonly distribution: Float64Array;
}

/**
 * Endless tokens after `prompt`. When the context is full, its later half is read anew and the writing goes on.
 * @throws RangeError for an empty prompt.
 */
export function* generate(
  gpt: Gpt,
  prompt: readonly number[],
  random: Random,
  options: SamplingOptions = {},
): Generator<Generated, never> {
  const { context } = gpt.config;
  if (prompt.length === 0) throw new RangeError("generate: the prompt needs at least one token");
  let read = prompt.slice(-context);
  let logits = readAll(gpt, read);
  for (;;) {
    const distribution = samplingDistribution(logits, options);
    const token = drawFrom(distribution, random);
    yield { token, distribution };
    if (read.length < context) {
      read.push(token);
      logits = gpt.next(token);
    } else {
      read = [...read, token].slice(-Math.ceil(context / 2));
      logits = readAll(gpt, read);
    }
  }
}

/** Logits after the last of the tokens, read from the start. */
function readAll(gpt: Gpt, tokens: readonly number[]): Float32Array {
  gpt.restart();
  let logits = new Float32Array(0);
  for (const token of tokens) logits = gpt.next(token) as Float32Array<ArrayBuffer>;
  return logits;
}
