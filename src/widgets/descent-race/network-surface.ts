/**
 * The loss of a small trained network over a plane through its weights: L(a, b) = loss(θ + a·d₁ + b·d₂). The
 * directions are random, and each neuron's part of them is as long as the neuron's own weights (H. Li et al. 2018,
 * arXiv:1712.09913), so that a step means as much to a neuron with large weights as to one with small ones.
 */
import { planeDataset } from "../../data/plane.ts";
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { tanh } from "../../engine/ops/activations.ts";
import { add, multiply } from "../../engine/ops/arithmetic.ts";
import { gather } from "../../engine/ops/gather.ts";
import { slice } from "../../engine/ops/slice.ts";
import { createProgram } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import { xavier } from "../../nn/initialisers.ts";
import { dense } from "../../nn/layers.ts";
import { meanSquaredError } from "../../nn/losses.ts";
import { adam } from "../../nn/optimizers.ts";
import type { LossOf } from "./surfaces.ts";

const WIDTHS = [2, 6, 1] as const;
/** Points the loss is measured on. */
export const EXAMPLES = 48;
const TRAINING_STEPS = 600;
const TRAINING_RATE = 0.02;
const SEED = 5;

/** One layer's weights with the bias as last row, [inputs + 1, outputs], row-major: a column is a neuron. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly values: Float64Array;
}

interface Examples {
  /** [examples, 2]: the place, scaled to about 1. */
  readonly inputs: Float64Array;
  /** [examples, 1] */
  readonly targets: Float64Array;
}

function examples(): Examples {
  const points = planeDataset("circle").generate(new Random(SEED), EXAMPLES, 0);
  return {
    inputs: Float64Array.from(points.flatMap(({ x, y }) => [x / 3, y / 3])),
    targets: Float64Array.from(points.map(({ target }) => target)),
  };
}

/** tanh(tanh(X·W₁ + b₁)·W₂ + b₂) against the targets; b is the last row of each layer's tensor. */
function lossOf(layers: readonly Tensor[], inputs: Tensor, targets: Tensor): Tensor {
  const outputs = layers.reduce((x, layer) => {
    const [rows, columns] = layer.shape as readonly [number, number];
    const part = (start: number, end: number) =>
      slice(layer, [
        { start, end },
        { start: 0, end: columns },
      ]);
    return tanh(dense(x, { weights: part(0, rows - 1), bias: part(rows - 1, rows) }));
  }, inputs);
  return meanSquaredError(outputs, targets);
}

/** Trains the network and returns its weights. */
function trainedLayers({ inputs, targets }: Examples): Layer[] {
  const graph = new Graph();
  const random = new Random(SEED);
  const tensors = [0, 1].map((i) => graph.parameter(`layer ${i}`, [WIDTHS[i]! + 1, WIDTHS[i + 1]!]));
  const loss = lossOf(tensors, graph.constant(inputs, [EXAMPLES, 2]), graph.constant(targets, [EXAMPLES, 1]));
  const updates = adam(graph, tensors, gradients(loss, tensors), graph.constant(TRAINING_RATE));
  const program = createProgram(graph, { step: { updates } });
  tensors.forEach((tensor, i) => {
    program.write(tensor, xavier(WIDTHS[i]! + 1, WIDTHS[i + 1]!, random));
  });
  program.run("step", TRAINING_STEPS);
  return tensors.map((tensor) => ({
    inputs: tensor.shape[0]!,
    outputs: tensor.shape[1]!,
    values: Float64Array.from(program.view(tensor)),
  }));
}

/** Normal numbers, each column scaled to the length of the layer's. */
function direction({ inputs, outputs, values }: Layer, random: Random): Float64Array {
  const drawn = Float64Array.from({ length: inputs * outputs }, () => random.normal());
  const lengthOf = (matrix: Float64Array, column: number) =>
    Math.hypot(...Array.from({ length: inputs }, (_, row) => matrix[row * outputs + column]!));
  return drawn.map((value, i) => (value * lengthOf(values, i % outputs)) / lengthOf(drawn, i % outputs));
}

export interface NetworkSurface {
  /** The loss over all examples. */
  readonly full: (graph: Graph) => LossOf;
  /** The loss over the examples of these indices (`i32`). */
  readonly over: (graph: Graph, indices: Tensor) => LossOf;
}

/** Trains the network (the same every time) and lays the plane through it. */
export function networkSurface(): NetworkSurface {
  const data = examples();
  const layers = trainedLayers(data);
  const random = new Random(SEED + 1);
  const directions = [0, 1].map(() => layers.map((layer) => direction(layer, random)));
  const at = (graph: Graph, inputs: Tensor, targets: Tensor): LossOf => {
    const constant = (values: Float64Array, { inputs: rows, outputs }: Layer) =>
      graph.constant(values, [rows, outputs]);
    return (a, b) => {
      const moved = layers.map((layer, i) => {
        const [first, second] = directions.map((of) => constant(of[i]!, layer)) as [Tensor, Tensor];
        return add(add(constant(layer.values, layer), multiply(first, a)), multiply(second, b));
      });
      return lossOf(moved, inputs, targets);
    };
  };
  return {
    full: (graph) =>
      at(graph, graph.constant(data.inputs, [EXAMPLES, 2]), graph.constant(data.targets, [EXAMPLES, 1])),
    over: (graph, indices) =>
      at(
        graph,
        gather(graph.constant(data.inputs, [EXAMPLES, 2]), indices),
        gather(graph.constant(data.targets, [EXAMPLES, 1]), indices),
      ),
  };
}
