/** The playground's network: what its worker is told, how it is built, what it sends back. */
import { featureRows, lattice, type PlaneFeatureId, planeFeatures } from "../../data/features.ts";
import { PLANE_EXTENT, type PlanePoint, splitPlane } from "../../data/plane.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { createMlp, type LayerNorm, type MlpConfig, type MlpProgram } from "../../nn/mlp.ts";
import { isRegression, type PlaygroundState } from "./state.ts";

/** Points along one side of the pictures. */
export const GRID = 50;
export const GENERATED_POINTS = 400;

export interface PlaygroundConfig {
  readonly features: readonly PlaneFeatureId[];
  readonly hidden: readonly number[];
  readonly activation: MlpConfig["activation"];
  readonly loss: "mse" | "bce";
  readonly outputActivation: "linear" | "tanh";
  readonly optimizer: MlpConfig["optimizer"];
  readonly regularization: MlpConfig["regularization"];
  readonly batchSize: number;
  readonly seed: number;
  readonly train: readonly PlanePoint[];
  readonly test: readonly PlanePoint[];
  /** All parameters one after another: training goes on from these. */
  readonly parameters?: Float32Array | undefined;
  readonly steps?: number;
}

export interface PlaygroundLive {
  readonly learningRate: number;
  readonly regularizationRate: number;
  readonly gradients: boolean;
}

/** Sets one value of a parameter: `weights2`, index 5. */
export interface EditCommand {
  readonly parameter: string;
  readonly index: number;
  readonly value: number;
}

export interface PlaygroundFrame {
  readonly steps: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  /** Share of right classes; `undefined` for a quantity. */
  readonly trainAccuracy: number | undefined;
  readonly testAccuracy: number | undefined;
  /** Layers with weights: values [lattice + train + test points, width], row by row. */
  readonly layers: readonly Float32Array[];
  readonly parameters: Float32Array;
  readonly gradientNorms: readonly LayerNorm[] | undefined;
}

/** The points a state asks for; own points always belong to training. */
export function pointsOf(state: PlaygroundState): {
  train: readonly PlanePoint[];
  test: readonly PlanePoint[];
} {
  const { train, test } = splitPlane(state.data, {
    count: GENERATED_POINTS,
    noise: state.noise / 100,
    trainShare: state.split / 100,
    seed: state.seed,
  });
  return { train: [...train, ...state.points], test };
}

export function configOf(state: PlaygroundState, parameters?: Float32Array, steps = 0): PlaygroundConfig {
  const regression = isRegression(state.data);
  const loss = regression ? "mse" : state.loss;
  return {
    ...pointsOf(state),
    features: state.features,
    hidden: state.hidden,
    activation: state.activation,
    loss,
    outputActivation: regression || loss === "bce" ? "linear" : "tanh",
    optimizer: state.optimizer,
    regularization: state.regularization,
    batchSize: Number(state.batch),
    seed: state.seed,
    parameters,
    steps,
  };
}

/** States of equal keys have the same parameters, so that training may go on when something else changes. */
export const structureKey = ({
  features,
  hidden,
  activation,
  seed,
  data,
  noise,
  split,
}: PlaygroundState): string =>
  JSON.stringify([[...features].sort(), hidden, activation, seed, data, noise, split]);

/** States of equal keys are the same network on the same data. */
export const configKey = (state: PlaygroundState): string =>
  JSON.stringify([
    structureKey(state),
    state.points,
    state.loss,
    state.optimizer,
    state.batch,
    state.regularization,
  ]);

/** Weights and biases of a network of these widths, the inputs' first. */
export function parameterCount(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i]! + 1), 0);
}

export interface ParameterPlace {
  /** Position of weights [in, out] and of the bias in the flat list of all parameters. */
  readonly weights: number;
  readonly bias: number;
}

/** Where each layer's parameters stand in `PlaygroundFrame.parameters`. */
export function parameterPlaces(widths: readonly number[]): ParameterPlace[] {
  let at = 0;
  return widths.slice(1).map((width, i) => {
    const place = { weights: at, bias: at + widths[i]! * width };
    at = place.bias + width;
    return place;
  });
}

/** Layer widths from the features to the output. */
export const widthsOf = ({ features, hidden }: Pick<PlaygroundState, "features" | "hidden">): number[] => [
  features.length,
  ...hidden,
  1,
];

/** The network with its data in memory, and with the parameters the configuration goes on from. */
export function buildNetwork(config: PlaygroundConfig): MlpProgram {
  // A plane without points still shows what the fresh network computes.
  const train = config.train.length > 0 ? config.train : [{ x: 0, y: 0, target: 0 }];
  const test = config.test.length > 0 ? config.test : train;
  const features = planeFeatures(config.features);
  const all = [...lattice(GRID, PLANE_EXTENT), ...config.train, ...config.test];
  const network = createMlp({
    inputs: features.length,
    hidden: config.hidden,
    outputs: 1,
    activation: config.activation,
    outputActivation: config.outputActivation,
    loss: config.loss,
    regularization: config.regularization,
    optimizer: config.optimizer,
    batchSize: Math.min(config.batchSize, train.length),
    trainCount: train.length,
    testCount: test.length,
    gridCount: all.length,
    seed: config.seed,
  });
  const target =
    config.loss === "bce"
      ? (point: PlanePoint) => (point.target > 0 ? 1 : 0)
      : (point: PlanePoint) => point.target;
  network.setTrain(featureRows(features, train), train.map(target));
  network.setTest(featureRows(features, test), test.map(target));
  network.setGrid(featureRows(features, all));
  if (config.parameters) restore(network, config.parameters);
  return network;
}

function restore(network: MlpProgram, parameters: Float32Array): void {
  let at = 0;
  for (const { name } of network.parameters) {
    const values = network.parameter(name);
    values.set(parameters.subarray(at, at + values.length));
    at += values.length;
  }
}

/** @throws Error in Korean when there is nothing to learn from. */
export function createPlaygroundTrainer(
  config: PlaygroundConfig,
): Trainer<PlaygroundLive, PlaygroundFrame, EditCommand> {
  return new PlaygroundTrainer(config);
}

class PlaygroundTrainer implements Trainer<PlaygroundLive, PlaygroundFrame, EditCommand> {
  readonly #config: PlaygroundConfig;
  readonly #network: MlpProgram;
  #live: PlaygroundLive = { learningRate: 0, regularizationRate: 0, gradients: false };

  constructor(config: PlaygroundConfig) {
    this.#config = config;
    this.#network = buildNetwork(config);
  }

  setLive(live: PlaygroundLive): void {
    this.#live = live;
  }

  command({ parameter, index, value }: EditCommand): void {
    const values = this.#network.parameter(parameter);
    if (index >= 0 && index < values.length && Number.isFinite(value)) values[index] = value;
  }

  advance(steps: number): number {
    return this.#config.train.length === 0 ? steps : this.#network.step(steps, this.#live);
  }

  divergence(): Divergence | undefined {
    return this.#network.nonFinite() ?? undefined;
  }

  frame(): { frame: PlaygroundFrame; transfer: ArrayBuffer[] } {
    const network = this.#network;
    const { trainLoss, testLoss } = network.evaluate();
    network.runGrid();
    const layers = [...this.#config.hidden, 1].map((_, i) => network.grid(i + 1).slice());
    const parameters = Float32Array.from(
      network.parameters.flatMap(({ name }) => [...network.parameter(name)]),
    );
    const { train, test } = this.#config;
    const classes = this.#config.outputActivation === "tanh" || this.#config.loss === "bce";
    const frame: PlaygroundFrame = {
      steps: (this.#config.steps ?? 0) + network.steps,
      trainLoss,
      testLoss,
      trainAccuracy: classes ? accuracy(network.trainOutputs, train) : undefined,
      testAccuracy: classes ? accuracy(network.testOutputs, test) : undefined,
      layers,
      parameters,
      gradientNorms: this.#live.gradients ? network.gradientNorms() : undefined,
    };
    return { frame, transfer: [...layers.map(({ buffer }) => buffer), parameters.buffer] as ArrayBuffer[] };
  }

  dispose(): void {
    this.#network.dispose();
  }
}

/** Share of points whose output has the sign of their class; an output of 0 is right for neither. */
function accuracy(outputs: Float32Array, points: readonly PlanePoint[]): number | undefined {
  if (points.length === 0) return undefined;
  return points.filter(({ target }, i) => outputs[i]! * target > 0).length / points.length;
}
