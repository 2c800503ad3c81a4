/** Tries the network that was put together: builds it, runs it forward with the clock, trains it a little. */
import { gradients } from "../../engine/gradient.ts";
import type { Tensor } from "../../engine/graph.ts";
import { advance, gather, window } from "../../engine/ops/gather.ts";
import { createProgram, type Entry, type Program } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { softmaxCrossEntropy } from "../../nn/losses.ts";
import { Noise } from "../../nn/noise.ts";
import { adam } from "../../nn/optimizers.ts";
import { type BuiltNetwork, batchShape, buildNetwork } from "./build.ts";
import { derive } from "./derive.ts";
import type { Layer } from "./layers.ts";
import { BATCH, exampleCounts } from "./limits.ts";
import { sizeOfValues, type ValueShape } from "./shapes.ts";
import { type SmallData, smallData } from "./small-data.ts";

export interface TrialConfig {
  readonly input: ValueShape;
  readonly layers: readonly Layer[];
  /** Without training, the network answers one example with the random weights it begins with. */
  readonly train: boolean;
  readonly seed: number;
}

export interface TrialFrame {
  readonly backend: Program["backend"];
  /** Parameters that were really built. */
  readonly parameters: number;
  /** Milliseconds: graph and machine code; random weights; one example forward. */
  readonly buildTime: number;
  readonly beginTime: number;
  readonly forwardTime: number;
  /** Numbers that the network gave for its example; what follows from them is the page's business. */
  readonly outputs: Float32Array;
  readonly example: Float32Array;
  readonly label: number;
  readonly training: TrainingReport | undefined;
}

export interface TrainingReport {
  readonly steps: number;
  /** Milliseconds of a step, on average. */
  readonly stepTime: number;
  readonly loss: number;
  /** Share of the test examples named rightly. */
  readonly accuracy: number;
  readonly trainCount: number;
  readonly testCount: number;
}

/** Training rests when it has come so far. */
export interface TrialLive {
  readonly limit: number;
}

const LEARNING_RATE = 0.003;
/** Milliseconds between two evaluations of the test examples. */
const EVALUATION_PACE = 400;

type TrainingPart = ReturnType<typeof trainingPart>;
type EntryName = "forward" | "step" | "evaluate";

/** @throws Error when the network does not fit into memory, or cannot be compiled. */
export function createTrial(config: TrialConfig): Trainer<TrialLive, TrialFrame> {
  return new Trial(config);
}

class Trial implements Trainer<TrialLive, TrialFrame> {
  readonly #network: BuiltNetwork;
  readonly #program: Program<EntryName>;
  readonly #data: { readonly train: SmallData; readonly test: SmallData };
  readonly #single: { readonly input: Tensor; readonly output: Tensor };
  readonly #training: TrainingPart | undefined;
  readonly #times: { readonly build: number; readonly begin: number; readonly forward: number };
  readonly #size: number;
  #limit = 0;
  #steps = 0;
  #trained = 0;
  #accuracy = 0;
  #evaluatedAt = -1;
  #evaluatedTime = Number.NEGATIVE_INFINITY;
  #failed: Divergence | undefined;

  constructor(config: TrialConfig) {
    const { input, layers, seed } = config;
    const started = performance.now();
    const network = buildNetwork(input, layers, !config.train);
    const { output: last } = derive(input, layers);
    this.#network = network;
    this.#size = sizeOfValues(input);
    const counts = exampleCounts(input, config.train);
    this.#data = smallData(input, last?.kind === "vector" ? last.size : 2, counts, seed);
    const single = network.graph.input("example", batchShape(1, input), typeOf(input));
    this.#single = { input: single, output: network.forward(single, { updates: new Map() }) };
    this.#training = config.train ? trainingPart(network, input, counts.train, seed) : undefined;
    const entries: Partial<Record<EntryName, Entry>> = { forward: { outputs: [this.#single.output] } };
    if (this.#training) Object.assign(entries, this.#training.entries);
    this.#program = createProgram(network.graph, entries as Record<EntryName, Entry>);
    const built = performance.now();
    network.parameters.initialize(this.#program, seed);
    const begun = performance.now();
    if (this.#training) this.#load(this.#training, seed);
    this.#program.write(single, this.#exampleOf(0));
    this.#times = { build: built - started, begin: begun - built, forward: this.#measure() };
  }

  setLive({ limit }: TrialLive): void {
    this.#limit = limit;
  }

  command(): void {}

  advance(steps: number): number {
    if (!this.#training) return steps;
    const allowed = Math.min(steps, this.#limit - this.#steps);
    if (allowed <= 0) return steps;
    const started = performance.now();
    const completed = this.#program.run("step", allowed);
    this.#trained += performance.now() - started;
    this.#steps += completed;
    if (completed === allowed) return steps;
    const node = this.#program.firstNonFinite("step");
    this.#failed = { step: this.#steps + 1, node: node ? this.#network.graph.nameOf(node) : "loss" };
    return 0;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: TrialFrame; transfer: ArrayBuffer[] } {
    this.#program.run("forward");
    const outputs = Float32Array.from(this.#program.view(this.#single.output));
    const example = this.#exampleOf(0).slice();
    const { build, begin, forward } = this.#times;
    return {
      frame: {
        backend: this.#program.backend,
        parameters: this.#network.parameters.count,
        ...{ buildTime: build, beginTime: begin, forwardTime: forward },
        ...{ outputs, example, label: this.#data.test.labels[0]! },
        training: this.#training && this.#report(this.#training),
      },
      transfer: [outputs.buffer, example.buffer],
    };
  }

  dispose(): void {}

  /** The shortest of a few runs. The first also waits for the browser's optimising compiler. */
  #measure(): number {
    let [best, total] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < 5 && (i < 2 || total < 600); i++) {
      const started = performance.now();
      this.#program.run("forward");
      const took = performance.now() - started;
      [best, total] = [Math.min(best, took), total + took];
    }
    return best;
  }

  #exampleOf(index: number): Float32Array {
    return this.#data.test.values.subarray(index * this.#size, (index + 1) * this.#size);
  }

  #load(training: TrainingPart, seed: number): void {
    this.#program.write(training.images, this.#data.train.values);
    this.#program.write(training.labels, this.#data.train.labels);
    this.#program.write(training.rate, [LEARNING_RATE]);
    const order = Int32Array.from({ length: this.#data.train.labels.length }, (_, i) => i);
    this.#program.write(training.order, new Random(seed).shuffle(order));
  }

  #report(training: TrainingPart): TrainingReport {
    const { labels } = this.#data.test;
    const due = performance.now() - this.#evaluatedTime > EVALUATION_PACE || this.#steps >= this.#limit;
    if (this.#evaluatedAt !== this.#steps && due) {
      this.#accuracy = this.#evaluate(training);
      this.#evaluatedAt = this.#steps;
      this.#evaluatedTime = performance.now();
    }
    return {
      steps: this.#steps,
      stepTime: this.#steps > 0 ? this.#trained / this.#steps : 0,
      loss: this.#program.view(training.loss)[0]!,
      accuracy: this.#accuracy,
      trainCount: this.#data.train.labels.length,
      testCount: labels.length,
    };
  }

  #evaluate(training: TrainingPart): number {
    const { values, labels } = this.#data.test;
    const target = this.#program.view(training.evaluated);
    const logits = this.#program.view(training.logits);
    const classes = training.logits.shape[1]!;
    let right = 0;
    for (let start = 0; start < labels.length; start += BATCH) {
      target.fill(0);
      target.set(values.subarray(start * this.#size, (start + BATCH) * this.#size));
      this.#program.run("evaluate");
      for (let i = 0; i < Math.min(BATCH, labels.length - start); i++) {
        const row = logits.subarray(i * classes, (i + 1) * classes);
        if (row.indexOf(Math.max(...row)) === labels[start + i]) right++;
      }
    }
    return right / labels.length;
  }
}

const typeOf = ({ kind }: ValueShape) => (kind === "tokens" ? "i32" : "f32");

/** Batches out of resident data, loss, and Adam; and batches to be evaluated. */
function trainingPart(network: BuiltNetwork, input: ValueShape, count: number, seed: number) {
  const { graph, parameters } = network;
  const images = graph.input("training examples", batchShape(count, input), typeOf(input));
  const labels = graph.input("training labels", [count], "i32");
  const rate = graph.input("learning rate", []);
  const order = graph.state("batch order", [count], 0, "i32");
  const cursor = graph.state("batch cursor", [], 0, "i32");
  const batch = window(order, cursor, BATCH);
  const noise = new Noise(graph, seed);
  const pass = { noise, updates: new Map<Tensor, Tensor>() };
  const given = network.forward(gather(images, batch), pass);
  const loss = graph.label(softmaxCrossEntropy(given, gather(labels, batch)), "loss");
  const updates = adam(graph, parameters.all, gradients(loss, parameters.all), rate);
  for (const [leaf, next] of [...pass.updates, ...noise.updates]) updates.set(leaf, next);
  updates.set(cursor, advance(cursor, BATCH, count));
  const evaluated = graph.input("evaluated examples", batchShape(BATCH, input), typeOf(input));
  const logits = network.forward(evaluated, { updates: new Map() });
  return {
    ...{ images, labels, rate, order, loss, evaluated, logits },
    entries: { step: { updates, guard: loss, outputs: [loss] }, evaluate: { outputs: [logits] } },
  };
}
