/** The perceptron: z = w·x + b, y = f(z), and the error-correction rule. */

export interface Weights {
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
}

/** A point with its answer. */
export interface Example {
  readonly x1: number;
  readonly x2: number;
  readonly target: 0 | 1;
}

export type ActivationId = "step" | "sigmoid" | "tanh" | "relu" | "linear";

export interface Activation {
  readonly id: ActivationId;
  readonly label: string;
  /** As written in a formula. */
  readonly formula: string;
  readonly value: (z: number) => number;
}

export const ACTIVATIONS: readonly Activation[] = [
  { id: "step", label: "계단", formula: "z ≥ 0이면 1, 아니면 0", value: (z) => (z >= 0 ? 1 : 0) },
  { id: "sigmoid", label: "시그모이드", formula: "1 / (1 + e⁻ᶻ)", value: (z) => 1 / (1 + Math.exp(-z)) },
  { id: "tanh", label: "tanh", formula: "tanh z", value: Math.tanh },
  { id: "relu", label: "렐루", formula: "max(0, z)", value: (z) => Math.max(0, z) },
  { id: "linear", label: "그대로", formula: "z", value: (z) => z },
];

export const activationOf = (id: ActivationId): Activation =>
  ACTIVATIONS.find((activation) => activation.id === id)!;

/** z = w·x + b. */
export const weightedSum = ({ w1, w2, b }: Weights, { x1, x2 }: Pick<Example, "x1" | "x2">): number =>
  w1 * x1 + w2 * x2 + b;

/**
 * The class a weighted sum stands for: 1 from 0 on. Every activation here is judged by the same side of the line,
 * for each of them grows with z.
 */
export const classOf = (z: number): 0 | 1 => (z >= -TOLERANCE ? 1 : 0);

/** Sliders move in tenths; their sums must not fail at 0 by a binary rounding. */
const TOLERANCE = 1e-9;

export const isRight = (weights: Weights, example: Example): boolean =>
  classOf(weightedSum(weights, example)) === example.target;

export const countRight = (weights: Weights, examples: readonly Example[]): number =>
  examples.filter((example) => isRight(weights, example)).length;

/**
 * One correction by the learning rule (the error-correction procedure of F. Rosenblatt, Principles of
 * Neurodynamics, 1962): w ← w + η(t − y)x, b ← b + η(t − y).
 * A right answer changes nothing.
 */
export function correct(weights: Weights, { x1, x2, target }: Example, rate: number): Weights {
  const error = target - classOf(weightedSum(weights, { x1, x2 }));
  return {
    w1: weights.w1 + rate * error * x1,
    w2: weights.w2 + rate * error * x2,
    b: weights.b + rate * error,
  };
}
