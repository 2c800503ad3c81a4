/** The translator of numbers: digits → Korean reading and back, one encoder–decoder for both ways. */
import { drawNumber, READING_SYLLABLES, readNumber, readNumberFreely } from "../data/number-reading.ts";
import { gradients } from "../engine/gradient.ts";
import { Graph, type Tensor } from "../engine/graph.ts";
import { createProgram, type Entry, type Program } from "../engine/program.ts";
import { Random } from "../engine/random.ts";
import { clipByNorm } from "../nn/clipping.ts";
import {
  decodeGiven,
  decodeStep,
  type Encoded,
  type EncoderDecoderConfig,
  encoderDecoderWeights,
  encodeSource,
  translationLoss,
} from "../nn/encoder-decoder.ts";
import { adam, type Updates } from "../nn/optimizers.ts";
import { Parameters } from "../nn/parameters.ts";
import { type NonFinite, StepWatch } from "../nn/watch.ts";

export type Direction = "read" | "write";

/** A source and the target it is to become. */
export interface NumberPair {
  readonly value: number;
  readonly direction: Direction;
  readonly source: string;
  readonly target: string;
}

const PADDING = 0;
/** Begins and ends every target, and ends every source. */
export const END = 1;
/** By token number; padding and end have no text. */
export const SYMBOLS: readonly string[] = ["", "", ..."0123456789", ...READING_SYLLABLES];
/** The longest reading has 15 syllables; with its end 16 tokens. */
export const LONGEST = 16;
const LONGEST_GRADIENT = 1;
const BATCH = 64;
/** Sequences translated at once. */
export const ROWS = 50;

export const NETWORKS = {
  attention: { embedding: 16, encoder: 48, decoder: 96, attention: 48 },
  /** Wider, so that it has about as many parameters. */
  plain: { embedding: 16, encoder: 60, decoder: 120, attention: 0 },
} as const satisfies Readonly<Record<string, Partial<EncoderDecoderConfig>>>;
export type NumberNetworkKind = keyof typeof NETWORKS;

/** Names of the shipped files. */
export const TRANSLATOR_FILES: Readonly<Record<NumberNetworkKind, string>> = {
  attention: "number-translator",
  plain: "number-translator-plain",
};
/** Numbers of digits the shipped networks were trained on. */
export const TRAINED_DIGITS = [1, 2, 3, 4, 5, 6] as const;
/** Numbers of digits that are asked: also longer ones. One digit is never held out. */
export const LENGTHS = [2, 3, 4, 5, 6, 7, 8] as const;

/** Every tenth number of two digits and more is kept back from training. */
export const isHeldOut = (value: number): boolean =>
  value > 9 && Math.imul(value + 1, 0x9e3779b1) >>> 0 < 2 ** 32 / 10;

/** `read`: 2026 → 이천이십육. `write`: the other way, from readings with 일 said or left out. */
export function pairOf(value: number, direction: Direction, random?: Random): NumberPair {
  const digits = String(value);
  if (direction === "read") return { value, direction, source: digits, target: readNumber(value) };
  const reading = random ? readNumberFreely(value, random) : readNumber(value);
  return { value, direction, source: reading, target: digits };
}

/** A number of `digits` digits that is held out, or that is not. */
export function drawHeld(digits: number, held: boolean, random: Random): number {
  for (;;) {
    const value = drawNumber(digits, random);
    if (isHeldOut(value) === held) return value;
  }
}

export interface Translation {
  readonly output: string;
  /** For each token of the output and its end: the probability it was chosen with. */
  readonly probabilities: readonly number[];
  /** For each of them, what was taken from each source token and its end; empty without attention. */
  readonly attention: readonly Float32Array[];
}

type EntryName = "step" | "encode" | "next";

export class NumberNetwork {
  readonly kind: NumberNetworkKind;
  readonly parameterCount: number;
  readonly #built: ReturnType<typeof buildGraph>;
  readonly #program: Program<EntryName>;
  readonly #watch: StepWatch<EntryName>;

  /** @param batch pairs of a training step. */
  constructor(kind: NumberNetworkKind, seed: number, batch = BATCH) {
    this.kind = kind;
    this.#built = buildGraph(kind, batch);
    const { graph, entries, parameters } = this.#built;
    this.parameterCount = parameters.count;
    this.#program = createProgram(graph, entries);
    this.#watch = new StepWatch(graph, this.#program, "step");
    parameters.initialize(this.#program, seed);
  }

  get steps(): number {
    return this.#watch.steps;
  }

  get nonFinite(): NonFinite | null {
    return this.#watch.nonFinite;
  }

  /** One step on as many pairs as the batch has; returns its loss in nats a token, `undefined` when not finite. */
  train(pairs: readonly NumberPair[], learningRate: number): number | undefined {
    const { source, given, targets, rate, loss } = this.#built;
    this.#program.write(source, tokensOf(pairs.map((pair) => pair.source)));
    const rows = pairs.map(({ target }) => target);
    this.#program.write(given, tokensOf(rows, [END], []));
    this.#program.write(targets, tokensOf(rows));
    this.#program.write(rate, [learningRate]);
    if (this.#watch.run(1) < 1) return undefined;
    return this.#program.view(loss)[0]!;
  }

  /** The likeliest token at every step, up to 50 sources at once. @throws RangeError for unknown symbols. */
  translate(sources: readonly string[]): Translation[] {
    const { ask, next } = this.#built;
    if (sources.length > ROWS) throw new RangeError(`${sources.length} sources, at most ${ROWS}`);
    const filled = [...sources, ...new Array<string>(ROWS - sources.length).fill("")];
    this.#program.write(ask, tokensOf(filled));
    this.#program.run("encode");
    const found = sources.map((source) => ({
      ...{ length: source.length + 1, output: "", open: true },
      ...{ probabilities: [] as number[], attention: [] as Float32Array[] },
    }));
    const tokens = new Int32Array(ROWS).fill(END);
    for (let t = 0; t < LONGEST && found.some(({ open }) => open); t++) {
      this.#program.write(next.token, tokens);
      this.#program.run("next");
      const logits = this.#program.view(next.logits);
      const weights = next.weights && this.#program.view(next.weights);
      found.forEach((row, i) => {
        if (!row.open) return;
        const { token, probability } = likeliest(
          logits.subarray(i * SYMBOLS.length, (i + 1) * SYMBOLS.length),
        );
        tokens[i] = token;
        row.probabilities.push(probability);
        if (weights)
          row.attention.push(Float32Array.from(weights.subarray(i * LONGEST, i * LONGEST + row.length)));
        if (token === END) row.open = false;
        else row.output += SYMBOLS[token];
      });
    }
    return found.map(({ output, probabilities, attention }) => ({ output, probabilities, attention }));
  }

  /** Share of pairs whose translation is the target, to the last symbol. */
  accuracy(pairs: readonly NumberPair[]): number {
    let right = 0;
    for (let start = 0; start < pairs.length; start += ROWS) {
      const part = pairs.slice(start, start + ROWS);
      const outputs = this.translate(part.map(({ source }) => source));
      right += part.filter(({ target }, i) => outputs[i]!.output === target).length;
    }
    return right / pairs.length;
  }

  /** Present values by parameter. */
  weights(): Map<string, Float32Array> {
    const { parameters } = this.#built;
    return new Map(parameters.all.map((leaf) => [leaf.name!, Float32Array.from(this.#program.view(leaf))]));
  }

  /** @throws RangeError when a parameter is missing or has another size. */
  setWeights(weights: ReadonlyMap<string, ArrayLike<number>>): void {
    for (const leaf of this.#built.parameters.all) {
      const values = weights.get(leaf.name!);
      if (!values) throw new RangeError(`no values for ${leaf.name}`);
      this.#program.write(leaf, values);
    }
  }

  /** Source and given target tokens → logits and attention, as graph: what the ONNX writer asks for. */
  get forward() {
    return forwardGraph(this.#built, this.#program);
  }
}

/** Pairs as fresh as each step wants them: both ways in turn, every number of digits equally often, none held out. */
export function drawPairs(count: number, digits: readonly number[], random: Random): NumberPair[] {
  return Array.from({ length: count }, (_, i) => {
    const value = drawHeld(digits[random.below(digits.length)]!, false, random);
    return pairOf(value, i % 2 === 0 ? "read" : "write", random);
  });
}

/** Held-out pairs of one length, all different where there are so many. */
export function heldOutPairs(
  digits: number,
  direction: Direction,
  count: number,
  seed: number,
): NumberPair[] {
  const random = new Random(seed);
  const values = new Set<number>();
  for (let tries = 0; values.size < count && tries < 20 * count; tries++) {
    values.add(drawHeld(digits, true, random));
  }
  return [...values].map((value) => pairOf(value, direction, random));
}

/** Rows of token numbers, each filled up to 16. */
export function tokensOf(
  rows: readonly string[],
  before: readonly number[] = [],
  after: readonly number[] = [END],
): Int32Array {
  const tokens = new Int32Array(rows.length * LONGEST).fill(PADDING);
  rows.forEach((text, i) => {
    const own = [...before, ...Array.from(text, numberOf), ...after].slice(0, LONGEST);
    tokens.set(own, i * LONGEST);
  });
  return tokens;
}

function numberOf(symbol: string): number {
  const found = SYMBOLS.indexOf(symbol);
  if (found < 2) throw new RangeError(`“${symbol}” is no symbol of the translator`);
  return found;
}

/** Text of token numbers up to their end. */
export function textOfTokens(tokens: ArrayLike<number>): string {
  const list = Array.from(tokens);
  const end = list.findIndex((token) => token === END || token === PADDING);
  return (end < 0 ? list : list.slice(0, end)).map((token) => SYMBOLS[token]!).join("");
}

function likeliest(logits: ArrayLike<number>): { token: number; probability: number } {
  let token = END;
  for (let i = END; i < logits.length; i++) if (logits[i]! > logits[token]!) token = i;
  let total = 0;
  for (let i = END; i < logits.length; i++) total += Math.exp(logits[i]! - logits[token]!);
  return { token, probability: 1 / total };
}

function buildGraph(kind: NumberNetworkKind, batch: number) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const own = encoderDecoderWeights(parameters, {
    ...NETWORKS[kind],
    vocabulary: SYMBOLS.length,
    padding: PADDING,
  });
  const source = graph.input("training source", [batch, LONGEST], "i32");
  const given = graph.input("training given", [batch, LONGEST], "i32");
  const targets = graph.input("training targets", [batch, LONGEST], "i32");
  const rate = graph.input("learning rate", []);
  const loss = graph.label(
    translationLoss(decodeGiven(given, encodeSource(source, own), own).logits, targets, PADDING),
    "loss",
  );
  const slopes = clipByNorm(gradients(loss, parameters.all), LONGEST_GRADIENT);
  const updates = adam(graph, parameters.all, slopes, rate);
  const ask = graph.input("ask", [ROWS, LONGEST], "i32");
  const carried = carriedEncoding(graph, encodeSource(ask, own));
  const next = buildNext(graph, carried.encoded, own);
  const entries: Record<EntryName, Entry> = {
    step: { updates, guard: loss, outputs: [loss] },
    encode: { updates: new Map([...carried.updates, [next.state, carried.start]]), compact: true },
    next: {
      outputs: [next.logits, ...(next.weights ? [next.weights] : [])],
      updates: next.updates,
      compact: true,
    },
  };
  return { graph, parameters, own, source, given, targets, rate, loss, ask, next, entries };
}

/** What the encoder found, kept from run to run while the target is written. */
function carriedEncoding(graph: Graph, fresh: Encoded) {
  const updates: Updates = new Map();
  const keep = (name: string, tensor: Tensor) => {
    const state = graph.state(`carried ${name}`, tensor.shape);
    updates.set(state, tensor);
    return state;
  };
  const encoded: Encoded = {
    states: keep("states", fresh.states),
    keys: fresh.keys && keep("keys", fresh.keys),
    mask: keep("mask", fresh.mask),
    start: fresh.start,
  };
  return { encoded, updates, start: fresh.start };
}

function buildNext(graph: Graph, encoded: Encoded, own: ReturnType<typeof encoderDecoderWeights>) {
  const token = graph.input("token", [ROWS], "i32");
  const state = graph.state("carried state", encoded.start.shape);
  const step = decodeStep(token, state, encoded, own);
  const updates: Updates = new Map([[state, step.state]]);
  return { token, state, logits: step.logits, weights: step.weights, updates };
}

function forwardGraph({ graph, own }: ReturnType<typeof buildGraph>, program: Program<EntryName>) {
  // Two, because a graph for one sequence cannot be told from one without a batch.
  const source = graph.input("source", [2, LONGEST], "i32");
  const given = graph.input("given", [2, LONGEST], "i32");
  const { logits, weights } = decodeGiven(given, encodeSource(source, own), own);
  return {
    inputs: { source, given },
    outputs: { logits, ...(weights ? { attention: weights } : {}) },
    values: (leaf: Tensor) => program.view(leaf),
  };
}
