/** The contest: every shape trained from several seeds, side by side, on the same points. */
import { featureRows, lattice, planeFeatures } from "../../data/features.ts";
import { PLANE_EXTENT, type PlanePoint, splitPlane } from "../../data/plane.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { createMlp, type MlpProgram } from "../../nn/mlp.ts";
import { shapesWithin } from "./shapes.ts";
import { SEEDS, STEPS, type WideDeepState } from "./state.ts";

/** Points along one side of a picture. */
export const GRID = 36;
const POINTS = 400;
const BATCH = 10;
const LEARNING_RATE = 0.01;

export interface ContestConfig {
  readonly data: WideDeepState["data"];
  readonly noise: number;
  readonly activation: WideDeepState["activation"];
  readonly budget: number;
  readonly seed: number;
}

export interface ContestLive {
  /** Which repetition is drawn, from 0. */
  readonly shown: number;
}

export interface ContestFrame {
  readonly steps: number;
  /** [shape][repetition]: share of the test points in the right class. */
  readonly accuracies: readonly (readonly number[])[];
  /** [shape]: outputs over the lattice, of the shown repetition. */
  readonly pictures: readonly Float32Array[];
}

export const contestConfig = (state: WideDeepState): ContestConfig => ({
  data: state.data,
  noise: state.noise,
  activation: state.activation,
  budget: Number(state.budget),
  seed: state.seed,
});

/** Points of one repetition: other points and other first weights for each. */
export function pointsOfRepetition(config: ContestConfig, repetition: number) {
  return splitPlane(config.data, {
    count: POINTS,
    noise: config.noise / 100,
    trainShare: 0.5,
    seed: config.seed + repetition,
  });
}

export function createContest(config: ContestConfig): Trainer<ContestLive, ContestFrame> {
  return new Contest(config);
}

interface Runner {
  readonly network: MlpProgram;
  readonly test: readonly PlanePoint[];
}

class Contest implements Trainer<ContestLive, ContestFrame> {
  /** [shape][repetition] */
  readonly #runners: readonly (readonly Runner[])[];
  #shown = 0;
  #steps = 0;
  #failed: Divergence | undefined;

  constructor(config: ContestConfig) {
    const repetitions = Array.from({ length: SEEDS }, (_, i) => pointsOfRepetition(config, i));
    this.#runners = shapesWithin(config.budget).map(({ hidden }) =>
      repetitions.map(({ train, test }, i) => ({
        network: buildNetwork(config, hidden, train, test, config.seed + i),
        test,
      })),
    );
  }

  setLive({ shown }: ContestLive): void {
    this.#shown = shown;
  }

  command(): void {}

  /** All networks take each step together; at the end of the contest they stand still. */
  advance(steps: number): number {
    const allowed = Math.min(steps, STEPS - this.#steps);
    for (const { network } of this.#runners.flat()) {
      const options = { learningRate: LEARNING_RATE, regularizationRate: 0 };
      if (allowed > 0 && network.step(allowed, options) < allowed) {
        this.#failed = network.nonFinite() ?? undefined;
        return 0;
      }
    }
    this.#steps += Math.max(0, allowed);
    return steps;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: ContestFrame; transfer: ArrayBuffer[] } {
    const accuracies = this.#runners.map((row) => row.map(testAccuracy));
    const pictures = this.#runners.map((row) => {
      const { network } = row[this.#shown]!;
      network.runGrid();
      return network.grid(network.config.hidden.length + 1).slice();
    });
    return {
      frame: { steps: this.#steps, accuracies, pictures },
      transfer: pictures.map(({ buffer }) => buffer as ArrayBuffer),
    };
  }

  dispose(): void {
    for (const { network } of this.#runners.flat()) network.dispose();
  }
}

function buildNetwork(
  config: ContestConfig,
  hidden: readonly number[],
  train: readonly PlanePoint[],
  test: readonly PlanePoint[],
  seed: number,
): MlpProgram {
  const features = planeFeatures(["x1", "x2"]);
  const cells = lattice(GRID, PLANE_EXTENT);
  const network = createMlp({
    inputs: 2,
    hidden,
    outputs: 1,
    activation: config.activation,
    outputActivation: "tanh",
    loss: "mse",
    regularization: "none",
    optimizer: "adam",
    batchSize: BATCH,
    trainCount: train.length,
    testCount: test.length,
    gridCount: cells.length,
    seed,
  });
  const targets = (points: readonly PlanePoint[]) => points.map(({ target }) => target);
  network.setTrain(featureRows(features, train), targets(train));
  network.setTest(featureRows(features, test), targets(test));
  network.setGrid(featureRows(features, cells));
  return network;
}

function testAccuracy({ network, test }: Runner): number {
  network.evaluate();
  const outputs = network.testOutputs;
  return test.filter(({ target }, i) => outputs[i]! * target > 0).length / test.length;
}
