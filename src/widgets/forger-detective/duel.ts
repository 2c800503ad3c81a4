/** Human against discriminator: what was shown, what both said, and what their scores mean. */

export interface Card {
  /** [784] in 0 to 1. */
  readonly picture: Float32Array;
  readonly isReal: boolean;
  /** The detective's probability that the picture is real. */
  readonly real: number;
}

export interface Score {
  /** Pictures that both have judged. */
  readonly judged: number;
  readonly human: number;
  readonly detective: number;
}

/** @param answers whether the learner called each card real, as far as they have got. */
export function scoreDuel(cards: readonly Card[], answers: readonly boolean[]): Score {
  const judged = cards.slice(0, answers.length);
  return {
    judged: judged.length,
    human: judged.filter(({ isReal }, i) => answers[i] === isReal).length,
    detective: judged.filter(({ isReal, real }) => real > 0.5 === isReal).length,
  };
}

/** Probability of at least `right` right answers out of `count` by tossing a coin. */
export function chanceOf(right: number, count: number): number {
  let [term, total] = [0.5 ** count, 0];
  for (let k = 0; k <= count; k++) {
    if (k >= right) total += term;
    term *= (count - k) / (k + 1);
  }
  return Math.min(1, total);
}

/**
 * Interval of E. B. Wilson (1927) for a share, which holds the true one in 95 of 100 cases.
 * @returns from, to; 0 to 1.
 */
export function interval(right: number, count: number): readonly [number, number] {
  if (count === 0) return [0, 1];
  const [z, share] = [1.96, right / count];
  const scale = 1 + z ** 2 / count;
  const centre = (share + z ** 2 / (2 * count)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
