/** Our engine as a contestant: a graph, its derivative and its optimizer compiled into one call. */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { createProgram } from "../../engine/program.ts";
import { OPTIMIZERS, type OptimizerName } from "../../nn/optimizers.ts";
import type { InitialParameters } from "./data.ts";
import type { Contestant } from "./measure.ts";

export const OUR_PEER = "gipi";

/** The parameters' leaves by name. @throws Error when a name is unknown. */
export type Leaves = (name: string) => Tensor;

function parametersOf(graph: Graph, initial: InitialParameters): { leaves: Leaves; all: Tensor[] } {
  const all = Object.entries(initial).map(([name, { shape }]) => graph.parameter(name, shape));
  return { leaves: (name) => graph.leaf(name), all };
}

export interface Training {
  readonly parameters: InitialParameters;
  readonly optimizer: OptimizerName;
  readonly rate: number;
  /** Values of the input leaves that `loss` makes. */
  readonly inputs: Readonly<Record<string, ArrayLike<number>>>;
  loss(graph: Graph, leaves: Leaves): Tensor;
}

/** The graph and the entries of a training: also what compile time and memory are measured on. */
export function trainingEntries({ parameters, optimizer, rate, loss }: Training) {
  const graph = new Graph();
  const { leaves, all } = parametersOf(graph, parameters);
  const scalar = loss(graph, leaves);
  const updates = OPTIMIZERS[optimizer](graph, all, gradients(scalar, all), graph.constant(rate));
  return { graph, loss: scalar, entries: { step: { updates, guard: scalar }, loss: { outputs: [scalar] } } };
}

/** A training ready to run from its initial values. */
export function trainingProgram(training: Training) {
  const { graph, loss, entries } = trainingEntries(training);
  const program = createProgram(graph, entries);
  for (const [name, { values }] of Object.entries(training.parameters))
    program.write(graph.leaf(name), values);
  for (const [name, values] of Object.entries(training.inputs)) program.write(graph.leaf(name), values);
  return { program, loss };
}

export function trainingContestant(training: Training): Contestant {
  const { program, loss } = trainingProgram(training);
  return {
    peer: OUR_PEER,
    run: (times) => {
      if (program.run("step", times) < times) throw new Error("the training has become infinite");
    },
    result: () => {
      program.run("loss");
      return program.view(loss);
    },
  };
}

export interface Inference {
  readonly parameters: InitialParameters;
  readonly inputs: Readonly<Record<string, ArrayLike<number>>>;
  outputs(graph: Graph, leaves: Leaves): Tensor;
}

export function inferenceContestant({ parameters, inputs, outputs }: Inference): Contestant {
  const graph = new Graph();
  const result = outputs(graph, parametersOf(graph, parameters).leaves);
  const program = createProgram(graph, { infer: { outputs: [result] } });
  for (const [name, { values }] of Object.entries(parameters)) program.write(graph.leaf(name), values);
  for (const [name, values] of Object.entries(inputs)) program.write(graph.leaf(name), values);
  return {
    peer: OUR_PEER,
    run: (times) => void program.run("infer", times),
    result: () => program.view(result),
  };
}
