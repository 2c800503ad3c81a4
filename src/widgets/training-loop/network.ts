/**
 * The network of three neurons, written once: two inputs, two hidden neurons, one linear output, squared error on
 * one example. The interpreter reads it for the step-by-step view, the trainer compiles the very same graph.
 */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { interpret } from "../../engine/interpret.ts";
import { subtract } from "../../engine/ops/arithmetic.ts";
import { square } from "../../engine/ops/functions.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { Random } from "../../engine/random.ts";
import { ACTIVATIONS, dense } from "../../nn/layers.ts";
import { sgd } from "../../nn/optimizers.ts";

export type Activation = "tanh" | "sigmoid" | "relu";

/** w₁ w₂ b₁ (first hidden neuron), w₃ w₄ b₂ (second), w₅ w₆ b₃ (output). */
export const PARAMETERS = 9;
export type Parameters = readonly number[];

export interface Example {
  readonly x: readonly [number, number];
  readonly target: number;
}

/** Tensors of one example's way through the network and back. */
export interface StepGraph {
  readonly graph: Graph;
  readonly parameters: readonly Tensor[];
  readonly learningRate: Tensor;
  /** Sums before the activation [1, 2], their activations [1, 2], the prediction [1, 1], the loss []. */
  readonly sums: Tensor;
  readonly hidden: Tensor;
  readonly output: Tensor;
  readonly loss: Tensor;
  readonly parameterGradients: readonly Tensor[];
  readonly next: ReadonlyMap<Tensor, Tensor>;
}

/** @param x [1, 2], @param target [1, 1]; both may be picked out of a resident dataset. */
export function buildStep(graph: Graph, activation: Activation, x: Tensor, target: Tensor): StepGraph {
  const layer = (name: string, inputs: number, outputs: number) => ({
    weights: graph.parameter(`${name} weights`, [inputs, outputs]),
    bias: graph.parameter(`${name} bias`, [outputs]),
  });
  const first = layer("hidden", 2, 2);
  const second = layer("output", 2, 1);
  const learningRate = graph.input("learning rate", []);
  const sums = graph.label(dense(x, first), "sums");
  const hidden = graph.label(ACTIVATIONS[activation].apply(sums), "hidden");
  const output = graph.label(dense(hidden, second), "output");
  const loss = graph.label(reshape(square(subtract(output, target)), []), "loss");
  const parameters = [first.weights, first.bias, second.weights, second.bias];
  const parameterGradients = gradients(loss, parameters);
  const next = sgd(graph, parameters, parameterGradients, learningRate);
  return { graph, parameters, learningRate, sums, hidden, output, loss, parameterGradients, next };
}

/** The nine numbers in the tensors' order: [x₁h₁, x₁h₂, x₂h₁, x₂h₂], [b₁, b₂], [h₁y, h₂y], [b₃]. */
export function toTensors([w1, w2, b1, w3, w4, b2, w5, w6, b3]: Parameters): number[][] {
  return [[w1!, w3!, w2!, w4!], [b1!, b2!], [w5!, w6!], [b3!]];
}

/** The inverse of `toTensors`. */
export function fromTensors(tensors: readonly ArrayLike<number>[]): number[] {
  const [weights, biases, output, bias] = tensors as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  return [
    ...[weights[0]!, weights[2]!, biases[0]!],
    ...[weights[1]!, weights[3]!, biases[1]!],
    ...[output[0]!, output[1]!, bias[0]!],
  ];
}

/** Every number of one step, as the interpreter has computed it in double precision. */
export interface Reading {
  readonly sums: readonly [number, number];
  readonly hidden: readonly [number, number];
  readonly output: number;
  readonly loss: number;
  /** ∂L/∂y. */
  readonly outputGradient: number;
  /** ∂L/∂h₁, ∂L/∂h₂. */
  readonly hiddenGradients: readonly [number, number];
  /** ∂L/∂z₁, ∂L/∂z₂. */
  readonly sumGradients: readonly [number, number];
  /** ∂L/∂ of the nine parameters. */
  readonly gradients: readonly number[];
  /** The nine parameters after the step. */
  readonly next: readonly number[];
}

const built = new Map<Activation, ReturnType<typeof buildReader>>();

function buildReader(activation: Activation) {
  const graph = new Graph();
  const x = graph.input("x", [1, 2]);
  const target = graph.input("target", [1, 1]);
  const step = buildStep(graph, activation, x, target);
  return { ...step, x, target, inner: gradients(step.loss, [step.output, step.hidden, step.sums]) };
}

function readerOf(activation: Activation) {
  const known = built.get(activation);
  if (known) return known;
  const reader = buildReader(activation);
  built.set(activation, reader);
  return reader;
}

/** One step on one example: forward, loss, backward, update. */
export function readStep(
  activation: Activation,
  parameters: Parameters,
  example: Example,
  learningRate: number,
): Reading {
  const reader = readerOf(activation);
  const updated = reader.parameters.map((parameter) => reader.next.get(parameter)!);
  const values = interpret(
    [reader.loss, ...reader.inner, ...reader.parameterGradients, ...updated],
    leavesOf(reader, parameters, example, learningRate),
  );
  const pair = (tensor: Tensor) => [values.get(tensor)![0]!, values.get(tensor)![1]!] as const;
  const [toOutput, toHidden, toSums] = reader.inner as [Tensor, Tensor, Tensor];
  return {
    sums: pair(reader.sums),
    hidden: pair(reader.hidden),
    output: values.get(reader.output)![0]!,
    loss: values.get(reader.loss)![0]!,
    outputGradient: values.get(toOutput)![0]!,
    hiddenGradients: pair(toHidden),
    sumGradients: pair(toSums),
    gradients: fromTensors(reader.parameterGradients.map((tensor) => values.get(tensor)!)),
    next: fromTensors(updated.map((tensor) => values.get(tensor)!)),
  };
}

/** Prediction and loss on one example, without the way back. */
export function predict(activation: Activation, parameters: Parameters, example: Example) {
  const reader = readerOf(activation);
  const values = interpret([reader.loss], leavesOf(reader, parameters, example, 0));
  return { output: values.get(reader.output)![0]!, loss: values.get(reader.loss)![0]! };
}

function leavesOf(
  reader: ReturnType<typeof buildReader>,
  parameters: Parameters,
  { x, target }: Example,
  learningRate: number,
): Map<Tensor, ArrayLike<number>> {
  const tensors = toTensors(parameters);
  return new Map<Tensor, ArrayLike<number>>([
    [reader.x, x],
    [reader.target, [target]],
    [reader.learningRate, [learningRate]],
    ...reader.parameters.map((tensor, i) => [tensor, tensors[i]!] as const),
  ]);
}

/** First values in tenths, weights away from 0, biases 0: the numbers stay readable. */
export function firstParameters(seed: number): number[] {
  const random = new Random(seed);
  const weight = () => {
    const size = Math.round(random.uniform(2, 12)) / 10;
    return random.uniform(0, 1) < 0.5 ? -size : size;
  };
  return Array.from({ length: PARAMETERS }, (_, i) => (i % 3 === 2 ? 0 : weight()));
}
