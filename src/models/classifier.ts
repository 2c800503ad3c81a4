/** A small classifier: trained in the page on data held in memory, and looked into layer by layer. */
import { gradients } from "../engine/gradient.ts";
import { type DataType, Graph, type Tensor } from "../engine/graph.ts";
import { interpret } from "../engine/interpret.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { softmax } from "../engine/ops/softmax.ts";
import { createProgram, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import type { Shape } from "../engine/shape.ts";
import { softmaxCrossEntropy } from "../nn/losses.ts";
import { adam } from "../nn/optimizers.ts";
import { Parameters } from "../nn/parameters.ts";

/** A layer's result worth showing. */
export interface Stage {
  readonly id: string;
  readonly tensor: Tensor;
}

export interface ClassifierSpec {
  readonly classes: number;
  /** What one sample consists of; shapes without the batch. */
  readonly inputs: readonly { readonly name: string; readonly shape: Shape; readonly type?: DataType }[];
  /** Adds the parameters; returns what the layers make of a batch of inputs, the last the logits [batch, classes]. */
  readonly layers: (parameters: Parameters) => (inputs: readonly Tensor[]) => readonly Stage[];
}

/** Samples one after another, for every input of the network, and their classes. */
export interface Samples {
  readonly inputs: readonly ArrayLike<number>[];
  readonly labels: ArrayLike<number>;
}

export interface ClassifierOptions {
  readonly train: Samples;
  /** Never trained on. */
  readonly test: Samples;
  readonly batchSize: number;
  readonly seed: number;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  /** [samples, classes] */
  readonly logits: Float32Array;
}

/** Passes over the training data, each in another order, until the batch order repeats. */
const SHUFFLED_PASSES = 16;

export class Classifier {
  readonly spec: ClassifierSpec;
  /** What the network makes of the one sample that is looked at, from its inputs to the probabilities. */
  readonly stages: readonly Stage[];
  readonly parameterCount: number;
  readonly #parameters: Parameters;
  readonly #program: Program<"step" | "test" | "look">;
  readonly #lookInputs: readonly Tensor[];
  readonly #testLogits: Tensor;
  readonly #testLabels: ArrayLike<number>;
  readonly #learningRate: Tensor;
  #steps = 0;

  constructor(spec: ClassifierSpec, { train, test, batchSize, seed }: ClassifierOptions) {
    this.spec = spec;
    const graph = new Graph();
    const parameters = new Parameters(graph);
    const network = spec.layers(parameters);
    const table = (part: string, count: number) =>
      spec.inputs.map(({ name, shape, type }) => graph.input(`${part} ${name}`, [count, ...shape], type));
    const trainCount = train.labels.length;
    const trainTables = table("train", trainCount);
    const testTables = table("test", test.labels.length);
    const labels = graph.input("train labels", [trainCount], "i32");
    const order = graph.state("batch order", [trainCount * SHUFFLED_PASSES], 0, "i32");
    const cursor = graph.state("batch cursor", [], 0, "i32");
    const batch = window(order, cursor, batchSize);
    const logits = network(trainTables.map((values) => gather(values, batch))).at(-1)!.tensor;
    const loss = graph.label(softmaxCrossEntropy(logits, gather(labels, batch)), "loss");
    this.#learningRate = graph.input("learning rate", []);
    const updates = adam(graph, parameters.all, gradients(loss, parameters.all), this.#learningRate);
    updates.set(cursor, advance(cursor, batchSize, trainCount * SHUFFLED_PASSES));
    this.#lookInputs = table("look", 1);
    const looked = network(this.#lookInputs);
    this.stages = [
      ...spec.inputs.map(({ name }, i) => ({ id: name, tensor: this.#lookInputs[i]! })),
      ...looked,
      { id: "probabilities", tensor: softmax(looked.at(-1)!.tensor) },
    ];
    this.#testLogits = network(testTables).at(-1)!.tensor;
    this.#testLabels = test.labels;
    this.#parameters = parameters;
    this.parameterCount = parameters.count;
    this.#program = createProgram(graph, {
      step: { updates, guard: loss },
      test: { outputs: [this.#testLogits] },
      look: { outputs: looked.map(({ tensor }) => tensor).concat(this.stages.at(-1)!.tensor) },
    });
    trainTables.forEach((tensor, i) => {
      this.#program.write(tensor, train.inputs[i]!);
    });
    testTables.forEach((tensor, i) => {
      this.#program.write(tensor, test.inputs[i]!);
    });
    this.#program.write(labels, train.labels);
    this.#program.write(order, shuffledPasses(trainCount, seed));
    parameters.initialize(this.#program, seed);
  }

  /** Steps completed. */
  get steps(): number {
    return this.#steps;
  }

  /** @returns steps completed, fewer than asked when the loss was not finite. */
  train(steps: number, learningRate: number): number {
    this.#program.write(this.#learningRate, [learningRate]);
    const done = this.#program.run("step", steps);
    this.#steps += done;
    return done;
  }

  /** Logits, loss and accuracy on the test samples. */
  evaluate(): Evaluation {
    this.#program.run("test");
    const logits = Float32Array.from(this.#program.view(this.#testLogits));
    return { ...scoreOf(logits, this.#testLabels, this.spec.classes), logits };
  }

  /** What every stage makes of a sample, in the order of `stages`. */
  look(inputs: readonly ArrayLike<number>[]): Float32Array[] {
    this.#write(inputs);
    this.#program.run("look");
    return this.stages.map(({ tensor }) => Float32Array.from(this.#program.view(tensor)));
  }

  /** The value of every node on the way to the probabilities of a sample, in double precision, by the interpreter. */
  walk(inputs: readonly ArrayLike<number>[]): Map<Tensor, Float64Array> {
    this.#write(inputs);
    const leaves = [...this.#lookInputs, ...this.#parameters.all];
    return interpret(
      [this.stages.at(-1)!.tensor],
      new Map(leaves.map((leaf) => [leaf, this.#program.view(leaf)])),
    );
  }

  #write(inputs: readonly ArrayLike<number>[]): void {
    this.#lookInputs.forEach((tensor, i) => {
      this.#program.write(tensor, inputs[i]!);
    });
  }
}

export interface Schedule {
  /** Steps of the whole training. */
  readonly steps: number;
  /** At the first step; it falls to nothing in a straight line. */
  readonly learningRate: number;
}

/** Steps between two changes of the learning rate. */
const STRETCH = 25;

/**
 * Takes at most `count` steps of a training.
 * @returns steps completed, fewer than asked when the loss was not finite or the training has ended.
 */
export function trainOn(network: Classifier, { steps, learningRate }: Schedule, count: number): number {
  let done = 0;
  while (done < count && network.steps < steps) {
    const wanted = Math.min(STRETCH - (network.steps % STRETCH), count - done, steps - network.steps);
    const rate = learningRate * (1 - Math.floor(network.steps / STRETCH) / Math.ceil(steps / STRETCH));
    const completed = network.train(wanted, rate);
    done += completed;
    if (completed < wanted) break;
  }
  return done;
}

function shuffledPasses(count: number, seed: number): Int32Array {
  const random = new Random(seed);
  const order = new Int32Array(count * SHUFFLED_PASSES);
  for (let pass = 0; pass < SHUFFLED_PASSES; pass++) {
    order.set(random.shuffle(Int32Array.from({ length: count }, (_, i) => i)), pass * count);
  }
  return order;
}

/** Mean of −ln softmax(logits)[label], and the share of rows whose largest logit is the label's. */
export function scoreOf(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): { loss: number; accuracy: number } {
  let [loss, right] = [0, 0];
  const count = labels.length;
  for (let row = 0; row < count; row++) {
    const values = Array.from({ length: classes }, (_, i) => logits[row * classes + i]!);
    const top = Math.max(...values);
    const total = values.reduce((sum, value) => sum + Math.exp(value - top), 0);
    loss += Math.log(total) + top - values[labels[row]!]!;
    if (values.indexOf(top) === labels[row]) right += 1;
  }
  return { loss: loss / count, accuracy: right / count };
}
