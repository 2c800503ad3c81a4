/** Layers: small functions that build graph. */
import type { Tensor } from "../engine/graph.ts";
import { gelu, leakyRelu, relu, sigmoid, tanh } from "../engine/ops/activations.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { gather } from "../engine/ops/gather.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { he, type Initialiser, normal, xavier, zeros } from "./initialisers.ts";
import type { Parameters } from "./parameters.ts";

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

/** x·W + b: [… , inputs] → [… , outputs]. */
export function dense(x: Tensor, { weights, bias }: Pick<Dense, "weights"> & { bias?: Tensor }): Tensor {
  const product = matmul(x, weights);
  return bias ? add(product, bias) : product;
}

export interface DenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Chooses the initialiser; `linear` when left out. */
  readonly activation?: ActivationName;
  readonly initialiser?: Initialiser;
  /** Without a bias where a normalisation follows, which would take it off again. */
  readonly bias?: boolean;
}

/** A new layer's parameters, `${name} weights` and `${name} bias`, and the layer with its activation. */
export function denseLayer(
  parameters: Parameters,
  name: string,
  { inputs, outputs, activation = "linear", initialiser, bias = true }: DenseOptions,
): (x: Tensor) => Tensor {
  const { apply, initialiser: usual } = ACTIVATIONS[activation];
  const weights = parameters.add(`${name} weights`, [inputs, outputs], initialiser ?? usual);
  const own = bias ? { weights, bias: parameters.add(`${name} bias`, [outputs], zeros) } : { weights };
  return (x) => apply(dense(x, own));
}

/** Rows of a table [count, width] for indices (`i32`) of any shape; learned like every other weight. */
export function embedding(
  parameters: Parameters,
  name: string,
  count: number,
  width: number,
): (indices: Tensor) => Tensor {
  const table = parameters.add(name, [count, width], normal(1));
  return (indices) => gather(table, indices);
}
