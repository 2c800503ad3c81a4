/** The examination as the worker runs it: trains, measures every layer, notes when the task is first solved. */
import { lattice } from "../../data/features.ts";
import { PLANE_EXTENT, type PlanePoint, splitPlane } from "../../data/plane.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { type Structure, TRAIN_COUNT } from "./graph.ts";
import type { Measurement } from "./measures.ts";
import { HealthNetwork, type InitialiserName } from "./network.ts";
import { type HealthState, structureOf } from "./state.ts";

/** Points along one side of the picture. */
export const GRID = 18;
export const TEST_COUNT = 200;
/** Share of test points on the right side from which the network counts as trained. */
export const TRAINED = 0.95;
/** Steps between two looks at the test points. */
const LOOK_EVERY = 25;
/** Steps of one trial; the learner may ask for another. */
export const TRIAL = 1500;
/** Coordinates are divided by this, so that inputs are about 1 in size. */
const SCALE = 2.5;

export interface HealthConfig {
  readonly structure: Structure;
  readonly init: InitialiserName;
  readonly data: HealthState["data"];
  readonly seed: number;
}

export interface HealthLive {
  readonly learningRate: number;
  /** Training stands still at this step. */
  readonly until: number;
}

export interface HealthFrame extends Measurement {
  /** Which configuration this is a frame of (`keyOf`). */
  readonly key: string;
  /** `gradients` before the first step. */
  readonly firstGradients: Float64Array;
  readonly steps: number;
  readonly testAccuracy: number;
  /** The first step, of those looked at, after which at least `TRAINED` of the test points were right. */
  readonly trainedAt: number | undefined;
  /** Learning rates used so far: it may change on the way. */
  readonly rates: readonly number[];
  /** Outputs over the lattice as the difference of the two classes' probabilities, −1 to 1. */
  readonly picture: Float32Array;
}

export const healthConfig = (state: HealthState): HealthConfig => ({
  structure: structureOf(state),
  init: state.init,
  data: state.data,
  seed: state.seed,
});

export const keyOf = (config: HealthConfig): string => JSON.stringify(config);

export const healthLive = (state: HealthState, until = TRIAL): HealthLive => ({
  learningRate: Number(state.rate),
  until,
});

/**
 * One trainer after another, each on the program of the one before where the structure is the same: a new start,
 * another initialisation or other data compile nothing.
 */
export function healthTrainers(): (config: HealthConfig) => Trainer<HealthLive, HealthFrame> {
  let kept: { readonly key: string; readonly network: HealthNetwork } | undefined;
  return (config) => {
    const key = JSON.stringify(config.structure);
    if (kept?.key !== key) {
      kept = undefined;
      kept = { key, network: new HealthNetwork(config.structure, TEST_COUNT + GRID * GRID) };
    }
    return new HealthTrainer(config, kept.network);
  };
}

class HealthTrainer implements Trainer<HealthLive, HealthFrame> {
  readonly #key: string;
  readonly #network: HealthNetwork;
  readonly #firstGradients: Float64Array;
  readonly #test: readonly PlanePoint[];
  readonly #rates = new Set<number>();
  #live: HealthLive = { learningRate: 0, until: 0 };
  #trainedAt: number | undefined;

  constructor(config: HealthConfig, network: HealthNetwork) {
    this.#key = keyOf(config);
    this.#network = network;
    const count = TRAIN_COUNT + TEST_COUNT;
    const { train, test } = splitPlane(config.data, {
      count,
      noise: 0,
      trainShare: TRAIN_COUNT / count,
      seed: config.seed,
    });
    this.#test = test;
    const rows = (points: readonly { x: number; y: number }[]) =>
      points.flatMap(({ x, y }) => [x / SCALE, y / SCALE]);
    network.initialize(config.init, config.seed);
    network.setData(
      rows(train),
      train.map(({ target }) => (target > 0 ? 1 : 0)),
      rows([...test, ...lattice(GRID, PLANE_EXTENT)]),
    );
    this.#firstGradients = network.measure().gradients;
  }

  setLive(live: HealthLive): void {
    this.#live = live;
  }

  command(): void {}

  /** At the end of the trial it stands still. */
  advance(steps: number): number {
    const { learningRate, until } = this.#live;
    const end = Math.min(this.#network.steps + steps, until);
    while (this.#network.steps < end) {
      const here = this.#network.steps;
      const wanted = Math.min(end, here - (here % LOOK_EVERY) + LOOK_EVERY) - here;
      this.#rates.add(learningRate);
      if (this.#network.step(wanted, learningRate) < wanted) return 0;
      if (this.#network.steps % LOOK_EVERY === 0 && this.#trainedAt === undefined) {
        if (this.#accuracy(this.#network.look()) >= TRAINED) this.#trainedAt = this.#network.steps;
      }
    }
    return steps;
  }

  divergence(): Divergence | undefined {
    return this.#network.nonFinite ?? undefined;
  }

  frame(): { frame: HealthFrame; transfer: ArrayBuffer[] } {
    const measured = this.#network.measure();
    const outputs = this.#network.look();
    const picture = outputs.slice(this.#test.length).map((logit) => Math.tanh(logit / 2));
    const frame: HealthFrame = {
      ...measured,
      key: this.#key,
      firstGradients: this.#firstGradients,
      steps: this.#network.steps,
      testAccuracy: this.#accuracy(outputs),
      trainedAt: this.#trainedAt,
      rates: [...this.#rates],
      picture,
    };
    const { gradients, activations, spreads, changes } = measured;
    const transfer = [gradients, activations, spreads, changes, picture];
    return { frame, transfer: transfer.map(({ buffer }) => buffer as ArrayBuffer) };
  }

  /** The network is kept for the next trainer. */
  dispose(): void {}

  /** Share of test points on the right side; an output of 0 is right for neither. */
  #accuracy(outputs: Float32Array): number {
    return this.#test.filter(({ target }, i) => outputs[i]! * target > 0).length / this.#test.length;
  }
}
