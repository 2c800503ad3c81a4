/** A recurrent network that spells words symbol by symbol: trained on a list, it makes up further ones. */
import { symbolsOf, type WordUnit } from "../data/words.ts";
import { gradients } from "../engine/gradient.ts";
import { Graph, type Tensor } from "../engine/graph.ts";
import { gather } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { createProgram, type Entry, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import { clipByNorm } from "../nn/clipping.ts";
import { denseLayer, embedding } from "../nn/layers.ts";
import { maskedCrossEntropy } from "../nn/losses.ts";
import { Noise } from "../nn/noise.ts";
import { adam, type Updates } from "../nn/optimizers.ts";
import { Parameters } from "../nn/parameters.ts";
import { type CellName, type CellState, cellWeights, recurrentStep, unroll } from "../nn/recurrent.ts";
import { drawFrom, samplingDistribution } from "../nn/sampling.ts";
import { type NonFinite, StepWatch } from "../nn/watch.ts";

export interface WordNetworkConfig {
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly unit: WordUnit;
  readonly cell: CellName;
  readonly units: number;
  readonly seed: number;
}

/** Words made up at a time. */
export const MADE_AT_ONCE = 100;
const EMBEDDING = 24;
const BATCH = 32;
const LONGEST_GRADIENT = 1;
/** Begins and ends every word. */
const END = 0;
/** Fills what is behind a word's end; it is not learned. */
const NOTHING = -1;

type EntryName = "step" | "evaluate" | "next";

export class WordNetwork {
  /** Symbols by their number; number 0 is the end of a word and has none. */
  readonly symbols: readonly string[];
  readonly parameterCount: number;
  readonly #built: ReturnType<typeof buildGraph>;
  readonly #program: Program<EntryName>;
  readonly #watch: StepWatch<EntryName>;
  /** Longest word, its end included. */
  readonly #time: number;

  constructor(config: WordNetworkConfig) {
    const { train, test, unit } = config;
    const words = [...train, ...test];
    this.symbols = ["", ...new Set(words.flatMap((word) => symbolsOf(word, unit)))].sort();
    this.#time = 1 + Math.max(...words.map((word) => symbolsOf(word, unit).length));
    this.#built = buildGraph(config, this.symbols.length, this.#time);
    const { graph, parameters, entries, data } = this.#built;
    this.parameterCount = parameters.count;
    this.#program = createProgram(graph, entries);
    this.#watch = new StepWatch(graph, this.#program, "step");
    parameters.initialize(this.#program, config.seed);
    for (const [own, list] of [
      [data.train, train],
      [data.test, test],
    ] as const) {
      const rows = list.map((word) => this.#numbersOf(word, unit));
      this.#program.write(
        own.inputs,
        rows.flatMap(({ inputs }) => inputs),
      );
      this.#program.write(
        own.labels,
        rows.flatMap(({ labels }) => labels),
      );
    }
  }

  get steps(): number {
    return this.#watch.steps;
  }

  get nonFinite(): NonFinite | null {
    return this.#watch.nonFinite;
  }

  /** Trains; returns the steps completed. */
  train(steps: number, learningRate: number): number {
    this.#program.write(this.#built.learningRate, [learningRate]);
    return this.#watch.run(steps);
  }

  /** Mean loss of one symbol, in nats: over the words learned from, and over those kept back. */
  evaluate(): { trainLoss: number; testLoss: number } {
    this.#program.run("evaluate");
    const { trainLoss, testLoss } = this.#built;
    return { trainLoss: this.#program.view(trainLoss)[0]!, testLoss: this.#program.view(testLoss)[0]! };
  }

  /** Makes up 100 words, each as its symbols; a word that does not end is cut off. */
  makeWords(temperature: number, random: Random): string[][] {
    this.#restart();
    const words: string[][] = Array.from({ length: MADE_AT_ONCE }, () => []);
    const tokens = new Int32Array(MADE_AT_ONCE).fill(END);
    const open = new Set(words.keys());
    for (let at = 0; at < this.#time && open.size > 0; at++) {
      const logits = this.#next(tokens);
      for (const word of open) {
        const own = logits.subarray(word * this.symbols.length, (word + 1) * this.symbols.length);
        const token = drawFrom(samplingDistribution(own, { temperature }), random);
        tokens[word] = token;
        if (token === END) open.delete(word);
        else words[word]!.push(this.symbols[token]!);
      }
    }
    return words;
  }

  /** Logits of what follows a beginning; `undefined` when it holds a symbol that was never seen. */
  logitsAfter(symbols: readonly string[]): Float32Array | undefined {
    const numbers = symbols.map((symbol) => this.symbols.indexOf(symbol));
    if (numbers.includes(-1)) return undefined;
    this.#restart();
    const tokens = new Int32Array(MADE_AT_ONCE).fill(END);
    let logits = this.#next(tokens);
    for (const number of numbers) logits = this.#next(tokens.fill(number));
    return logits.slice(0, this.symbols.length);
  }

  /** Everything training changes. */
  memory(): Float32Array[] {
    return this.#kept().map((leaf) => Float32Array.from(this.#program.view(leaf)));
  }

  restore(memory: readonly Float32Array[]): void {
    this.#kept().forEach((leaf, i) => {
      this.#program.write(leaf, memory[i]!);
    });
  }

  #kept(): Tensor[] {
    return this.#built.graph.nodes.filter(
      ({ operation }) => operation.name === "parameter" || operation.name === "state",
    );
  }

  #restart(): void {
    for (const state of this.#built.carried) this.#program.view(state).fill(0);
  }

  #next(tokens: Int32Array): Float32Array {
    this.#program.write(this.#built.tokens, tokens);
    this.#program.run("next");
    return this.#program.view(this.#built.logits) as Float32Array;
  }

  #numbersOf(word: string, unit: WordUnit): { inputs: number[]; labels: number[] } {
    const numbers = symbolsOf(word, unit).map((symbol) => this.symbols.indexOf(symbol));
    const filled = (values: readonly number[], filler: number) => [
      ...values,
      ...Array.from({ length: this.#time - values.length }, () => filler),
    ];
    return { inputs: filled([END, ...numbers], END), labels: filled([...numbers, END], NOTHING) };
  }
}

function buildGraph(config: WordNetworkConfig, vocabulary: number, time: number) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const read = embedding(parameters, "symbols", vocabulary, EMBEDDING);
  const cell = cellWeights(parameters, "cell", { kind: config.cell, inputs: EMBEDDING, units: config.units });
  const output = denseLayer(parameters, "output", { inputs: config.units, outputs: vocabulary });
  const noise = new Noise(graph, config.seed);
  const learningRate = graph.input("learning rate", []);
  const lossOf = (inputs: Tensor, labels: Tensor) => {
    const [batch] = inputs.shape as [number, number];
    const { outputs } = unroll(read(inputs), cell);
    const logits = reshape(output(outputs), [batch * time, vocabulary]);
    return maskedCrossEntropy(logits, reshape(labels, [batch * time]), NOTHING);
  };
  const table = (name: string, words: readonly string[]) => ({
    inputs: graph.input(`${name} inputs`, [words.length, time], "i32"),
    labels: graph.input(`${name} labels`, [words.length, time], "i32"),
  });
  const data = { train: table("train", config.train), test: table("test", config.test) };
  const picked = noise.indices([Math.min(BATCH, config.train.length)], config.train.length);
  const loss = graph.label(
    lossOf(gather(data.train.inputs, picked), gather(data.train.labels, picked)),
    "loss",
  );
  const slopes = clipByNorm(gradients(loss, parameters.all), LONGEST_GRADIENT);
  const updates: Updates = new Map([...adam(graph, parameters.all, slopes, learningRate), ...noise.updates]);
  const [trainLoss, testLoss] = [data.train, data.test].map(({ inputs, labels }) =>
    lossOf(inputs, labels),
  ) as [Tensor, Tensor];
  const spelling = buildSpelling(graph, config, cell, read, output);
  const entries: Record<EntryName, Entry> = {
    step: { updates, guard: loss },
    evaluate: { outputs: [trainLoss, testLoss], compact: true },
    next: spelling.entry,
  };
  return { graph, parameters, data, learningRate, trainLoss, testLoss, entries, ...spelling };
}

/** One symbol further for many words at once: the cell's state is carried from run to run. */
function buildSpelling(
  graph: Graph,
  { cell: kind, units }: WordNetworkConfig,
  cell: ReturnType<typeof cellWeights>,
  read: (tokens: Tensor) => Tensor,
  output: (x: Tensor) => Tensor,
) {
  const tokens = graph.input("tokens", [MADE_AT_ONCE], "i32");
  const carry = (name: string) => graph.state(`carried ${name}`, [MADE_AT_ONCE, units]);
  const before: CellState = {
    output: carry("output"),
    memory: kind === "lstm" ? carry("memory") : undefined,
  };
  const after = recurrentStep(read(tokens), before, cell);
  const logits = output(after.output);
  const updates: Updates = new Map([[before.output, after.output]]);
  if (before.memory && after.memory) updates.set(before.memory, after.memory);
  return { tokens, logits, carried: [...updates.keys()], entry: { outputs: [logits], updates } };
}

/** Every tenth word, drawn at random, is kept back. */
export function splitWords(words: readonly string[], seed: number): { train: string[]; test: string[] } {
  const order = new Random(seed).shuffle(Int32Array.from(words, (_, i) => i));
  const kept = Math.max(1, Math.round(words.length / 10));
  const shuffled = Array.from(order, (i) => words[i]!);
  return { test: shuffled.slice(0, kept), train: shuffled.slice(kept) };
}
