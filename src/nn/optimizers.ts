/** Optimizers as graph: from the gradients to the parameters' next values, with what they remember as states. */
import type { Graph, Tensor } from "../engine/graph.ts";
import { add, divide, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { sqrt, square } from "../engine/ops/functions.ts";

export type OptimizerName = "sgd" | "momentum" | "nesterov" | "rmsprop" | "adam" | "adamw";

/** Leaf → next value: the parameters, and the optimizer's own states. */
export type Updates = Map<Tensor, Tensor>;

/** @param learningRate a scalar tensor, so that a slider never recompiles. */
export type Optimizer = (
  graph: Graph,
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  learningRate: Tensor,
) => Updates;

const EPSILON = 1e-8;

function forEachParameter(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  next: (parameter: Tensor, gradient: Tensor, updates: Updates) => Tensor,
): Updates {
  const updates: Updates = new Map();
  parameters.forEach((parameter, i) => {
    updates.set(parameter, next(parameter, gradients[i]!, updates));
  });
  return updates;
}

/** A state beside a parameter, such as its velocity. */
function beside(graph: Graph, parameter: Tensor, what: string): Tensor {
  return graph.state(`${parameter.name} ${what}`, parameter.shape);
}

/** decay·average + (1 − decay)·value. */
function movingAverage(average: Tensor, value: Tensor, decay: number): Tensor {
  return add(multiply(average, decay), multiply(value, 1 - decay));
}

/** θ ← θ − η·g. */
export const sgd: Optimizer = (_graph, parameters, gradients, learningRate) =>
  forEachParameter(parameters, gradients, (parameter, gradient) =>
    subtract(parameter, multiply(gradient, learningRate)),
  );

/** v ← 0.9·v + g, θ ← θ − η·v (B. Polyak 1964). */
export const momentum: Optimizer = (graph, parameters, gradients, learningRate) =>
  forEachParameter(parameters, gradients, (parameter, gradient, updates) => {
    const velocity = beside(graph, parameter, "velocity");
    const next = add(multiply(velocity, 0.9), gradient);
    updates.set(velocity, next);
    return subtract(parameter, multiply(next, learningRate));
  });

/** v ← 0.9·v + g, θ ← θ − η·(g + 0.9·v): the slope a step ahead (Y. Nesterov 1983; I. Sutskever et al. 2013). */
export const nesterov: Optimizer = (graph, parameters, gradients, learningRate) =>
  forEachParameter(parameters, gradients, (parameter, gradient, updates) => {
    const velocity = beside(graph, parameter, "velocity");
    const next = add(multiply(velocity, 0.9), gradient);
    updates.set(velocity, next);
    return subtract(parameter, multiply(add(gradient, multiply(next, 0.9)), learningRate));
  });

/** v ← 0.9·v + 0.1·g², θ ← θ − η·g/(√v + ε) (T. Tieleman, G. Hinton 2012). */
export const rmsprop: Optimizer = (graph, parameters, gradients, learningRate) =>
  forEachParameter(parameters, gradients, (parameter, gradient, updates) => {
    const average = beside(graph, parameter, "square average");
    const next = movingAverage(average, square(gradient), 0.9);
    updates.set(average, next);
    const scaled = divide(gradient, add(sqrt(next), EPSILON));
    return subtract(parameter, multiply(scaled, learningRate));
  });

/** Adam with β₁ = 0.9 and β₂ = 0.999 (D. Kingma, J. Ba 2015, algorithm 1). */
export const adam: Optimizer = (graph, parameters, gradients, learningRate) =>
  adamWithDecay(graph, parameters, gradients, learningRate, () => 0);

/**
 * Adam whose parameters also shrink by η·decay in every step, apart from the gradient (I. Loshchilov, F. Hutter 2019,
 * arXiv:1711.05101). Vectors, such as biases and the scales of normalisations, do not shrink.
 */
export const adamWith =
  (decay: number): Optimizer =>
  (graph, parameters, gradients, learningRate) =>
    adamWithDecay(graph, parameters, gradients, learningRate, ({ shape }) => (shape.length > 1 ? decay : 0));

export const adamw = adamWith(0.01);

/** Adam with β₁ = 0.5, which keeps two networks that answer each other calmer (A. Radford et al. 2016, arXiv:1511.06434). */
export const adamForGan: Optimizer = (graph, parameters, gradients, learningRate) =>
  adamWithDecay(graph, parameters, gradients, learningRate, () => 0, 0.5);

function adamWithDecay(
  graph: Graph,
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  learningRate: Tensor,
  decayOf: (parameter: Tensor) => number,
  beta1 = 0.9,
): Updates {
  const beta2 = 0.999;
  // 1 − βᵗ follows c ← β·c + (1 − β) from 0: exact in 32 bits where 1 − βᵗ itself would cancel.
  const correction = (name: string, beta: number) => {
    // Named after a parameter, because a graph may hold two optimizers: generator and discriminator.
    const state = graph.state(`adam ${name} correction of ${parameters[0]?.name}`, []);
    return { state, next: add(multiply(state, beta), 1 - beta) };
  };
  const first = correction("mean", beta1);
  const second = correction("square", beta2);
  const rate = divide(learningRate, first.next);
  const updates = forEachParameter(parameters, gradients, (parameter, gradient, changes) => {
    const mean = beside(graph, parameter, "mean");
    const squares = beside(graph, parameter, "square average");
    const nextMean = movingAverage(mean, gradient, beta1);
    const nextSquares = movingAverage(squares, square(gradient), beta2);
    changes.set(mean, nextMean).set(squares, nextSquares);
    const size = add(sqrt(divide(nextSquares, second.next)), EPSILON);
    const decay = decayOf(parameter);
    const shrunk = decay === 0 ? parameter : multiply(parameter, subtract(1, multiply(learningRate, decay)));
    return subtract(shrunk, multiply(divide(nextMean, size), rate));
  });
  return updates.set(first.state, first.next).set(second.state, second.next);
}

export const OPTIMIZERS: Readonly<Record<OptimizerName, Optimizer>> = {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adam,
  adamw,
};
