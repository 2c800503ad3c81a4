/** Trains a network for pictures on examples that are drawn anew, and deformed, for every epoch. */

import { gradients } from "../engine/gradient.ts";
import type { Tensor } from "../engine/graph.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { createProgram, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { softmaxCrossEntropy } from "../nn/losses.ts";
import { Noise } from "../nn/noise.ts";
import { adamWith } from "../nn/optimizers.ts";
import { buildPictureNetwork, type PictureNetwork, type PictureNetworkConfig } from "./picture-network.ts";

export interface TrainingRecipe {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Highest learning rate: it rises over the first twentieth of the steps, then falls along half a cosine. */
  readonly learningRate: number;
  /** How much weights shrink in each step, as a share of the learning rate. */
  readonly weightDecay: number;
}

/** Where training examples come from. */
export interface ExampleSource {
  readonly count: number;
  /**
   * Writes an example's picture, values 0 to 1, and returns its class.
   * @param index 0 to `count` − 1.
   */
  read(index: number, target: Float32Array, random: Random): number;
}

export interface EpochReport {
  readonly epoch: number;
  /** Mean loss of the epoch's batches. */
  readonly loss: number;
}

export interface TrainedClassifier {
  readonly network: PictureNetwork;
  /** Values of parameters and running statistics. */
  readonly values: (leaf: Tensor) => ArrayLike<number>;
}

/** Steps that run inside WebAssembly before new examples are written. */
const STEPS_PER_CHUNK = 32;
const WARM_UP = 0.05;

/** @throws Error when training does not stay finite. */
export function trainClassifier(
  config: PictureNetworkConfig,
  recipe: TrainingRecipe,
  source: ExampleSource,
  onEpoch: (report: EpochReport) => void = () => undefined,
): TrainedClassifier {
  const trainer = new ClassifierTrainer(config, recipe, source);
  for (let epoch = 1; epoch <= recipe.epochs; epoch++) onEpoch({ epoch, loss: trainer.runEpoch() });
  return { network: trainer.network, values: (leaf) => trainer.program.view(leaf) };
}

class ClassifierTrainer {
  readonly network: PictureNetwork;
  readonly program: Program<"step">;
  readonly #recipe: TrainingRecipe;
  readonly #source: ExampleSource;
  readonly #random: Random;
  readonly #images: Tensor;
  readonly #labels: Tensor;
  readonly #rate: Tensor;
  readonly #loss: Tensor;
  readonly #totalLoss: Tensor;
  #chunk = 0;

  constructor(config: PictureNetworkConfig, recipe: TrainingRecipe, source: ExampleSource) {
    const network = buildPictureNetwork(config);
    const { graph, parameters } = network;
    const { channels, rows, columns } = config.image;
    const resident = STEPS_PER_CHUNK * recipe.batchSize;
    this.network = network;
    this.#recipe = recipe;
    this.#source = source;
    this.#random = new Random(recipe.seed);
    this.#images = graph.input("images", [resident, channels, rows, columns]);
    this.#labels = graph.input("labels", [resident], "i32");
    this.#rate = graph.input("learning rate", []);
    const order = graph.state("order", [resident], 0, "i32");
    const cursor = graph.state("cursor", [], 0, "i32");
    const batch = window(order, cursor, recipe.batchSize);
    const noise = new Noise(graph, recipe.seed);
    const pass = network.training(gather(this.#images, batch), noise);
    this.#loss = graph.label(softmaxCrossEntropy(pass.logits, gather(this.#labels, batch)), "loss");
    this.#totalLoss = this.#loss;
    const slopes = gradients(this.#loss, parameters.all);
    const updates = adamWith(recipe.weightDecay)(graph, parameters.all, slopes, this.#rate);
    for (const [leaf, next] of [...pass.updates, ...noise.updates]) updates.set(leaf, next);
    updates.set(cursor, advance(cursor, recipe.batchSize, resident));
    this.program = createProgram(graph, {
      step: { updates, guard: this.#loss, outputs: [this.#loss] },
    });
    this.program.write(
      order,
      Int32Array.from({ length: resident }, (_, i) => i),
    );
    parameters.initialize(this.program, recipe.seed);
  }

  get #chunksPerEpoch(): number {
    return Math.max(1, Math.floor(this.#source.count / (STEPS_PER_CHUNK * this.#recipe.batchSize)));
  }

  /** Returns the mean loss of the last batches of its chunks. */
  runEpoch(): number {
    const order = this.#random.shuffle(Int32Array.from({ length: this.#source.count }, (_, i) => i));
    let sum = 0;
    for (let chunk = 0; chunk < this.#chunksPerEpoch; chunk++) {
      this.#fill(order, chunk);
      this.program.write(this.#rate, [this.#currentRate()]);
      if (this.program.run("step", STEPS_PER_CHUNK) < STEPS_PER_CHUNK) {
        const node = this.program.firstNonFinite("step");
        throw new Error(
          `training is no longer finite at ${node ? this.network.graph.nameOf(node) : "the loss"}`,
        );
      }
      sum += this.program.view(this.#totalLoss)[0]!;
      this.#chunk++;
    }
    return sum / this.#chunksPerEpoch;
  }

  /** Every chunk takes the examples that follow; a set smaller than a chunk goes round. */
  #fill(order: Int32Array, chunk: number): void {
    const images = this.program.view(this.#images);
    const labels = this.program.view(this.#labels);
    if (!(images instanceof Float32Array)) throw new Error("images hold floats");
    const pixels = sizeOf(this.#images.shape.slice(1));
    for (let i = 0; i < labels.length; i++) {
      const index = order[(chunk * labels.length + i) % order.length]!;
      const target = images.subarray(i * pixels, (i + 1) * pixels);
      labels[i] = this.#source.read(index, target, this.#random);
    }
  }

  #currentRate(): number {
    const { learningRate, epochs } = this.#recipe;
    const progress = this.#chunk / (this.#chunksPerEpoch * epochs);
    if (progress < WARM_UP) return (learningRate * (progress + 0.002)) / (WARM_UP + 0.002);
    return (learningRate * (1 + Math.cos((Math.PI * (progress - WARM_UP)) / (1 - WARM_UP)))) / 2;
  }
}
