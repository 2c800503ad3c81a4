/** The network that drives: a camera picture in, the angle of the wheels out. */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { relu } from "../../engine/ops/activations.ts";
import { add, multiply, subtract } from "../../engine/ops/arithmetic.ts";
import { convolution } from "../../engine/ops/convolution.ts";
import { advance, gather, window } from "../../engine/ops/gather.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import { flatten } from "../../nn/image-layers.ts";
import { he, zeros } from "../../nn/initialisers.ts";
import { denseLayer } from "../../nn/layers.ts";
import { meanSquaredError } from "../../nn/losses.ts";
import { adam } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";
import { StepWatch } from "../../nn/watch.ts";
import { COLUMNS, PIXELS, ROWS } from "./camera.ts";

/** Pictures with the angle that a driver chose there. */
export interface Recordings {
  /** [count, PIXELS], 0 to 1. */
  readonly pictures: Float32Array;
  /** [count], −1 to 1. */
  readonly angles: Float32Array;
}

/** Most pictures that are learned from, and that are kept back. */
export const MOST_TRAINING = 4096;
export const MOST_HELD_OUT = 256;
export const BATCH = 64;
export const LEARNING_RATE = 0.002;
/** Places in the order of training, a whole number of batches. */
const ORDER = 1 << 14;
const FIRST = 8;
const SECOND = 12;
const HIDDEN = 24;

/** Two convolutions of 5 × 5 and 3 × 3, each with stride 2, then dense layers; the picture is centred on 0 first. */
function layers(parameters: Parameters): (pictures: Tensor) => Tensor {
  const convolve = (name: string, inputs: number, outputs: number, side: number) => {
    const filters = parameters.add(`${name} filters`, [outputs, inputs, side, side], he, [
      inputs * side * side,
      outputs * side * side,
    ]);
    const bias = parameters.add(`${name} bias`, [outputs], zeros);
    return (x: Tensor) =>
      relu(
        add(convolution(x, filters, { stride: [2, 2], padding: "same" }), reshape(bias, [1, outputs, 1, 1])),
      );
  };
  const first = convolve("first", 1, FIRST, 5);
  const second = convolve("second", FIRST, SECOND, 3);
  const features = (SECOND * ROWS * COLUMNS) / 16;
  const hidden = denseLayer(parameters, "hidden", { inputs: features, outputs: HIDDEN, activation: "relu" });
  const output = denseLayer(parameters, "output", { inputs: HIDDEN, outputs: 1, activation: "tanh" });
  return (pictures) => output(hidden(flatten(second(first(multiply(subtract(pictures, 0.4), 2))))));
}

const NOTHING: Recordings = { pictures: new Float32Array(), angles: new Float32Array() };

type Entry = "step" | "held" | "drive";

/** One network, its training on recordings that may grow, and its answers. */
export class Driver {
  readonly parameterCount: number;
  readonly #program: Program<Entry>;
  readonly #watch: StepWatch<Entry>;
  readonly #tensors: Readonly<
    Record<"pictures" | "angles" | "order" | "cursor" | "held" | "answers", Tensor>
  >;
  readonly #seen: Tensor;
  readonly #angle: Tensor;
  readonly #rate: Tensor;
  #held: Recordings = NOTHING;
  /** Some of what is learned from, as evenly spread as can be. */
  #shown: Recordings = NOTHING;
  #count = 0;

  constructor(seed: number) {
    const graph = new Graph();
    const parameters = new Parameters(graph);
    const network = layers(parameters);
    const picture = [1, ROWS, COLUMNS];
    const pictures = graph.input("pictures", [MOST_TRAINING, ...picture]);
    const angles = graph.input("angles", [MOST_TRAINING, 1]);
    const order = graph.state("batch order", [ORDER], 0, "i32");
    const cursor = graph.state("batch cursor", [], 0, "i32");
    const batch = window(order, cursor, BATCH);
    const loss = graph.label(
      meanSquaredError(network(gather(pictures, batch)), gather(angles, batch)),
      "loss",
    );
    this.#rate = graph.input("learning rate", []);
    const updates = adam(graph, parameters.all, gradients(loss, parameters.all), this.#rate);
    updates.set(cursor, advance(cursor, BATCH, ORDER));
    const held = graph.input("held-out pictures", [MOST_HELD_OUT, ...picture]);
    const answers = network(held);
    this.#seen = graph.input("picture", [1, ...picture]);
    this.#angle = network(this.#seen);
    this.#tensors = { pictures, angles, order, cursor, held, answers };
    this.parameterCount = parameters.count;
    this.#program = createProgram(graph, {
      step: { updates, guard: loss },
      held: { outputs: [answers] },
      drive: { outputs: [this.#angle] },
    });
    this.#watch = new StepWatch(graph, this.#program, "step");
    parameters.initialize(this.#program, seed);
  }

  get steps(): number {
    return this.#watch.steps;
  }

  /** What is learned from, and what is only measured. @throws RangeError when there is none or too much of either. */
  learnFrom(train: Recordings, held: Recordings, seed: number): void {
    const count = train.angles.length;
    if (count === 0 || count > MOST_TRAINING || held.angles.length > MOST_HELD_OUT) {
      throw new RangeError(`${count} recordings to learn from, ${held.angles.length} held out`);
    }
    const { pictures, angles, order, cursor } = this.#tensors;
    const view = (tensor: Tensor) => this.#program.view(tensor);
    view(pictures).set(train.pictures);
    view(angles).set(train.angles);
    this.#program.write(order, shuffled(count, seed));
    this.#program.write(cursor, [0]);
    this.#held = held;
    const shown = Math.max(1, Math.min(count, held.angles.length));
    this.#shown = pick(
      train,
      Array.from({ length: shown }, (_, i) => Math.floor((i * count) / shown)),
    );
    this.#count = count;
  }

  /** @returns steps completed, fewer than asked when a value was not finite. */
  train(steps: number, learningRate = LEARNING_RATE): number {
    if (this.#count === 0) return 0;
    this.#program.write(this.#rate, [learningRate]);
    return this.#watch.run(steps);
  }

  /**
   * Roots of the mean squared error on what is held out and on as much of what is learned from, as shares of the
   * greatest angle; not a number where nothing is held out.
   */
  errors(): { readonly error: number; readonly trainError: number } {
    return { error: this.#errorOn(this.#held), trainError: this.#errorOn(this.#shown) };
  }

  #errorOn({ pictures, angles }: Recordings): number {
    this.#program.view(this.#tensors.held).set(pictures);
    this.#program.run("held");
    const answers = this.#program.view(this.#tensors.answers);
    const total = angles.reduce((sum, angle, i) => sum + (answers[i]! - angle) ** 2, 0);
    return Math.sqrt(total / angles.length);
  }

  /** The wheels' angle for a picture, −1 to 1. */
  steer(picture: Float32Array): number {
    this.#program.write(this.#seen, picture);
    this.#program.run("drive");
    return this.#program.view(this.#angle)[0]!;
  }
}

/** Pass after pass over the recordings, each in another order. */
function shuffled(count: number, seed: number): Int32Array {
  const random = new Random(seed);
  const order = new Int32Array(ORDER);
  for (let at = 0; at < ORDER; at += count) {
    const pass = random.shuffle(Int32Array.from({ length: count }, (_, i) => i));
    order.set(pass.subarray(0, Math.min(count, ORDER - at)), at);
  }
  return order;
}

/** Every tenth second is held out, whole: neighbouring pictures are nearly the same. */
export function splitRecordings(all: Recordings): { train: Recordings; held: Recordings } {
  const held: number[] = [];
  const train: number[] = [];
  for (let i = 0; i < all.angles.length; i++) {
    const isHeld = Math.floor(i / 15) % 10 === 9 && held.length < MOST_HELD_OUT;
    (isHeld ? held : train).push(i);
  }
  return { train: pick(all, train.slice(-MOST_TRAINING)), held: pick(all, held) };
}

function pick({ pictures, angles }: Recordings, indices: readonly number[]): Recordings {
  const chosen = new Float32Array(indices.length * PIXELS);
  indices.forEach((index, i) => {
    chosen.set(pictures.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS);
  });
  return { pictures: chosen, angles: Float32Array.from(indices, (index) => angles[index]!) };
}
