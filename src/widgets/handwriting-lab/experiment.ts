/** Both networks as their worker trains them, and everything the page shows of them. */
import type { PictureSets } from "../../data/packed.ts";
import { writePicture } from "../../data/pictures.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { type CnnProgram, createCnn } from "../../nn/cnn.ts";
import { cnnConfigOf, mlpConfigOf, type NetworkSettings, PIXELS } from "./networks.ts";
import {
  confusionOf,
  SHIFTED_COUNT,
  SHIFTS,
  type ShiftScores,
  shiftedPictures,
  worstMistakes,
} from "./scores.ts";

export type NetworkId = "cnn" | "mlp";
export const NETWORKS: readonly NetworkId[] = ["cnn", "mlp"];

/** Parameters by name. */
export type Weights = Readonly<Record<string, Float32Array>>;

export interface Memory {
  readonly steps: number;
  readonly seconds: number;
  readonly cnn: Weights;
  readonly mlp: Weights;
}

export interface HandwritingConfig {
  readonly settings: NetworkSettings;
  /** Training goes on from here. */
  readonly memory?: Memory | undefined;
}

export interface HandwritingLive {
  readonly learningRate: number;
  /** The rate halves every two passes over the training pictures. */
  readonly decay: boolean;
  /** What is shown to the networks: a drawing, 784 values from 0 to 255, or the test picture of this number. */
  readonly shown: readonly number[] | number;
}

/** Measures both networks on shifted test pictures. */
export interface HandwritingCommand {
  readonly shift: true;
}

export interface Scores {
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** [right class, answered class]. */
  readonly confusion: Int32Array;
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly picture: Float32Array;
  readonly label: number;
  readonly answer: number;
  /** Probability the network gave its answer. */
  readonly share: number;
}

export interface Layer {
  /** [channels, rows, columns] of the map behind the activation. */
  readonly shape: readonly [number, number, number];
  readonly maps: Float32Array;
}

export interface HandwritingFrame {
  readonly steps: number;
  /** Seconds spent training both networks and measuring them. */
  readonly seconds: number;
  /** When the convolutional network first reached 97% on the test pictures. */
  readonly reached: { readonly steps: number; readonly seconds: number } | undefined;
  readonly learningRate: number;
  readonly scores: Readonly<Record<NetworkId, Scores>>;
  /** Steps after which they were measured. */
  readonly scoredAt: number;
  readonly parameters: Readonly<Record<NetworkId, number>>;
  readonly shown: {
    readonly picture: Float32Array;
    /** Right class of a test picture. */
    readonly label: number | undefined;
    readonly probabilities: Readonly<Record<NetworkId, Float32Array>>;
    readonly layers: readonly Layer[];
  };
  /** Kernels of the first layer [channels, window, window]. */
  readonly kernels: { readonly window: number; readonly values: Float32Array };
  /** What each hidden neuron of the fully connected network weighs, [neurons, 28, 28]. */
  readonly templates: Float32Array;
  readonly shift: ShiftScores | undefined;
  readonly memory: Memory;
}

/** Training pictures among those that are evaluated. */
const WATCHED = 1000;
/** Most steps between two measurements, and fewest. */
const LOOK_EVERY = 150;
const LOOK_FIRST = 10;
/** So many times as long as a measurement takes is trained before the next. */
const DEAR = 5;
/** Milliseconds without a step after which training counts as paused. */
const REST = 250;
export const WANTED = 0.97;
/** Passes over the training pictures in which the learning rate halves, and the share at which that ends. */
const HALF_LIFE = 2;
const LEAST_RATE = 0.02;
/** Steps with one learning rate. */
const STRETCH = 25;
const MISTAKES = 12;

/** Learning rate at a step. */
export function rateAt(
  step: number,
  perPass: number,
  { learningRate, decay }: Omit<HandwritingLive, "shown">,
): number {
  const stretch = Math.floor(step / STRETCH) * STRETCH;
  return learningRate * (decay ? Math.max(LEAST_RATE, 0.5 ** (stretch / perPass / HALF_LIFE)) : 1);
}

export class HandwritingTrainer implements Trainer<HandwritingLive, HandwritingFrame, HandwritingCommand> {
  readonly #sets: PictureSets;
  readonly #networks: Readonly<Record<NetworkId, CnnProgram>>;
  readonly #testCount: number;
  readonly #perPass: number;
  readonly #window: number;
  readonly #classes: number;
  #live: HandwritingLive = { learningRate: 0, decay: false, shown: 0 };
  #start: Omit<Memory, NetworkId>;
  #time = 0;
  #scores: Record<NetworkId, Scores> | undefined;
  #scoredAt = 0;
  /** Seconds of training at the last measurement, and what it took. */
  #scoredTime = 0;
  #cost = 0;
  /** When the last steps ended. */
  #advanced = 0;
  #reached: HandwritingFrame["reached"];
  #shift: ShiftScores | undefined;
  #diverged: NetworkId | undefined;

  /** @throws ShapeError when pooling leaves nothing; RangeError when the memory is of other networks. */
  constructor(sets: PictureSets, { settings, memory }: HandwritingConfig) {
    this.#sets = sets;
    const { train, test } = sets;
    const watched = Math.min(WATCHED, train.labels.length);
    this.#testCount = test.labels.length;
    const counts = { train: train.labels.length, evaluated: this.#testCount + watched };
    const cnn = createCnn(cnnConfigOf(settings, counts));
    const mlp = createCnn(mlpConfigOf(settings, counts));
    this.#networks = { cnn, mlp };
    this.#perPass = counts.train / Number(settings.batch);
    this.#window = settings.blocks[0]!.window;
    this.#classes = cnn.config.classes;
    const images = new Float32Array(train.pixels.length);
    for (let i = 0; i < images.length; i++) images[i] = train.pixels[i]! / 255;
    for (const network of [cnn, mlp]) network.setData("train", images, train.labels);
    // Both see the same pictures in the same order.
    mlp.batchOrder.set(cnn.batchOrder);
    this.#writeEvaluated(0);
    this.#start = { steps: memory?.steps ?? 0, seconds: memory?.seconds ?? 0 };
    if (memory) for (const id of NETWORKS) this.#networks[id].load(memory[id]);
  }

  get #steps(): number {
    return this.#start.steps + this.#networks.cnn.steps;
  }

  setLive(live: HandwritingLive): void {
    this.#live = live;
  }

  command(): void {
    const scores = { cnn: [] as number[], mlp: [] as number[] };
    const count = Math.min(SHIFTED_COUNT, this.#testCount);
    for (const right of SHIFTS) {
      this.#writeEvaluated(right);
      for (const id of NETWORKS) scores[id].push(this.#networks[id].evaluate("test", count).accuracy);
    }
    this.#writeEvaluated(0);
    this.#shift = { steps: this.#steps, ...scores };
    // The scores beside it are to be of the same step.
    if (this.#scoredAt !== this.#steps) this.#measure();
  }

  advance(steps: number): number {
    const began = performance.now();
    let done = 0;
    while (done < steps && !this.#diverged) {
      const wanted = Math.min(steps - done, STRETCH - (this.#steps % STRETCH));
      const learningRate = rateAt(this.#steps, this.#perPass, this.#live);
      const completed = this.#networks.cnn.step(wanted, { learningRate });
      if (completed < wanted) this.#diverged = "cnn";
      else if (this.#networks.mlp.step(wanted, { learningRate }) < wanted) this.#diverged = "mlp";
      done += completed;
    }
    this.#time += (performance.now() - began) / 1000;
    if (this.#isDue) {
      this.#measure();
      this.#time += this.#cost;
    }
    this.#reached ??= this.#scores && this.#scores.cnn.testAccuracy >= WANTED ? this.#now : undefined;
    this.#advanced = performance.now();
    return this.#diverged ? Math.min(done, steps - 1) : done;
  }

  divergence(): Divergence | undefined {
    const id = this.#diverged;
    const where = id && this.#networks[id].nonFinite();
    return where ? { step: this.#start.steps + where.step, node: `${id} ${where.node}` } : undefined;
  }

  frame(): { frame: HandwritingFrame; transfer: ArrayBuffer[] } {
    // At rest there is time to measure what stands there.
    const isResting = performance.now() - this.#advanced > REST;
    if (!this.#scores || (isResting && this.#scoredAt !== this.#steps)) this.#measure();
    const { cnn, mlp } = this.#networks;
    const shown = this.#look();
    const kernels = cnn.parameter("filters1").slice();
    const frame: HandwritingFrame = {
      ...this.#now,
      reached: this.#reached,
      learningRate: rateAt(this.#steps, this.#perPass, this.#live),
      scores: this.#scores!,
      scoredAt: this.#scoredAt,
      parameters: { cnn: cnn.parameterCount, mlp: mlp.parameterCount },
      shown,
      kernels: { window: this.#window, values: kernels },
      templates: transposed(mlp.parameter("weights1")),
      shift: this.#shift,
      memory: { ...this.#now, cnn: cnn.save(), mlp: mlp.save() },
    };
    return { frame, transfer: [] };
  }

  dispose(): void {
    for (const id of NETWORKS) this.#networks[id].dispose();
  }

  get #now() {
    return { steps: this.#steps, seconds: this.#start.seconds + this.#time };
  }

  get #isDue(): boolean {
    const since = this.#steps - this.#scoredAt;
    const isCheap = this.#time - this.#scoredTime >= DEAR * this.#cost;
    return since >= LOOK_EVERY || (since >= LOOK_FIRST && isCheap);
  }

  #measure(): void {
    const began = performance.now();
    this.#scores = { cnn: this.#scoresOf("cnn"), mlp: this.#scoresOf("mlp") };
    this.#scoredAt = this.#steps;
    this.#cost = (performance.now() - began) / 1000;
    this.#scoredTime = this.#time;
  }

  #scoresOf(id: NetworkId): Scores {
    const network = this.#networks[id];
    const { answers, losses } = network.evaluate("test");
    const { test, train } = this.#sets;
    const count = this.#testCount;
    const part = (from: number, labels: ArrayLike<number>) => {
      let [loss, right] = [0, 0];
      const size = from === 0 ? count : answers.length - count;
      for (let i = 0; i < size; i++) {
        loss += losses[from + i]!;
        if (answers[from + i] === labels[i]) right++;
      }
      return { loss: loss / size, accuracy: right / size };
    };
    const [tested, trained] = [part(0, test.labels), part(count, train.labels)];
    const given = answers.subarray(0, count);
    return {
      ...{ trainLoss: trained.loss, testLoss: tested.loss },
      ...{ trainAccuracy: trained.accuracy, testAccuracy: tested.accuracy },
      confusion: confusionOf(test.labels, given, this.#classes),
      mistakes: worstMistakes(test.labels, given, losses, MISTAKES).map((index) => {
        const picture = new Float32Array(PIXELS);
        writePicture(test, index, picture);
        network.lookAt(picture);
        const answer = given[index]!;
        return {
          picture,
          label: test.labels[index]!,
          answer,
          share: network.stage("probabilities")[answer]!,
        };
      }),
    };
  }

  #look(): HandwritingFrame["shown"] {
    const { shown } = this.#live;
    const picture = new Float32Array(PIXELS);
    const index = typeof shown === "number" ? Math.min(shown, this.#testCount - 1) : undefined;
    if (index === undefined) picture.set((shown as readonly number[]).map((value) => value / 255));
    else writePicture(this.#sets.test, index, picture);
    const { cnn, mlp } = this.#networks;
    for (const network of [cnn, mlp]) network.lookAt(picture);
    const layers = cnn.config.blocks.map((_, i): Layer => {
      const { shape } = cnn.stages.find(({ name }) => name === `a${i + 1}`)!;
      return { shape: shape as unknown as Layer["shape"], maps: cnn.stage(`a${i + 1}`).slice() };
    });
    return {
      picture,
      label: index === undefined ? undefined : this.#sets.test.labels[index],
      probabilities: { cnn: cnn.stage("probabilities").slice(), mlp: mlp.stage("probabilities").slice() },
      layers,
    };
  }

  /** The test pictures, moved to the right, and behind them those training pictures that are watched. */
  #writeEvaluated(right: number): void {
    const { test, train } = this.#sets;
    const evaluated = this.#networks.cnn.config.testCount;
    const images = new Float32Array(evaluated * PIXELS);
    shiftedPictures(test, this.#testCount, right, images);
    const watched = images.subarray(this.#testCount * PIXELS);
    shiftedPictures(train, evaluated - this.#testCount, 0, watched);
    const labels = Uint8Array.from({ length: evaluated }, (_, i) =>
      i < this.#testCount ? test.labels[i]! : train.labels[i - this.#testCount]!,
    );
    for (const id of NETWORKS) this.#networks[id].setData("test", images, labels);
  }
}

/** [784, neurons] → [neurons, 784]. */
function transposed(weights: Float32Array): Float32Array {
  const neurons = weights.length / PIXELS;
  const result = new Float32Array(weights.length);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      result[neuron * PIXELS + pixel] = weights[pixel * neurons + neuron]!;
    }
  }
  return result;
}
