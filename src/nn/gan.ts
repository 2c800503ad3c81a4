/** Two networks against each other: a generator, and a discriminator or critic that tells its work from real data. */
import { gradients } from "../engine/gradient.ts";
import type { Graph, Tensor } from "../engine/graph.ts";
import { softplus } from "../engine/ops/activations.ts";
import { add, multiply, negate, subtract } from "../engine/ops/arithmetic.ts";
import { stopGradient } from "../engine/ops/conversion.ts";
import { square } from "../engine/ops/functions.ts";
import { mean } from "../engine/ops/reduce.ts";
import type { Entry } from "../engine/program.ts";
import { clipWeights } from "./clipping.ts";
import { gradientPenalty, realGradientPenalty, wassersteinCritic } from "./losses.ts";
import type { Noise } from "./noise.ts";
import type { Optimizer, Updates } from "./optimizers.ts";

/**
 * - `standard`: −ln D(real) − ln(1 − D(fake)) against −ln D(fake), the generator's loss that does not fade
 *   (I. Goodfellow et al. 2014, arXiv:1406.2661); D is the logistic function of the discriminator's logit.
 * - `standard-penalty`: the same, plus `weight` times R1, the squared slope of the logit at real examples.
 * - `saturating`: the same discriminator, against a generator that minimises ln(1 − D(fake)): the two-player game as it
 *   is first written in that paper, whose generator learns little while the discriminator is sure.
 * - `least-squares`: ½(D(real) − 1)² + ½D(fake)² against ½(D(fake) − 1)², D the score itself (X. Mao et al. 2017,
 *   arXiv:1611.04076).
 * - `wasserstein-penalty`: the critic's scores, plus `weight` times the gradient penalty (10 in the paper).
 * - `wasserstein-clipping`: the critic's weights are held within ±`limit` (0.01 in the paper).
 */
export type GanObjective =
  | { readonly kind: "standard" }
  | { readonly kind: "standard-penalty"; readonly weight: number | Tensor }
  | { readonly kind: "saturating" }
  | { readonly kind: "least-squares" }
  | { readonly kind: "wasserstein-penalty"; readonly weight: number }
  | { readonly kind: "wasserstein-clipping"; readonly limit: number };

export interface GanParts {
  readonly graph: Graph;
  readonly noise: Noise;
  readonly objective: GanObjective;
  /** A batch of real examples, [batch, …]. */
  readonly real: Tensor;
  /** Noise [batch, latent] → examples shaped like `real`. */
  readonly generator: (z: Tensor) => Tensor;
  /** Examples → logits or scores [batch, 1]. */
  readonly discriminator: (x: Tensor) => Tensor;
  readonly latent: number;
  readonly generatorParameters: readonly Tensor[];
  readonly discriminatorParameters: readonly Tensor[];
  readonly optimizer: Optimizer;
  readonly generatorRate: Tensor;
  readonly discriminatorRate: Tensor;
}

export interface Gan {
  readonly generatorLoss: Tensor;
  /** Without the gradient penalty; for a critic, minus its estimate of the Wasserstein distance. */
  readonly discriminatorLoss: Tensor;
  /** To be run in turn, as many steps of each as wanted: neither changes the other's parameters. */
  readonly generatorStep: Entry;
  readonly discriminatorStep: Entry;
}

const halfSquare = (scores: Tensor, wanted: number) => multiply(mean(square(subtract(scores, wanted))), 0.5);

function discriminatorLoss({ kind }: GanObjective, real: Tensor, fake: Tensor): Tensor {
  if (kind === "least-squares") return add(halfSquare(real, 1), halfSquare(fake, 0));
  // −ln σ(z) = softplus(−z) and −ln(1 − σ(z)) = softplus(z).
  return kind === "standard" || kind === "standard-penalty" || kind === "saturating"
    ? add(mean(softplus(negate(real))), mean(softplus(fake)))
    : wassersteinCritic(real, fake);
}

/** What the generator minimises, given the scores [batch, 1] of its work. */
export function generatorLoss({ kind }: GanObjective, fake: Tensor): Tensor {
  if (kind === "least-squares") return halfSquare(fake, 1);
  if (kind === "saturating") return negate(mean(softplus(fake)));
  const isStandard = kind === "standard" || kind === "standard-penalty";
  return isStandard ? mean(softplus(negate(fake))) : negate(mean(fake));
}

/** @param updates further updates of the discriminator's step, such as the next batch's place. */
export function buildGan(parts: GanParts, further: Updates = new Map()): Gan {
  const { graph, noise, objective, real, generator, discriminator, optimizer } = parts;
  const batch = real.shape[0]!;
  const fresh = () => generator(noise.normal([batch, parts.latent]));
  const fake = stopGradient(fresh());
  const lossOfDiscriminator = discriminatorLoss(objective, discriminator(real), discriminator(fake));
  let objectiveOfDiscriminator = lossOfDiscriminator;
  if (objective.kind === "wasserstein-penalty") {
    const share = noise.uniform([batch, ...real.shape.slice(1).map(() => 1)]);
    const penalty = gradientPenalty(discriminator, real, fake, share);
    objectiveOfDiscriminator = add(lossOfDiscriminator, multiply(penalty, objective.weight));
  }
  if (objective.kind === "standard-penalty") {
    const penalty = realGradientPenalty(discriminator, real);
    objectiveOfDiscriminator = add(lossOfDiscriminator, multiply(penalty, objective.weight));
  }
  const lossOfGenerator = generatorLoss(objective, discriminator(fresh()));
  const step = (loss: Tensor, parameters: readonly Tensor[], rate: Tensor): Updates =>
    optimizer(graph, parameters, gradients(loss, parameters), rate);
  let discriminatorUpdates = step(
    objectiveOfDiscriminator,
    parts.discriminatorParameters,
    parts.discriminatorRate,
  );
  if (objective.kind === "wasserstein-clipping") {
    discriminatorUpdates = clipWeights(discriminatorUpdates, parts.discriminatorParameters, objective.limit);
  }
  const generatorUpdates = step(lossOfGenerator, parts.generatorParameters, parts.generatorRate);
  return {
    generatorLoss: graph.label(lossOfGenerator, "generator loss"),
    discriminatorLoss: graph.label(lossOfDiscriminator, "discriminator loss"),
    generatorStep: {
      outputs: [lossOfGenerator],
      updates: new Map([...generatorUpdates, ...noise.updates]),
      guard: lossOfGenerator,
    },
    discriminatorStep: {
      outputs: [lossOfDiscriminator],
      updates: new Map([...discriminatorUpdates, ...noise.updates, ...further]),
      guard: objectiveOfDiscriminator,
    },
  };
}
