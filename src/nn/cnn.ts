/**
 * A convolutional network for pictures, with everything a lesson asks of it in one program: training steps on
 * batches out of a resident dataset, loss and accuracy, and every stage's feature maps for one picture.
 */
import { gradients } from "../engine/gradient.ts";
import type { Tensor } from "../engine/graph.ts";
import { createProgram, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { buildCnn, type CnnConfig, type CnnGraph, EVALUATED, SHUFFLED_PASSES } from "./cnn-graph.ts";
import { initialFilters } from "./image-layers.ts";
import { xavier } from "./initialisers.ts";
import { ACTIVATIONS } from "./layers.ts";
import { OPTIMIZERS } from "./optimizers.ts";

export type { CnnBlock, CnnConfig } from "./cnn-graph.ts";

export type DatasetName = "train" | "test";

export interface CnnEvaluation {
  /** Mean over the images. */
  readonly loss: number;
  /** Share of right answers. */
  readonly accuracy: number;
  /** The class answered for every image. */
  readonly answers: Int32Array;
  /** −ln of the probability that was given to every image's own class. */
  readonly losses: Float32Array;
}

export interface CnnProgram {
  readonly config: CnnConfig;
  readonly backend: Program["backend"];
  /**
   * What is trained: "filters1" [out, in, rows, columns], "bias1" [out], … then "weights3" [in, out], "bias3" …
   * With batch normalisation "scale1" and "shift1" [out] stand in the place of a bias.
   */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** What training keeps of the batches for inference: "mean1", "variance1" [out], …; none without normalisation. */
  readonly statistics: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
  /** Training steps since `initialize`. */
  readonly steps: number;
  /** Indices of the training data in the order in which batches take them. */
  readonly batchOrder: Int32Array;
  /** Loss of the last step's batch, before its update. */
  readonly batchLoss: number;
  /** Live values of a parameter or statistic; may be written. @throws Error when there is none of this name. */
  parameter(name: string): Float32Array;
  /** Images [count, channels, rows, columns] and class indices [count]. @throws RangeError when a size differs. */
  setData(name: DatasetName, images: ArrayLike<number>, labels: ArrayLike<number>): void;
  /** Trains; returns the steps completed, fewer than asked when a value was not finite. */
  step(times: number, options: { readonly learningRate: number }): number;
  /** Runs a dataset, or only its first `count` images. */
  evaluate(name: DatasetName, count?: number): CnnEvaluation;
  /** The stages' names and shapes, [channels, rows, columns] or [width], in the order of computation. */
  readonly stages: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Computes every stage for one image [channels, rows, columns]. */
  lookAt(image: ArrayLike<number>): void;
  /** Values of a stage as of the last `lookAt`. @throws RangeError when there is none of this name. */
  stage(name: string): Float32Array;
  /** Where training stopped being finite: the step, and the first node that was not. */
  nonFinite(): { step: number; node: string } | null;
  /** Fresh parameters and batch order from a seed; optimizer states and `steps` back to zero. */
  initialize(seed: number): void;
  /** A copy of parameters and statistics, by name: with it an equal network infers the same. */
  save(): Record<string, Float32Array>;
  /** Takes saved values over. @throws RangeError, having changed nothing, when one is missing or has another size. */
  load(saved: Readonly<Record<string, ArrayLike<number>>>): void;
  /** The network in inference mode as graph, with its present values: what the ONNX writer asks for. */
  readonly forward: {
    readonly inputs: { readonly images: Tensor };
    readonly outputs: { readonly logits: Tensor };
    values(leaf: Tensor): ArrayLike<number>;
  };
  /** Lets the memory go; the program must not be used afterwards. */
  dispose(): void;
}

/** @throws ShapeError when a window does not fit into its image, RangeError when a size is no positive number. */
export function createCnn(config: CnnConfig): CnnProgram {
  return new Cnn(config);
}

type EntryName = "step" | "evaluate" | "look";

interface Dataset {
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

const layersOf = ({ convolutions, denses }: CnnGraph) => [
  ...convolutions.map(({ filters, ...rest }) => ({ factors: filters, ...rest })),
  ...denses.map(({ weights, ...rest }) => ({ factors: weights, ...rest })),
];

const parametersOf = (network: CnnGraph): Tensor[] =>
  layersOf(network).flatMap(({ factors, bias, norm }) => [
    factors,
    ...(norm ? [norm.scale, norm.shift] : bias ? [bias] : []),
  ]);

const statisticsOf = (network: CnnGraph): Tensor[] =>
  layersOf(network).flatMap(({ norm }) => (norm ? [norm.runningMean, norm.runningVariance] : []));

const described = ({ name, shape }: Tensor) => ({ name: name!, shape });

function buildProgram(config: CnnConfig, network: CnnGraph): Program<EntryName> {
  const { graph, loss, learningRate } = network;
  const parameters = parametersOf(network);
  const slopes = gradients(loss, parameters);
  const updates = OPTIMIZERS[config.optimizer](graph, parameters, slopes, learningRate);
  for (const [state, next] of network.updates) updates.set(state, next);
  return createProgram(graph, {
    step: { updates, guard: loss, outputs: [loss] },
    evaluate: { outputs: [network.logits] },
    look: { outputs: network.stages.map(({ tensor }) => tensor) },
  });
}

class Cnn implements CnnProgram {
  readonly config: CnnConfig;
  readonly parameters: CnnProgram["parameters"];
  readonly statistics: CnnProgram["statistics"];
  readonly parameterCount: number;
  readonly stages: CnnProgram["stages"];
  readonly #network: CnnGraph;
  readonly #test: Dataset;
  #built: Program<EntryName> | undefined;
  #steps = 0;
  #nonFinite: { step: number; node: string } | null = null;

  constructor(config: CnnConfig) {
    this.config = config;
    this.#network = buildCnn(config);
    const { channels, rows, columns } = config.image;
    const images = new Float32Array(config.testCount * channels * rows * columns);
    this.#test = { images, labels: new Int32Array(config.testCount) };
    const leaves = parametersOf(this.#network);
    this.parameters = leaves.map(described);
    this.statistics = statisticsOf(this.#network).map(described);
    this.parameterCount = leaves.reduce((total, { shape }) => total + sizeOf(shape), 0);
    this.stages = this.#network.stages.map(({ name, tensor }) => ({ name, shape: tensor.shape.slice(1) }));
    this.#built = buildProgram(config, this.#network);
    this.initialize(config.seed);
  }

  get #program(): Program<EntryName> {
    if (!this.#built) throw new Error("the network has been disposed of");
    return this.#built;
  }

  get backend() {
    return this.#program.backend;
  }

  get steps() {
    return this.#steps;
  }

  get batchOrder() {
    return this.#integers(this.#network.order);
  }

  get batchLoss() {
    return this.#floats(this.#network.loss)[0]!;
  }

  parameter(name: string): Float32Array {
    return this.#floats(this.#network.graph.leaf(name));
  }

  setData(name: DatasetName, images: ArrayLike<number>, labels: ArrayLike<number>): void {
    const known = this.#dataset(name);
    for (const [what, given, own] of [
      ["image values", images, known.images],
      ["labels", labels, known.labels],
    ] as const) {
      if (given.length !== own.length) {
        throw new RangeError(`${name} data: ${given.length} ${what} instead of ${own.length}`);
      }
      own.set(given);
    }
  }

  step(times: number, { learningRate }: { readonly learningRate: number }): number {
    this.#program.write(this.#network.learningRate, [learningRate]);
    const completed = this.#program.run("step", times);
    this.#steps += completed;
    if (completed < times) {
      const node = this.#program.firstNonFinite("step");
      this.#nonFinite = { step: this.#steps + 1, node: node ? this.#network.graph.nameOf(node) : "loss" };
    }
    return completed;
  }

  evaluate(name: DatasetName, count = this.#dataset(name).labels.length): CnnEvaluation {
    const { images, labels } = this.#dataset(name);
    const { classes } = this.config;
    const [evaluated, logits] = [this.#network.evaluated, this.#network.logits].map((it) => this.#floats(it));
    const pixels = images.length / labels.length;
    const answers = new Int32Array(count);
    const losses = new Float32Array(count);
    let [loss, right] = [0, 0];
    for (let start = 0; start < count; start += EVALUATED) {
      evaluated!.set(images.subarray(start * pixels, (start + EVALUATED) * pixels));
      this.#program.run("evaluate");
      for (let i = 0; i < Math.min(EVALUATED, count - start); i++) {
        const row = logits!.subarray(i * classes, (i + 1) * classes);
        const largest = Math.max(...row);
        const label = labels[start + i]!;
        const own = largest + Math.log(row.reduce((sum, x) => sum + Math.exp(x - largest), 0)) - row[label]!;
        loss += own;
        losses[start + i] = own;
        answers[start + i] = row.indexOf(largest);
        if (answers[start + i] === label) right++;
      }
    }
    return { loss: loss / count, accuracy: right / count, answers, losses };
  }

  lookAt(image: ArrayLike<number>): void {
    this.#program.write(this.#network.lookedAt, image);
    this.#program.run("look");
  }

  stage(name: string): Float32Array {
    const found = this.#network.stages.find((stage) => stage.name === name);
    if (!found) throw new RangeError(`no stage named “${name}”`);
    return this.#floats(found.tensor);
  }

  nonFinite() {
    return this.#nonFinite;
  }

  initialize(seed: number): void {
    const random = new Random(seed);
    const { convolutions, denses, order, graph } = this.#network;
    const { initialiser } = ACTIVATIONS[this.config.activation];
    for (const { filters } of convolutions) {
      this.#program.write(filters, initialFilters(initialiser, filters.shape, random));
    }
    denses.forEach(({ weights }, i) => {
      const [inputs, outputs] = weights.shape as [number, number];
      const isOutput = i === denses.length - 1;
      this.#program.write(weights, (isOutput ? xavier : initialiser)(inputs, outputs, random));
    });
    for (const { bias, norm } of layersOf(this.#network)) {
      if (bias) this.#program.view(bias).fill(0);
      if (norm) this.#program.view(norm.scale).fill(1);
      if (norm) this.#program.view(norm.shift).fill(0);
    }
    for (const leaf of graph.nodes) {
      if (leaf.operation.name === "state" && leaf.values) this.#program.write(leaf, leaf.values);
    }
    const pass = Int32Array.from({ length: this.config.trainCount }, (_, i) => i);
    const passes = this.#program.view(order);
    for (let i = 0; i < SHUFFLED_PASSES; i++) passes.set(random.shuffle(pass), i * pass.length);
    this.#steps = 0;
    this.#nonFinite = null;
  }

  save(): Record<string, Float32Array> {
    return Object.fromEntries(this.#saved.map(({ name }) => [name, this.parameter(name).slice()]));
  }

  load(saved: Readonly<Record<string, ArrayLike<number>>>): void {
    for (const { name, shape } of this.#saved) {
      const [given, own] = [saved[name]?.length, sizeOf(shape)];
      if (given !== own)
        throw new RangeError(`saved network: ${given ?? "no"} values for ${name} instead of ${own}`);
    }
    for (const { name } of this.#saved) this.parameter(name).set(saved[name]!);
  }

  get #saved() {
    return [...this.parameters, ...this.statistics];
  }

  get forward() {
    return {
      inputs: { images: this.#network.evaluated },
      outputs: { logits: this.#network.logits },
      values: (leaf: Tensor) => this.#program.view(leaf),
    };
  }

  dispose(): void {
    this.#built?.dispose();
    this.#built = undefined;
  }

  #dataset(name: DatasetName): Dataset {
    if (name === "test") return this.#test;
    return { images: this.#floats(this.#network.train), labels: this.#integers(this.#network.labels) };
  }

  #floats(tensor: Tensor): Float32Array {
    const view = this.#program.view(tensor);
    if (view instanceof Float32Array) return view;
    throw new Error(`${tensor.name} holds integers`);
  }

  #integers(tensor: Tensor): Int32Array {
    const view = this.#program.view(tensor);
    if (view instanceof Int32Array) return view;
    throw new Error(`${tensor.name} holds floats`);
  }
}
