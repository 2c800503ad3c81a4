/**
 * A new last layer on the frozen network's features: softmax regression, trained by our engine on the learner's few
 * drawings. Its loss is convex and it begins at 0, so that the same drawings give the same layer.
 */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { add, divide, multiply, negate } from "../../engine/ops/arithmetic.ts";
import { oneHot } from "../../engine/ops/gather.ts";
import { sum } from "../../engine/ops/reduce.ts";
import { logSoftmax, softmax } from "../../engine/ops/softmax.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import { zeros } from "../../nn/initialisers.ts";
import { dense } from "../../nn/layers.ts";
import { penalty } from "../../nn/losses.ts";
import { sgd } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";

/** Length to which every feature vector is brought, so that one learning rate fits all. */
const LENGTH = 5;
const DECAY = 0.001;
export const STEPS = 160;
const LEARNING_RATE = 0.5;

export interface Example {
  readonly features: Float32Array;
  readonly label: number;
}

/** The same direction with the length `LENGTH`; nothing stays nothing. */
export function scaled(features: ArrayLike<number>): Float32Array {
  const values = Float32Array.from(features);
  let squares = 0;
  for (const value of values) squares += value * value;
  const factor = squares === 0 ? 0 : LENGTH / Math.sqrt(squares);
  return values.map((value) => value * factor);
}

export class LastLayer {
  readonly classes: number;
  readonly #parameters: Parameters;
  readonly #program: Program<"step" | "look">;
  readonly #counts: Tensor;
  readonly #loss: Tensor;
  readonly #look: Tensor;
  readonly #probabilities: Tensor;
  readonly #labels: readonly number[];

  /** @param examples feature vectors of one length, each once through `scaled`. */
  constructor(examples: readonly Example[], classes: number) {
    const width = examples[0]!.features.length;
    const count = examples.length;
    const graph = new Graph();
    this.#parameters = new Parameters(graph);
    const layer = {
      weights: this.#parameters.add("weights", [width, classes], zeros),
      bias: this.#parameters.add("bias", [classes], zeros),
    };
    const inputs = graph.input("features", [count, width]);
    const labels = graph.input("labels", [count], "i32");
    this.classes = classes;
    // 1 for a drawing that is learned from, 0 for one that is kept back.
    this.#counts = graph.input("counts", [count]);
    this.#look = graph.input("look", [1, width]);
    const chosen = sum(multiply(oneHot(labels, classes), logSoftmax(dense(inputs, layer))), [-1]);
    const fit = negate(divide(sum(multiply(chosen, this.#counts)), sum(this.#counts)));
    const decay = penalty("l2", [layer.weights], graph.constant(DECAY))!;
    this.#loss = graph.label(fit, "loss");
    this.#probabilities = softmax(dense(this.#look, layer));
    const all = this.#parameters.all;
    const updates = sgd(graph, all, gradients(add(fit, decay), all), graph.constant(LEARNING_RATE));
    this.#program = createProgram(graph, {
      step: { updates, guard: this.#loss, outputs: [this.#loss] },
      look: { outputs: [this.#probabilities] },
    });
    const table = new Float32Array(count * width);
    examples.forEach(({ features }, i) => {
      table.set(features, i * width);
    });
    this.#labels = examples.map(({ label }) => label);
    this.#program.write(inputs, table);
    this.#program.write(labels, Int32Array.from(this.#labels));
  }

  /**
   * Trains from the beginning.
   * @param without position of a drawing that is kept back.
   * @returns the loss before each of the steps.
   */
  train(without?: number): Float32Array {
    this.#parameters.initialize(this.#program, 0);
    this.#program.write(
      this.#counts,
      this.#labels.map((_, i) => (i === without ? 0 : 1)),
    );
    const losses = new Float32Array(STEPS);
    for (let step = 0; step < STEPS; step++) {
      this.#program.run("step");
      losses[step] = this.#program.view(this.#loss)[0]!;
    }
    return losses;
  }

  /** Probabilities of the classes; the features once through `scaled`. */
  look(features: Float32Array): Float32Array {
    this.#program.write(this.#look, features);
    this.#program.run("look");
    return Float32Array.from(this.#program.view(this.#probabilities));
  }

  dispose(): void {
    this.#program.dispose();
  }
}

/** Position of the example with the smallest squared distance, `without` left out. */
export function nearestOf(
  examples: readonly Example[],
  features: ArrayLike<number>,
  without = -1,
): { at: number; distance: number } {
  let best = { at: -1, distance: Number.POSITIVE_INFINITY };
  examples.forEach((example, at) => {
    if (at === without) return;
    let distance = 0;
    for (let i = 0; i < features.length; i++) distance += (example.features[i]! - features[i]!) ** 2;
    if (distance < best.distance) best = { at, distance };
  });
  return best;
}
