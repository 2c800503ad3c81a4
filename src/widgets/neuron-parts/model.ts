/** One neuron that decides whether somebody takes the bicycle: named inputs, weights, a bias, an activation. */
import { Random } from "../../engine/random.ts";

export const INPUTS = [
  { id: "rain", name: "비가 올 확률" },
  { id: "time", name: "시간 여유" },
  { id: "tired", name: "피곤한 정도" },
] as const;

/** One number for each input, in the order of `INPUTS`. */
export type Triple = readonly [number, number, number];

export interface Neuron {
  readonly weights: Triple;
  readonly bias: number;
}

/** People whose weights differ: what matters to whom. */
export const PEOPLE = [
  { id: "jiwoo", name: "지우", about: "비를 무척 싫어합니다", weights: [-4, 1, -1], bias: 1 },
  { id: "minho", name: "민호", about: "늘 시간에 쫓깁니다", weights: [-1, 4, -1], bias: -1.5 },
  { id: "seoyeon", name: "서연", about: "웬만하면 자전거를 탑니다", weights: [-2, 1, -2], bias: 1.8 },
] as const satisfies readonly (Neuron & { id: string; name: string; about: string })[];

export type PersonId = (typeof PEOPLE)[number]["id"];

export type ActivationId = "step" | "sigmoid" | "relu";

export const ACTIVATIONS = [
  { value: "step", label: "계단", formula: "z ≥ 0이면 1, 아니면 0" },
  { value: "sigmoid", label: "시그모이드", formula: "1 / (1 + e⁻ᶻ)" },
  { value: "relu", label: "렐루", formula: "max(0, z)" },
] as const satisfies readonly { value: ActivationId; label: string; formula: string }[];

/** wᵢ·xᵢ for every input. */
export const contributions = ({ weights }: Neuron, inputs: Triple): Triple => [
  weights[0] * inputs[0],
  weights[1] * inputs[1],
  weights[2] * inputs[2],
];

/** z = w·x + b. */
export function weightedSum(neuron: Neuron, inputs: Triple): number {
  return contributions(neuron, inputs).reduce((total, part) => total + part, neuron.bias);
}

/** y = f(z). */
export function activate(activation: ActivationId, z: number): number {
  if (activation === "sigmoid") return 1 / (1 + Math.exp(-z));
  return activation === "relu" ? Math.max(0, z) : goes(z) ? 1 : 0;
}

/** Sliders move in tenths; their sums must not fail at 0 by a binary rounding. */
const TOLERANCE = 1e-9;

/** The decision: from z = 0 on the bicycle is taken. */
export const goes = (z: number): boolean => z >= -TOLERANCE;

/** Nearer to 0 than this a guess would be a matter of luck. */
const CLEAR = 0.3;
const ATTEMPTS = 200;

/**
 * The circumstances of a day, seeded, in tenths; such that the decision is not too close to call. Whether the
 * bicycle is taken is drawn first, so that both kinds of day come about as often, where the weights allow both.
 */
export function dayOf(neuron: Neuron, seed: number): Triple {
  const random = new Random(seed);
  const draw = () => Math.round(random.uniform(0, 1) * 10) / 10;
  const wanted = random.uniform(0, 1) < 0.5;
  let clear: Triple | undefined;
  for (let i = 0; i < ATTEMPTS; i++) {
    const inputs: Triple = [draw(), draw(), draw()];
    const z = weightedSum(neuron, inputs);
    if (Math.abs(z) < CLEAR) continue;
    if (goes(z) === wanted) return inputs;
    clear ??= inputs;
  }
  return clear ?? [draw(), draw(), draw()];
}

/** Index of the term that weighs most in z, the bias being 3; `undefined` when all are 0. */
export function strongest(neuron: Neuron, inputs: Triple): number | undefined {
  const sizes = [...contributions(neuron, inputs), neuron.bias].map(Math.abs);
  const largest = Math.max(...sizes);
  return largest < TOLERANCE ? undefined : sizes.indexOf(largest);
}
