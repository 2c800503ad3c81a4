/** What a discriminator's scores mean under each objective. */
import type { GanFrame } from "./experiment.ts";
import type { GanState } from "./state.ts";

type Objective = GanState["objective"];
type Scores = Pick<GanFrame, "realScores" | "fakeScores">;

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A Wasserstein critic's scores are no probabilities: only which is higher means anything. */
export const isCritic = (objective: Objective): boolean => objective === "wasserstein-penalty";

/**
 * From a score to −1 (surely fake) … 1 (surely real). A logit becomes 2σ(z) − 1; a least-squares score, trained towards
 * 0 and 1, is stretched; a critic's is measured from the middle between the two sides, in units of their difference.
 */
export function certaintyOf(
  objective: Objective,
  { realScores, fakeScores }: Scores,
): (score: number) => number {
  if (objective === "least-squares") return (score) => 2 * score - 1;
  if (!isCritic(objective)) return (logit) => Math.tanh(logit / 2);
  const [real, fake] = [mean(realScores), mean(fakeScores)];
  const unit = Math.max(1e-6, Math.abs(real - fake));
  return (score) => Math.tanh((score - (real + fake) / 2) / unit);
}

/** Share of the shown points, half of them real, that the discriminator puts on the right side. */
export function discriminatorAccuracy(objective: Objective, scores: Scores): number {
  const certainty = certaintyOf(objective, scores);
  const right =
    scores.realScores.filter((score) => certainty(score) > 0).length +
    scores.fakeScores.filter((score) => certainty(score) < 0).length;
  return right / (scores.realScores.length + scores.fakeScores.length);
}

/** Mean certainty that the generator's points are real, −1 to 1. */
export function meanFakeCertainty(objective: Objective, scores: Scores): number {
  return mean(scores.fakeScores.map(certaintyOf(objective, scores)));
}
