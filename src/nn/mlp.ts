/**
 * A fully connected network for points of a plane, with everything a widget asks of it in one program: training
 * steps on batches out of a resident dataset, losses, every layer over a grid, gradient sizes.
 */
import { gradients } from "../engine/gradient.ts";
import { Graph, type Tensor } from "../engine/graph.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { sqrt, square } from "../engine/ops/functions.ts";
import { advance, gather, window } from "../engine/ops/gather.ts";
import { sum } from "../engine/ops/reduce.ts";
import { createProgram, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { ACTIVATIONS, type ActivationName, type Dense, dense } from "./layers.ts";
import { binaryCrossEntropy, meanSquaredError, penalty, type Regularization } from "./losses.ts";
import { OPTIMIZERS, type OptimizerName } from "./optimizers.ts";
import { StepWatch } from "./watch.ts";

export interface MlpConfig {
  readonly inputs: number;
  /** Neurons of each hidden layer. */
  readonly hidden: readonly number[];
  readonly outputs: 1;
  readonly activation: ActivationName;
  /** Of the output layer. With the loss `bce` the output is the logit: use `linear`. */
  readonly outputActivation: "linear" | "tanh";
  /** `mse`: mean squared error. `bce`: binary cross-entropy, targets 0 and 1. */
  readonly loss: "mse" | "bce";
  readonly regularization: Regularization;
  readonly optimizer: OptimizerName;
  readonly batchSize: number;
  readonly trainCount: number;
  readonly testCount: number;
  readonly gridCount: number;
  readonly seed: number;
}

export interface StepOptions {
  readonly learningRate: number;
  readonly regularizationRate: number;
}

export interface LayerNorm {
  /** 1 is the first layer with weights, the last one the output layer. */
  readonly layer: number;
  /** √Σ(∂L/∂w)² over the layer's weights and biases, L the loss over all training data. */
  readonly norm: number;
}

export interface MlpProgram {
  readonly config: MlpConfig;
  readonly backend: Program["backend"];
  /** "weights1" [in, out], "bias1" [out], "weights2" … */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
  /** Training steps since `initialize`. */
  readonly steps: number;
  /** Indices of the training data in the order in which batches take them. */
  readonly batchOrder: Int32Array;
  /** Live values; may be written. @throws Error when there is no such parameter. */
  parameter(name: string): Float32Array;
  /** Points [trainCount, inputs] and targets [trainCount]. @throws RangeError when a size differs. */
  setTrain(points: ArrayLike<number>, targets: ArrayLike<number>): void;
  setTest(points: ArrayLike<number>, targets: ArrayLike<number>): void;
  /** Points [gridCount, inputs]. */
  setGrid(points: ArrayLike<number>): void;
  /** Trains; returns the steps completed, fewer than asked when a value was not finite. */
  step(times: number, options: StepOptions): number;
  /** Losses without the penalty. Also fills `trainOutputs` and `testOutputs`. */
  evaluate(): { trainLoss: number; testLoss: number };
  /** The network's output for each training point, as of the last `evaluate`. */
  readonly trainOutputs: Float32Array;
  readonly testOutputs: Float32Array;
  /** Computes all layers over the grid. */
  runGrid(): void;
  /** [gridCount, width] as of the last `runGrid`: layer 0 is the inputs, the last one the output. */
  grid(layer: number): Float32Array;
  gradientNorms(): LayerNorm[];
  /** Where training stopped being finite: the step, and the first node that was not. */
  nonFinite(): { step: number; node: string } | null;
  /** Fresh parameters and batch order from a seed; optimizer states and `steps` back to zero. */
  initialize(seed: number): void;
  /** The network from points to outputs as graph, with its present parameters: what the ONNX writer asks for. */
  readonly forward: {
    readonly inputs: { readonly points: Tensor };
    readonly outputs: { readonly output: Tensor };
    values(leaf: Tensor): ArrayLike<number>;
  };
  /** Lets the memory go; the program must not be used afterwards. */
  dispose(): void;
}

/** Passes over the training data, each in another order, until the batch order repeats. */
const SHUFFLED_PASSES = 16;

/** @throws Error when a size is not a positive whole number. */
export function createMlp(config: MlpConfig): MlpProgram {
  return new Mlp(config);
}

/** The graph of the network, and the leaves and nodes the program is asked for. */
function buildGraph(config: MlpConfig) {
  const { inputs, hidden, outputs, trainCount, testCount, gridCount, batchSize } = config;
  const graph = new Graph();
  const widths = [inputs, ...hidden, outputs];
  const layers = widths.slice(1).map((width, i): Dense => {
    const weights = graph.parameter(`weights${i + 1}`, [widths[i]!, width]);
    return { weights, bias: graph.parameter(`bias${i + 1}`, [width]) };
  });
  const points = (name: string, count: number) => ({
    x: graph.input(`${name} points`, [count, inputs]),
    targets: graph.input(`${name} targets`, [count, 1]),
  });
  const train = points("train", trainCount);
  const test = points("test", testCount);
  const grid = graph.input("grid points", [gridCount, inputs]);
  const order = graph.state("batch order", [trainCount * SHUFFLED_PASSES], 0, "i32");
  const cursor = graph.state("batch cursor", [], 0, "i32");
  const batch = window(order, cursor, batchSize);
  const forward = (x: Tensor) => forwardPass(config, layers, x);
  const lossOf = (x: Tensor, targets: Tensor) => lossFunction(config)(forward(x).at(-1)!, targets);
  const loss = graph.label(lossOf(gather(train.x, batch), gather(train.targets, batch)), "loss");
  const nextCursor = advance(cursor, batchSize, trainCount * SHUFFLED_PASSES);
  return {
    ...{ graph, layers, train, test, grid, order, cursor, nextCursor, loss },
    trainLoss: lossOf(train.x, train.targets),
    testLoss: lossOf(test.x, test.targets),
    trainOutputs: forward(train.x).at(-1)!,
    testOutputs: forward(test.x).at(-1)!,
    gridLayers: forward(grid),
    learningRate: graph.input("learning rate", []),
    regularizationRate: graph.input("regularization rate", []),
  };
}

/** Activations of every layer: the inputs first, the output last. Nodes are named after their layer. */
function forwardPass(config: MlpConfig, layers: readonly Dense[], x: Tensor): Tensor[] {
  const activations = [x];
  layers.forEach((layer, i) => {
    const isOutput = i === layers.length - 1;
    const sums = dense(activations.at(-1)!, layer);
    // Both the product and its sum with the bias: whichever overflows first, the layer is named.
    for (const node of [sums, ...sums.inputs]) if (!node.name) sums.graph.label(node, `z${i + 1}`);
    const { apply } = ACTIVATIONS[isOutput ? config.outputActivation : config.activation];
    const activation = apply(sums);
    if (activation !== sums) sums.graph.label(activation, `a${i + 1}`);
    activations.push(activation);
  });
  return activations;
}

const lossFunction = ({ loss }: MlpConfig) => (loss === "mse" ? meanSquaredError : binaryCrossEntropy);

type Network = ReturnType<typeof buildGraph>;
type EntryName = "step" | "evaluate" | "grid" | "norms";

function buildProgram(config: MlpConfig, network: Network): { program: Program<EntryName>; norms: Tensor[] } {
  const { graph, layers, loss, learningRate, regularizationRate } = network;
  const parameters = layers.flatMap(({ weights, bias }) => [weights, bias]);
  const weights = layers.map((layer) => layer.weights);
  const extra = penalty(config.regularization, weights, regularizationRate);
  const objective = extra ? add(loss, extra) : loss;
  const updates = OPTIMIZERS[config.optimizer](
    graph,
    parameters,
    gradients(objective, parameters),
    learningRate,
  );
  updates.set(network.cursor, network.nextCursor);
  const whole = gradients(network.trainLoss, parameters);
  const norms = layers.map((_, i) => sqrt(add(sum(square(whole[2 * i]!)), sum(square(whole[2 * i + 1]!)))));
  const { trainLoss, testLoss, trainOutputs, testOutputs } = network;
  const program = createProgram(graph, {
    step: { updates, guard: loss },
    evaluate: { outputs: [trainLoss, testLoss, trainOutputs, testOutputs], compact: true },
    grid: { outputs: network.gridLayers.slice(1), compact: true },
    norms: { outputs: norms, compact: true },
  });
  return { program, norms };
}

class Mlp implements MlpProgram {
  readonly config: MlpConfig;
  readonly parameters: MlpProgram["parameters"];
  readonly parameterCount: number;
  readonly #network: Network;
  #built: ReturnType<typeof buildProgram> | undefined;
  #trained: StepWatch<EntryName> | undefined;

  constructor(config: MlpConfig) {
    this.config = config;
    this.#network = buildGraph(config);
    const leaves = this.#network.layers.flatMap(({ weights, bias }) => [weights, bias]);
    this.parameters = leaves.map(({ name, shape }) => ({ name: name!, shape }));
    this.parameterCount = leaves.reduce((total, { shape }) => total + sizeOf(shape), 0);
    this.#built = buildProgram(config, this.#network);
    this.initialize(config.seed);
  }

  get #program(): Program<EntryName> {
    if (!this.#built) throw new Error("the network has been disposed of");
    return this.#built.program;
  }

  get #watch(): StepWatch<EntryName> {
    this.#trained ??= new StepWatch(this.#network.graph, this.#program, "step");
    return this.#trained;
  }

  get backend() {
    return this.#program.backend;
  }

  get steps() {
    return this.#watch.steps;
  }

  get batchOrder() {
    const view = this.#program.view(this.#network.order);
    if (view instanceof Int32Array) return view;
    throw new Error("the batch order holds integers");
  }

  get trainOutputs() {
    return this.#floats(this.#network.trainOutputs);
  }

  get testOutputs() {
    return this.#floats(this.#network.testOutputs);
  }

  parameter(name: string): Float32Array {
    return this.#floats(this.#network.graph.leaf(name));
  }

  setTrain(points: ArrayLike<number>, targets: ArrayLike<number>): void {
    this.#program.write(this.#network.train.x, points);
    this.#program.write(this.#network.train.targets, targets);
  }

  setTest(points: ArrayLike<number>, targets: ArrayLike<number>): void {
    this.#program.write(this.#network.test.x, points);
    this.#program.write(this.#network.test.targets, targets);
  }

  setGrid(points: ArrayLike<number>): void {
    this.#program.write(this.#network.grid, points);
  }

  step(times: number, { learningRate, regularizationRate }: StepOptions): number {
    const { learningRate: rate, regularizationRate: penaltyRate } = this.#network;
    this.#program.write(rate, [learningRate]);
    if (this.config.regularization !== "none") this.#program.write(penaltyRate, [regularizationRate]);
    return this.#watch.run(times);
  }

  evaluate(): { trainLoss: number; testLoss: number } {
    this.#program.run("evaluate");
    const { trainLoss, testLoss } = this.#network;
    return { trainLoss: this.#floats(trainLoss)[0]!, testLoss: this.#floats(testLoss)[0]! };
  }

  runGrid(): void {
    this.#program.run("grid");
  }

  grid(layer: number): Float32Array {
    const tensor = this.#network.gridLayers[layer];
    if (!tensor) throw new RangeError(`no layer ${layer}`);
    return this.#floats(tensor);
  }

  gradientNorms(): LayerNorm[] {
    this.#program.run("norms");
    return this.#built!.norms.map((norm, i) => ({ layer: i + 1, norm: this.#floats(norm)[0]! }));
  }

  nonFinite() {
    return this.#watch.nonFinite;
  }

  initialize(seed: number): void {
    const random = new Random(seed);
    const { layers, order, cursor, graph } = this.#network;
    layers.forEach(({ weights, bias }, i) => {
      const isOutput = i === layers.length - 1;
      const { initialiser } = ACTIVATIONS[isOutput ? this.config.outputActivation : this.config.activation];
      const [inputs, outputs] = weights.shape as [number, number];
      this.#program.write(weights, initialiser(inputs, outputs, random));
      this.#program.view(bias).fill(0);
    });
    this.#resetStates(graph);
    const pass = Int32Array.from({ length: this.config.trainCount }, (_, i) => i);
    const passes = this.#program.view(order);
    for (let i = 0; i < SHUFFLED_PASSES; i++) passes.set(random.shuffle(pass), i * pass.length);
    this.#program.write(cursor, [0]);
    this.#watch.reset();
  }

  get forward() {
    return {
      inputs: { points: this.#network.grid },
      outputs: { output: this.#network.gridLayers.at(-1)! },
      values: (leaf: Tensor) => this.#program.view(leaf),
    };
  }

  dispose(): void {
    this.#built?.program.dispose();
    this.#built = undefined;
    this.#trained = undefined;
  }

  #resetStates(graph: Graph): void {
    for (const leaf of graph.nodes) {
      if (leaf.operation.name === "state" && leaf.values) this.#program.write(leaf, leaf.values);
    }
  }

  #floats(tensor: Tensor): Float32Array {
    const view = this.#program.view(tensor);
    if (view instanceof Float32Array) return view;
    throw new Error(`${tensor.name} holds integers`);
  }
}
