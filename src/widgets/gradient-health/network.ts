/** The network under examination as a program: begins as prescribed, trains, and is measured layer by layer. */
import type { Tensor } from "../../engine/graph.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import { he, type Initialiser, normal, xavier, zeros } from "../../nn/initialisers.ts";
import { StepWatch } from "../../nn/watch.ts";
import { buildGraph, type HealthGraph, PASSES, type Structure, TRAIN_COUNT } from "./graph.ts";
import { type Measurement, relativeChange, rootMeanSquare, spreadOverRows } from "./measures.ts";

export const INITIALISERS = {
  zeros,
  small: normal(0.01),
  normal: normal(1),
  xavier,
  he,
} as const satisfies Record<string, Initialiser>;

export type InitialiserName = keyof typeof INITIALISERS;

type Entry = "step" | "measure" | "view";

export class HealthNetwork {
  readonly #network: HealthGraph;
  readonly #program: Program<Entry>;
  readonly #watch: StepWatch<Entry>;
  #beginning: Float32Array[] = [];

  constructor(structure: Structure, viewCount: number) {
    this.#network = buildGraph(structure, viewCount);
    const { updates, guard, wholeLoss, trainAccuracy, weightGradients, activations } = this.#network;
    this.#program = createProgram(this.#network.graph, {
      step: { updates, guard },
      measure: { outputs: [wholeLoss, trainAccuracy, ...weightGradients, ...activations] },
      view: { outputs: [this.#network.output] },
    });
    this.#watch = new StepWatch(this.#network.graph, this.#program, "step");
  }

  get steps(): number {
    return this.#watch.steps;
  }

  get nonFinite() {
    return this.#watch.nonFinite;
  }

  /** Points [TRAIN_COUNT, 2] and targets 0 or 1; points [viewCount, 2] over which only the output is shown. */
  setData(points: ArrayLike<number>, targets: ArrayLike<number>, view: ArrayLike<number>): void {
    this.#program.write(this.#network.x, points);
    this.#program.write(this.#network.targets, targets);
    this.#program.write(this.#network.view, view);
  }

  /** Fresh weights, states and batch order; equal seeds give equal runs. */
  initialize(initialiser: InitialiserName, seed: number): void {
    const { layers, parameters, graph, order, cursor } = this.#network;
    for (const leaf of graph.nodes) {
      if (leaf.operation.name === "state" && leaf.values) this.#program.write(leaf, leaf.values);
    }
    parameters.initialize(this.#program, seed);
    const random = new Random(seed);
    for (const { weights } of layers) {
      const [inputs, outputs] = weights.shape as [number, number];
      this.#program.write(weights, INITIALISERS[initialiser](inputs, outputs, random));
    }
    const pass = Int32Array.from({ length: TRAIN_COUNT }, (_, i) => i);
    const passes = this.#program.view(order);
    for (let i = 0; i < PASSES; i++) passes.set(random.shuffle(pass), i * pass.length);
    this.#program.write(cursor, [0]);
    this.#beginning = this.weights();
    this.#watch.reset();
  }

  /** Trains; returns the steps completed, fewer than asked when a value was not finite. */
  step(times: number, learningRate: number): number {
    this.#program.write(this.#network.learningRate, [learningRate]);
    return this.#watch.run(times);
  }

  measure(): Measurement {
    this.#program.run("measure");
    const { wholeLoss, trainAccuracy, weightGradients, activations, layers } = this.#network;
    const each = (tensors: readonly Tensor[], size: (values: Float32Array, width: number) => number) =>
      Float64Array.from(tensors, (tensor) => size(this.#floats(tensor), tensor.shape.at(-1)!));
    return {
      loss: this.#floats(wholeLoss)[0]!,
      trainAccuracy: this.#floats(trainAccuracy)[0]!,
      gradients: each(weightGradients, rootMeanSquare),
      activations: each(activations, rootMeanSquare),
      spreads: each(activations, spreadOverRows),
      changes: Float64Array.from(layers, ({ weights }, i) =>
        relativeChange(this.#floats(weights), this.#beginning[i]!),
      ),
    };
  }

  /** Copies of all layers' weights [inputs, outputs]. */
  weights(): Float32Array[] {
    return this.#network.layers.map(({ weights }) => this.#floats(weights).slice());
  }

  /** Logits over the view points: positive for class 1. */
  look(): Float32Array {
    this.#program.run("view");
    return this.#floats(this.#network.output);
  }

  #floats(tensor: Tensor): Float32Array {
    const view = this.#program.view(tensor);
    if (view instanceof Float32Array) return view;
    throw new Error(`${tensor.name} holds integers`);
  }
}
