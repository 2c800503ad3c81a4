/** A recurrent network that must recall the first symbol it read after so many distractors. */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { multiply } from "../../engine/ops/arithmetic.ts";
import { addIndices } from "../../engine/ops/conversion.ts";
import { oneHot } from "../../engine/ops/gather.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { sum } from "../../engine/ops/reduce.ts";
import { concat } from "../../engine/ops/slice.ts";
import { createProgram, type Entry, type Program } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import { clipByNorm } from "../../nn/clipping.ts";
import type { Initialiser } from "../../nn/initialisers.ts";
import { denseLayer } from "../../nn/layers.ts";
import { softmaxCrossEntropy } from "../../nn/losses.ts";
import { Noise } from "../../nn/noise.ts";
import { adam, type Updates } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";
import { type CellName, type CellStep, cellWeights, type GateName, unroll } from "../../nn/recurrent.ts";
import { type NonFinite, StepWatch } from "../../nn/watch.ts";

/** Symbols to be recalled, and as many that only distract. */
export const LETTERS = 4;
export const SYMBOLS = 2 * LETTERS;
const BATCH = 32;
/** Sequences the accuracy is measured on. */
export const TESTED = 200;
/** Longest gradient with clipping. */
export const LONGEST_GRADIENT = 1;

export interface MemoryConfig {
  readonly cell: CellName;
  /** Steps between the symbol and the answer: 1 + this many symbols are read. */
  readonly distance: number;
  readonly units: number;
  readonly clipping: boolean;
  /** How the recurrent weights begin: `small` uniform in ±1/√units, as is common, or `orthogonal`. */
  readonly start: "small" | "orthogonal";
  /** Bias at which the gate that keeps the past begins; the plain cell has none. */
  readonly keeping: number;
  readonly seed: number;
}

/** What a step holds, one number for each unit: the state, the gates, the LSTM's memory. */
export type PartName = GateName | "state" | "memory";

/** In the order in which they are computed. */
export const PARTS: Readonly<Record<CellName, readonly PartName[]>> = {
  rnn: ["state"],
  gru: ["reset", "keep", "candidate", "state"],
  lstm: ["enter", "forget", "candidate", "leave", "memory", "state"],
};

/** What happened to one sequence. */
export interface Trace {
  /** Every part of every step: [step, part, unit], parts as in `PARTS`. */
  readonly values: Float32Array;
  /**
   * Length of ∂logit/∂state after each step, of the logit of the symbol that was to be recalled: of h, or of the LSTM's
   * memory c, through which everything later depends on the past.
   */
  readonly slopes: Float32Array;
  /** Probabilities of the answer, [letters]. */
  readonly answer: Float32Array;
}

type EntryName = "step" | "test" | "look";

export class MemoryNetwork {
  readonly config: MemoryConfig;
  readonly parameterCount: number;
  readonly #built: ReturnType<typeof buildGraph>;
  readonly #program: Program<EntryName>;
  readonly #watch: StepWatch<EntryName>;
  readonly #answers: Int32Array;

  constructor(config: MemoryConfig) {
    this.config = config;
    this.#built = buildGraph(config);
    const { graph, entries, parameters, test } = this.#built;
    this.parameterCount = parameters.count;
    this.#program = createProgram(graph, entries);
    this.#watch = new StepWatch(graph, this.#program, "step");
    parameters.initialize(this.#program, config.seed);
    const random = new Random(config.seed + 1_000_003);
    const rows = Array.from({ length: TESTED }, () => drawSequence(config.distance, random));
    this.#answers = Int32Array.from(rows, (row) => row[0]!);
    this.#program.write(test.tokens, rows.flat());
  }

  get steps(): number {
    return this.#watch.steps;
  }

  get nonFinite(): NonFinite | null {
    return this.#watch.nonFinite;
  }

  /** Trains; returns the steps completed. */
  train(steps: number, learningRate: number): number {
    this.#program.write(this.#built.rate, [learningRate]);
    return this.#watch.run(steps);
  }

  /** Share of the test sequences recalled rightly. */
  accuracy(): number {
    this.#program.run("test");
    const logits = this.#program.view(this.#built.test.logits);
    let right = 0;
    this.#answers.forEach((answer, i) => {
      const row = Array.from(logits.subarray(i * LETTERS, (i + 1) * LETTERS));
      if (row.indexOf(Math.max(...row)) === answer) right++;
    });
    return right / this.#answers.length;
  }

  /** Reads one sequence of 1 + distance symbols. */
  look(tokens: ArrayLike<number>): Trace {
    const { look } = this.#built;
    this.#program.write(look.tokens, tokens);
    this.#program.write(
      look.asked,
      Array.from({ length: LETTERS }, (_, letter) => (letter === tokens[0] ? 1 : 0)),
    );
    this.#program.run("look");
    const { units } = this.config;
    const slopes = Array.from(this.#program.view(look.slopes));
    return {
      values: Float32Array.from(this.#program.view(look.values)),
      slopes: Float32Array.from({ length: slopes.length / units }, (_, step) =>
        Math.hypot(...slopes.slice(step * units, (step + 1) * units)),
      ),
      answer: softmaxOf(this.#program.view(look.logits)),
    };
  }

  /** Present values by parameter name. */
  weights(): Record<string, Float32Array> {
    const entries = this.#built.parameters.all.map((leaf) => [
      leaf.name!,
      Float32Array.from(this.#program.view(leaf)),
    ]);
    return Object.fromEntries(entries) as Record<string, Float32Array>;
  }
}

/** A symbol to be recalled and distractors behind it. */
export function drawSequence(distance: number, random: Random): number[] {
  return [
    random.below(LETTERS),
    ...Array.from({ length: distance }, () => LETTERS + random.below(SYMBOLS - LETTERS)),
  ];
}

/** Their spectral radius is about 1/√3, so that a signal shrinks from step to step. */
const small: Initialiser = (inputs, outputs, random, count = inputs * outputs) =>
  Float32Array.from({ length: count }, () => random.uniform(-1, 1) / Math.sqrt(inputs));

function softmaxOf(logits: ArrayLike<number>): Float32Array {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = powers.reduce((a, b) => a + b);
  return Float32Array.from(powers, (power) => power / total);
}

function buildGraph({ cell: kind, distance, units, clipping, start, keeping, seed }: MemoryConfig) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const cell = cellWeights(parameters, "cell", {
    ...{ kind, inputs: SYMBOLS, units },
    ...(start === "small" ? { recurrent: small } : {}),
    keeping,
  });
  const output = denseLayer(parameters, "output", { inputs: units, outputs: LETTERS });
  const run = (inputs: Tensor) => {
    const { state, steps } = unroll(inputs, cell);
    return { logits: output(state.output), steps };
  };
  const rate = graph.input("learning rate", []);
  const noise = new Noise(graph, seed);
  const drawn = drawBatch(graph, noise, distance);
  const loss = graph.label(softmaxCrossEntropy(run(drawn.inputs).logits, drawn.labels), "loss");
  const raw = gradients(loss, parameters.all);
  const slopes = clipping ? clipByNorm(raw, LONGEST_GRADIENT) : raw;
  const updates: Updates = new Map([...adam(graph, parameters.all, slopes, rate), ...noise.updates]);
  const tokens = graph.input("test tokens", [TESTED, distance + 1], "i32");
  const { logits } = run(oneHot(tokens, SYMBOLS));
  const look = buildLook(graph, distance, kind, run);
  const entries: Record<EntryName, Entry> = {
    step: { updates, guard: loss },
    test: { outputs: [logits], compact: true },
    look: { outputs: [look.values, look.slopes, look.logits], compact: true },
  };
  return { graph, parameters, rate, entries, look, test: { tokens, logits } };
}

/** A fresh batch in every step: symbols to be recalled, [batch], and one-hot sequences, [batch, time, symbols]. */
function drawBatch(graph: Graph, noise: Noise, distance: number) {
  const labels = noise.indices([BATCH], LETTERS);
  const rest = noise.indices([BATCH, distance], SYMBOLS - LETTERS);
  const distractors = addIndices(rest, graph.constant([LETTERS], [1, 1], "i32"));
  const first = reshape(oneHot(labels, SYMBOLS), [BATCH, 1, SYMBOLS]);
  return { labels, inputs: concat([first, oneHot(distractors, SYMBOLS)], 1) };
}

/** One sequence with every part of every step, and how the answer depends on the state after each. */
function buildLook(
  graph: Graph,
  distance: number,
  kind: CellName,
  run: (inputs: Tensor) => { logits: Tensor; steps: readonly CellStep[] },
) {
  const tokens = graph.input("seen tokens", [1, distance + 1], "i32");
  const asked = graph.input("asked", [1, LETTERS]);
  const { logits, steps } = run(oneHot(tokens, SYMBOLS));
  const values = concat(
    steps.map((step) =>
      concat(
        PARTS[kind].map((part) => partOf(step, part)),
        1,
      ),
    ),
    0,
  );
  const states = steps.map((step) => step.memory ?? step.output);
  const slopes = concat(gradients(sum(multiply(logits, asked)), states), 0);
  return { tokens, asked, logits, values, slopes };
}

function partOf(step: CellStep, part: PartName): Tensor {
  const tensor = part === "state" ? step.output : part === "memory" ? step.memory : step.gates[part];
  if (!tensor) throw new Error(`this cell has no ${part}`);
  return tensor;
}
