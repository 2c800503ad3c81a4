/** Learning rates that change with the step, as graph: the program advances them by itself. */
import type { Graph, Tensor } from "../engine/graph.ts";
import { add, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { clip, less, where } from "../engine/ops/comparison.ts";
import { toFloat, toIndex } from "../engine/ops/conversion.ts";
import { cos, exp } from "../engine/ops/functions.ts";
import type { Updates } from "./optimizers.ts";

export type Schedule =
  | { readonly kind: "constant" }
  /** In equal steps up to the rate, which the step number `steps` reaches. */
  | { readonly kind: "warm-up"; readonly steps: number }
  /**
   * Up within `warmUp` steps, then along half a cosine down to `floor` (a share of the rate) at `steps`
   * (I. Loshchilov, F. Hutter 2017, arXiv:1608.03983, without restarts).
   */
  | { readonly kind: "cosine"; readonly steps: number; readonly warmUp?: number; readonly floor?: number }
  /** Times `factor` after every `every` steps. */
  | { readonly kind: "step"; readonly every: number; readonly factor: number };

/** The learning rate of the present step, and the updates that count the steps. */
export interface Scheduled {
  readonly rate: Tensor;
  readonly updates: Updates;
}

/** @param base the rate that the schedule scales: a scalar tensor. */
export function scheduled(graph: Graph, base: Tensor, schedule: Schedule, name = "schedule step"): Scheduled {
  if (schedule.kind === "constant") return { rate: base, updates: new Map() };
  const step = graph.state(name, []);
  return { rate: multiply(base, factorAt(step, schedule)), updates: new Map([[step, add(step, 1)]]) };
}

/** Share of the rate at step 0, 1, 2, …. */
function factorAt(step: Tensor, schedule: Exclude<Schedule, { kind: "constant" }>): Tensor {
  if (schedule.kind === "warm-up") return rising(step, schedule.steps);
  if (schedule.kind === "step") {
    // Half a step more, so that no rounding of the quotient falls below the whole number.
    const completed = toFloat(toIndex(multiply(add(step, 0.5), 1 / schedule.every)));
    return exp(multiply(completed, Math.log(schedule.factor)));
  }
  const { steps, warmUp = 0, floor = 0 } = schedule;
  const progress = clip(multiply(subtract(step, warmUp), 1 / Math.max(1, steps - warmUp)), 0, 1);
  const falling = add(multiply(add(cos(multiply(progress, Math.PI)), 1), (1 - floor) / 2), floor);
  return warmUp > 0 ? where(less(step, warmUp), rising(step, warmUp), falling) : falling;
}

/** (step + 1)/steps, at most 1: the first step moves already. */
const rising = (step: Tensor, steps: number) => clip(multiply(add(step, 1), 1 / steps), 0, 1);
