/** Generator and discriminator over the plane: what the worker is told, how it trains, what it sends back. */
import {
  type CloudId,
  cloudOf,
  coverageOf,
  energyDistance,
  type Place,
  sampleCloud,
} from "../../data/clouds.ts";
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { buildGanNetwork, type GanNetwork, SAMPLES, type Side } from "./network.ts";
import type { GanState } from "./state.ts";

/** Real points resident in memory. */
export const REAL_POINTS = 2000;
/** Frames between two measurements of the distance, which take a few milliseconds. */
const MEASURE_EVERY = 6;

export interface GanConfig {
  readonly data: CloudId | "own";
  readonly own: readonly Place[];
  readonly objective: GanState["objective"];
  /** Widths of the hidden layers. */
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly optimizer: "adam" | "sgd";
  readonly latent: number;
  readonly seed: number;
  /** Both networks and their optimizer's memory: training goes on from these. */
  readonly memory?: readonly Float32Array[] | undefined;
  readonly rounds?: number;
}

export interface GanLive {
  readonly generatorRate: number;
  readonly discriminatorRate: number;
  readonly generatorSteps: number;
  readonly discriminatorSteps: number;
}

/** Trains one side between two rounds. */
export interface GanCommand {
  readonly train: Side;
  readonly steps: number;
}

export interface GanFrame {
  readonly rounds: number;
  readonly generatorLoss: number;
  readonly discriminatorLoss: number;
  /** The generator's points [SAMPLES, 2]. */
  readonly samples: Float32Array;
  /** Where the discriminator would have each of them go: minus the slope of the generator's loss. */
  readonly arrows: Float32Array;
  /** Scores over the lattice, top row first, and at the generator's and the real points. */
  readonly map: Float32Array;
  readonly fakeScores: Float32Array;
  readonly realScores: Float32Array;
  /** The lattice of noise, as the generator bends it. */
  readonly manifold: Float32Array;
  /** Energy distance between fresh real points and the generator's. */
  readonly distance: number;
  /** How far the generator's points are spread, as a share of the real ones' spread. */
  readonly spread: number;
  /** Heaps reached; `undefined` where the real points have none. */
  readonly coverage:
    | { readonly reached: number; readonly heaps: number; readonly inside: number }
    | undefined;
  readonly memory: readonly Float32Array[];
}

export function liveOf(state: GanState): GanLive {
  const { generatorRate, discriminatorRate, who } = state;
  return {
    ...{ generatorRate, discriminatorRate },
    generatorSteps: who === "discriminator" ? 0 : state.generatorSteps,
    discriminatorSteps: who === "generator" ? 0 : state.discriminatorSteps,
  };
}

export function configOf(state: GanState): GanConfig {
  const layers = (depth: number, width: string) => Array.from({ length: depth }, () => Number(width));
  return {
    data: state.data,
    own: ownPlaces(state.own),
    objective: state.objective,
    generator: layers(state.generatorDepth, state.generatorWidth),
    discriminator: layers(state.discriminatorDepth, state.discriminatorWidth),
    optimizer: state.optimizer,
    latent: Number(state.latent),
    seed: state.seed,
  };
}

export function ownPlaces(own: readonly number[]): Place[] {
  return Array.from({ length: Math.floor(own.length / 2) }, (_, i) => [
    own[2 * i]! / 100,
    own[2 * i + 1]! / 100,
  ]);
}

/** Real points [count, 2]; own ones are scattered a little, so that few of them make a cloud. */
export function realPoints(
  { data, own }: Pick<GanConfig, "data" | "own">,
  count: number,
  seed: number,
): Float32Array {
  const random = new Random(seed);
  if (data !== "own") return sampleCloud(cloudOf(data).sample, count, random);
  const places: readonly Place[] = own.length > 0 ? own : [[0, 0]];
  const scattered = (from: Random): Place => {
    const [x, y] = places[from.below(places.length)]!;
    return [x + from.normal(0, 0.02), y + from.normal(0, 0.02)];
  };
  return sampleCloud(scattered, count, random);
}

export function createGanTrainer(config: GanConfig): Trainer<GanLive, GanFrame, GanCommand> {
  return new GanTrainer(config);
}

class GanTrainer implements Trainer<GanLive, GanFrame, GanCommand> {
  readonly #config: GanConfig;
  readonly #network: GanNetwork;
  /** Fresh real points, which no step has seen. */
  readonly #reference: Float32Array;
  #live: GanLive = { generatorRate: 0, discriminatorRate: 0, generatorSteps: 0, discriminatorSteps: 0 };
  #rounds: number;
  #failed: Divergence | undefined;
  #measured: Pick<GanFrame, "distance" | "coverage" | "spread"> | undefined;
  #frames = 0;

  constructor(config: GanConfig) {
    this.#config = config;
    this.#network = buildGanNetwork(config, realPoints(config, REAL_POINTS, config.seed));
    this.#reference = realPoints(config, SAMPLES, config.seed + 1_000_003);
    this.#rounds = config.rounds ?? 0;
    if (config.memory) this.#network.restore(config.memory);
  }

  setLive(live: GanLive): void {
    this.#live = live;
    this.#network.setRates(live.generatorRate, live.discriminatorRate);
  }

  command({ train, steps }: GanCommand): void {
    this.#train(train, steps);
  }

  /** Rounds: the discriminator's steps, then the generator's. */
  advance(rounds: number): number {
    for (let done = 0; done < rounds; done++) {
      const { discriminatorSteps, generatorSteps } = this.#live;
      if (!this.#train("discriminator", discriminatorSteps) || !this.#train("generator", generatorSteps))
        return done;
      this.#rounds++;
    }
    return rounds;
  }

  #train(side: Side, steps: number): boolean {
    if (steps === 0 || this.#network.train(side, steps) === steps) return true;
    this.#failed = { step: this.#rounds + 1, node: this.#network.firstNonFinite(side) };
    return false;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: GanFrame; transfer: ArrayBuffer[] } {
    const seen = this.#network.look();
    if (this.#frames % MEASURE_EVERY === 0 || !this.#measured) this.#measured = this.#measure(seen.samples);
    this.#frames++;
    const memory = this.#network.memory();
    const frame = { rounds: this.#rounds, ...seen, ...this.#measured, memory };
    const { samples, arrows, map, fakeScores, realScores, manifold } = seen;
    const transfer = [samples, arrows, map, fakeScores, realScores, manifold, ...memory].map(
      ({ buffer }) => buffer,
    );
    return { frame, transfer: transfer as ArrayBuffer[] };
  }

  #measure(samples: Float32Array): Pick<GanFrame, "distance" | "coverage" | "spread"> {
    const { data } = this.#config;
    const modes = data === "own" ? undefined : cloudOf(data).modes;
    return {
      distance: energyDistance(this.#reference, samples),
      spread: deviationOf(samples) / deviationOf(this.#reference),
      coverage: modes && coverageOf(samples, modes),
    };
  }

  dispose(): void {}
}

/** Root mean square distance of points [count, 2] from their centre. */
function deviationOf(points: Float32Array): number {
  const count = points.length / 2;
  const mean = [0, 1].map(
    (axis) => points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) / count,
  );
  return Math.sqrt(points.reduce((sum, value, i) => sum + (value - mean[i % 2]!) ** 2, 0) / count);
}
