/** Trains forger and detective against each other, looks at samples, and asks the detective about pictures. */
import { Graph, type Tensor } from "../engine/graph.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { createProgram, type Program } from "../engine/program.ts";
import type { Random } from "../engine/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { buildGan } from "../nn/gan.ts";
import { Noise } from "../nn/noise.ts";
import { adamForGan, type Updates } from "../nn/optimizers.ts";
import { Parameters } from "../nn/parameters.ts";
import {
  type DigitDiscriminator,
  type DigitGenerator,
  digitDiscriminator,
  digitGenerator,
  LATENT,
  PIXELS,
  SIDE,
} from "./digit-gan-network.ts";

export interface DigitGanOptions {
  readonly seed: number;
  readonly batchSize: number;
  /** Real pictures held in memory, at least a batch. */
  readonly residents: number;
  /** Pictures sampled or judged at once. */
  readonly looked: number;
}

export interface GanRates {
  readonly generatorRate: number;
  readonly discriminatorRate: number;
  /** Of the squared slope at real pictures in the discriminator's loss; by default 1. */
  readonly penalty?: number;
  /** Steps of each in a round; by default 1. */
  readonly generatorSteps?: number;
  readonly discriminatorSteps?: number;
}

type EntryName = "generator" | "discriminator" | "sample" | "judge";

export class DigitGan {
  readonly generator: DigitGenerator;
  readonly discriminator: DigitDiscriminator;
  readonly #options: DigitGanOptions;
  readonly #program: Program<EntryName>;
  readonly #leaves: Record<
    "real" | "order" | "z" | "judged" | "generatorRate" | "discriminatorRate" | "penalty",
    Tensor
  >;
  readonly #results: Record<"pictures" | "logits" | "generatorLoss" | "discriminatorLoss", Tensor>;
  #rounds = 0;

  constructor(options: DigitGanOptions) {
    const { seed, batchSize, residents, looked } = options;
    const graph = new Graph();
    this.#options = options;
    this.generator = digitGenerator(new Parameters(graph));
    this.discriminator = digitDiscriminator(new Parameters(graph));
    const real = graph.input("real pictures", [residents, 1, SIDE, SIDE]);
    const order = graph.input("order", [residents], "i32");
    const cursor = graph.state("cursor", [], 0, "i32");
    const [z, judged] = [graph.input("z", [looked, LATENT]), graph.input("judged", [looked, 1, SIDE, SIDE])];
    const generatorRate = graph.input("generator rate", []);
    const discriminatorRate = graph.input("discriminator rate", []);
    const penalty = graph.input("penalty", []);
    this.#leaves = { real, order, z, judged, generatorRate, discriminatorRate, penalty };
    const noise = new Noise(graph, seed);
    let statistics: Updates = new Map();
    const gan = buildGan(
      {
        ...{ graph, noise, latent: LATENT, generatorRate, discriminatorRate },
        objective: { kind: "standard-penalty", weight: penalty },
        real: gather(real, window(order, cursor, batchSize)),
        generator: (noisy) => {
          const pass = this.generator.training(noisy);
          // The last pass built is the generator's own step's.
          statistics = pass.updates;
          return pass.pictures;
        },
        discriminator: (x) => this.discriminator.logits(x),
        generatorParameters: this.generator.parameters.all,
        discriminatorParameters: this.discriminator.parameters.all,
        optimizer: adamForGan,
      },
      new Map([[cursor, advance(cursor, batchSize, residents)]]),
    );
    const pictures = this.generator.inference(z);
    const logits = this.discriminator.logits(judged);
    const { generatorLoss, discriminatorLoss } = gan;
    this.#results = { pictures, logits, generatorLoss, discriminatorLoss };
    this.#program = createProgram(graph, {
      generator: {
        ...gan.generatorStep,
        updates: new Map([...(gan.generatorStep.updates ?? []), ...statistics]),
      },
      discriminator: gan.discriminatorStep,
      sample: { outputs: [pictures], compact: true },
      judge: { outputs: [logits], compact: true },
    });
    this.#program.write(
      order,
      Int32Array.from({ length: residents }, (_, i) => i),
    );
    this.initialize();
  }

  /** Rounds completed since `initialize` or `load`. */
  get rounds(): number {
    return this.#rounds;
  }

  /** Losses of the last steps, before their updates. */
  get losses(): { readonly generator: number; readonly discriminator: number } {
    const { generatorLoss, discriminatorLoss } = this.#results;
    return { generator: this.#floats(generatorLoss)[0]!, discriminator: this.#floats(discriminatorLoss)[0]! };
  }

  /** What is saved and loaded: parameters of both, and the generator's running statistics. */
  get leaves(): readonly Tensor[] {
    const { generator, discriminator } = this;
    return [...generator.parameters.all, ...generator.statistics, ...discriminator.parameters.all];
  }

  /** Where the real pictures lie, [residents, 784] in 0 to 1. */
  get residents(): Float32Array {
    return this.#floats(this.#leaves.real);
  }

  /** Live values of a parameter, statistic or state; may be written. */
  values(leaf: Tensor): Float32Array | Int32Array {
    return this.#program.view(leaf);
  }

  /** Everything that training goes on from, optimizer states and counters too, by name. */
  get everything(): readonly Tensor[] {
    const kept = ({ operation, name }: Tensor) =>
      (operation.name === "state" || operation.name === "parameter") && name !== undefined;
    return this.#leaves.z.graph.nodes.filter((node) => kept(node) && this.#isStored(node));
  }

  /** Fresh weights from the seed. */
  initialize(): void {
    this.generator.parameters.initialize(this.#program, this.#options.seed);
    this.discriminator.parameters.initialize(this.#program, this.#options.seed + 1);
    this.#restart();
  }

  /** Takes over weights by name. @throws RangeError, having changed nothing, when one is missing or of another size. */
  load(weights: ReadonlyMap<string, ArrayLike<number>>): void {
    for (const { name, shape } of this.leaves) {
      const given = weights.get(name!)?.length;
      if (given !== sizeOf(shape)) {
        throw new RangeError(`${given ?? "no"} values for ${name} instead of ${sizeOf(shape)}`);
      }
    }
    this.#restart();
    for (const leaf of this.leaves) this.#program.write(leaf, weights.get(leaf.name!)!);
  }

  /** The order in which batches take the real pictures. */
  shuffle(random: Random): void {
    const order = this.#program.view(this.#leaves.order);
    order.set(random.shuffle(Int32Array.from(order)));
  }

  /**
   * Rounds of training: the discriminator's steps, then the generator's.
   * @returns rounds completed, fewer than asked when a loss was not finite.
   */
  train(rounds: number, rates: GanRates): number {
    const { generatorSteps = 1, discriminatorSteps = 1, penalty = 1 } = rates;
    this.#program.write(this.#leaves.penalty, [penalty]);
    this.#program.write(this.#leaves.generatorRate, [rates.generatorRate]);
    this.#program.write(this.#leaves.discriminatorRate, [rates.discriminatorRate]);
    for (let round = 0; round < rounds; round++) {
      if (this.#program.run("discriminator", discriminatorSteps) < discriminatorSteps) return round;
      if (this.#program.run("generator", generatorSteps) < generatorSteps) return round;
      this.#rounds++;
    }
    return rounds;
  }

  /** Noise [count, 32] → pictures [count, 784] in 0 to 1. */
  sample(z: ArrayLike<number>): Float32Array {
    return this.#inParts(z, LATENT, PIXELS, this.#leaves.z, "sample", this.#results.pictures);
  }

  /** Pictures [count, 784] → logits [count] of being real. */
  judge(pictures: ArrayLike<number>): Float32Array {
    return this.#inParts(pictures, PIXELS, 1, this.#leaves.judged, "judge", this.#results.logits);
  }

  dispose(): void {
    this.#program.dispose();
  }

  #inParts(
    given: ArrayLike<number>,
    width: number,
    resultWidth: number,
    leaf: Tensor,
    entry: "sample" | "judge",
    output: Tensor,
  ): Float32Array {
    const count = given.length / width;
    if (!Number.isInteger(count)) throw new RangeError(`${given.length} values are no rows of ${width}`);
    const { looked } = this.#options;
    const result = new Float32Array(count * resultWidth);
    const [target, source] = [this.#floats(leaf), this.#floats(output)];
    for (let start = 0; start < count; start += looked) {
      const rows = Math.min(looked, count - start);
      for (let i = 0; i < rows * width; i++) target[i] = given[start * width + i]!;
      this.#program.run(entry);
      result.set(source.subarray(0, rows * resultWidth), start * resultWidth);
    }
    return result;
  }

  /** States, such as Adam's averages, begin anew. */
  #restart(): void {
    for (const leaf of this.everything) if (leaf.values) this.#program.write(leaf, leaf.values);
    this.#rounds = 0;
  }

  #isStored(leaf: Tensor): boolean {
    try {
      this.#program.view(leaf);
      return true;
    } catch {
      return false;
    }
  }

  #floats(tensor: Tensor): Float32Array {
    const view = this.#program.view(tensor);
    if (view instanceof Float32Array) return view;
    throw new Error(`${tensor.name} holds integers`);
  }
}

/** Noise for `count` pictures, [count, 32], normally distributed. */
export function noiseVectors(count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count * LATENT }, () => random.normal());
}
