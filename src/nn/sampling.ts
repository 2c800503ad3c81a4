/** Choosing the next token from logits, with the true distribution at hand. */
import type { Random } from "../engine/random.ts";

export interface SamplingOptions {
  /** Logits are divided by it: below 1 surer, above 1 more even; 0 takes the likeliest. */
  readonly temperature?: number;
  /** Only the k likeliest (A. Fan, M. Lewis, Y. Dauphin 2018). */
  readonly topK?: number;
  /** Only the likeliest whose probabilities reach p together (A. Holtzman et al. 2020, arXiv:1904.09751). */
  readonly topP?: number;
}

/** softmax(logits/temperature) in double precision. */
export function probabilities(logits: ArrayLike<number>, temperature = 1): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (temperature === 0) {
    const result = new Float64Array(values.length);
    result[values.indexOf(largest)] = 1;
    return result;
  }
  const weights = values.map((value) => Math.exp((value - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * The distribution a token is drawn from: temperature first, then the k likeliest, then the smallest set that
 * reaches p, each made to add up to 1 again. Of equally likely tokens the first come first.
 * @throws RangeError for a negative temperature, k below 1, or p outside (0, 1].
 */
export function samplingDistribution(logits: ArrayLike<number>, options: SamplingOptions = {}): Float64Array {
  const { temperature = 1, topK = logits.length, topP = 1 } = options;
  if (!(temperature >= 0)) throw new RangeError(`temperature ${temperature} is below 0`);
  if (!(topK >= 1)) throw new RangeError(`top-k ${topK} is below 1`);
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`top-p ${topP} is not within (0, 1]`);
  const all = probabilities(logits, temperature);
  const order = Array.from(all.keys()).sort((a, b) => all[b]! - all[a]! || a - b);
  const likeliest = order.slice(0, topK);
  const mass = likeliest.reduce((sum, token) => sum + all[token]!, 0);
  const kept: number[] = [];
  let reached = 0;
  for (const token of likeliest) {
    // Rounding must not take one more token than p asks for.
    if (kept.length > 0 && reached >= topP * mass * (1 - 1e-12)) break;
    kept.push(token);
    reached += all[token]!;
  }
  const result = new Float64Array(all.length);
  for (const token of kept) result[token] = all[token]! / reached;
  return result;
}

/** Draws an index with these probabilities. */
export function drawFrom(distribution: Float64Array, random: Random): number {
  let left = random.uniform();
  let last = 0;
  for (const [index, probability] of distribution.entries()) {
    if (probability === 0) continue;
    left -= probability;
    last = index;
    if (left < 0) return index;
  }
  // What rounding left over belongs to the last possible one.
  return last;
}

/** Draws a token. */
export function sample(logits: ArrayLike<number>, random: Random, options: SamplingOptions = {}): number {
  return drawFrom(samplingDistribution(logits, options), random);
}
