/** Layers: small functions that build graph. */
import type { Tensor } from "../engine/graph.ts";
import { gelu, leakyRelu, relu, sigmoid, tanh } from "../engine/ops/activations.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { he, type Initialiser, xavier } from "./initialisers.ts";

export type ActivationName = "linear" | "relu" | "leaky-relu" | "sigmoid" | "tanh" | "gelu";

interface Activation {
  readonly apply: (x: Tensor) => Tensor;
  /** The initialiser made for this activation. */
  readonly initialiser: Initialiser;
}

export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  linear: { apply: (x) => x, initialiser: xavier },
  relu: { apply: relu, initialiser: he },
  "leaky-relu": { apply: (x) => leakyRelu(x, 0.01), initialiser: he },
  sigmoid: { apply: sigmoid, initialiser: xavier },
  tanh: { apply: tanh, initialiser: xavier },
  gelu: { apply: gelu, initialiser: he },
};

/** A fully connected layer's parameters. */
export interface Dense {
  /** [inputs, outputs]. */
  readonly weights: Tensor;
  /** [outputs]. */
  readonly bias: Tensor;
}

/** x·W + b: [batch, inputs] → [batch, outputs]. */
export function dense(x: Tensor, { weights, bias }: Dense): Tensor {
  return add(matmul(x, weights), bias);
}
