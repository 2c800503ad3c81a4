/**
 * The small Korean GPT of `public/models/story-gpt.onnx` on our own engine: its weights out of the file, its graph out
 * of `nn/gpt.ts`, with every part of every attention head to look at. For workers.
 */
import { StoryTokens } from "../data/story-tokens.ts";
import { Graph, type Tensor } from "../engine/graph.ts";
import { createProgram, type Program } from "../engine/program.ts";
import type { AttentionResult } from "../nn/attention.ts";
import { gptLogits, gptWeights } from "../nn/gpt.ts";
import { Parameters } from "../nn/parameters.ts";
import { type NamedValues, readParameters } from "../onnx/parameters.ts";
import { damaged, type FetchOptions, fetchCard, fetchFile } from "./fetch.ts";
import { parseStoryGptCard, type StoryGptCard } from "./story-gpt-card.ts";

export const STORY_GPT_ID = "story-gpt";

/** Row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** One head of one layer, in the order of computation; n tokens, d = width/heads. */
export interface InspectedHead {
  /** [n, d] each. */
  readonly queries: Matrix;
  readonly keys: Matrix;
  readonly values: Matrix;
  /** queries · keysᵀ, [n, n]. */
  readonly products: Matrix;
  /** products / √d, [n, n]. */
  readonly scores: Matrix;
  /** scores, −∞ where a later token would be seen, [n, n]. */
  readonly masked: Matrix;
  /** Softmax of each row of `masked`, [n, n]. */
  readonly weights: Matrix;
  /** weights · values, [n, d]. */
  readonly mixed: Matrix;
}

export interface InspectedLayer {
  readonly heads: readonly InspectedHead[];
  /** What the layer's attention adds to the stream: the heads side by side times the output weights, [n, width]. */
  readonly output: Matrix;
}

export interface Inspection {
  readonly layers: readonly InspectedLayer[];
  /** Of the token after each token, [n, vocabulary]. */
  readonly logits: Matrix;
}

/** Lengths the graph is built for: a later token changes nothing before it, so the rest is filled up. */
const LENGTHS = [16, 32, 64, 128];

interface Built {
  readonly tokens: Tensor;
  readonly logits: Tensor;
  readonly attention: readonly AttentionResult[];
  readonly program: Program<"run">;
}

export class StoryGpt {
  readonly card: StoryGptCard;
  readonly tokenizer: StoryTokens;
  /** The file, for onnxruntime. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #values: ReadonlyMap<string, NamedValues>;
  readonly #built = new Map<number, Built>();

  /** @throws OnnxError when the file is damaged or lacks a weight. */
  constructor(card: StoryGptCard, bytes: Uint8Array<ArrayBuffer>) {
    this.card = card;
    this.bytes = bytes;
    this.tokenizer = new StoryTokens(card.tokens);
    this.#values = readParameters(bytes);
  }

  /** A weight of the network by its name, such as “block 1 attention query weights” [width, width]. */
  weight(name: string): NamedValues {
    const found = this.#values.get(name);
    if (found) return found;
    throw damaged();
  }

  /**
   * Computes every part for a row of tokens, of which the first should be the story's beginning (`STORY_END`).
   * @throws RangeError for no tokens, or more than the context holds.
   */
  inspect(tokens: readonly number[]): Inspection {
    const { tokens: input, logits, attention, program } = this.#run(tokens);
    const count = tokens.length;
    const rows = (tensor: Tensor): Matrix => {
      const columns = tensor.shape.at(-1)!;
      const values = (program.view(tensor) as Float32Array).slice(0, count * columns);
      return { rows: count, columns, values };
    };
    const time = input.shape[1]!;
    const layers = attention.map((parts) => ({
      heads: Array.from({ length: this.card.gpt.heads }, (_, head) =>
        inspectHead(parts, { head, count, time, program }),
      ),
      output: rows(parts.output),
    }));
    return { layers, logits: rows(logits) };
  }

  /** Logits [vocabulary] of the token after the last one. @throws RangeError as `inspect`. */
  logitsAfter(tokens: readonly number[]): Float32Array {
    const { logits, program } = this.#run(tokens);
    const size = this.card.gpt.vocabulary;
    return (program.view(logits) as Float32Array).slice((tokens.length - 1) * size, tokens.length * size);
  }

  #run(tokens: readonly number[]): Built {
    const length = LENGTHS.find((each) => each >= tokens.length);
    if (tokens.length === 0 || length === undefined || length > this.card.gpt.context) {
      throw new RangeError(`${tokens.length} tokens instead of 1 to ${this.card.gpt.context}`);
    }
    const built = this.#built.get(length) ?? this.#build(length);
    built.program.write(built.tokens, [...tokens, ...new Array<number>(length - tokens.length).fill(0)]);
    built.program.run("run");
    return built;
  }

  #build(length: number): Built {
    const graph = new Graph();
    const parameters = new Parameters(graph);
    const config = { ...this.card.gpt, seed: 0 };
    const weights = gptWeights(parameters, config);
    const tokens = graph.input("tokens", [1, length], "i32");
    const attention: AttentionResult[] = [];
    const logits = gptLogits(tokens, weights, config, undefined, (parts) => attention.push(parts));
    const outputs = attention.flatMap((parts) => Object.values(parts) as Tensor[]);
    const program = createProgram(graph, { run: { outputs: [logits, ...outputs] } });
    for (const parameter of parameters.all) {
      const { values } = this.weight(parameter.name ?? "");
      if (values.length !== program.view(parameter).length) throw damaged();
      program.write(parameter, values);
    }
    const built = { tokens, logits, attention, program };
    this.#built.set(length, built);
    return built;
  }
}

/** A head's parts for the first `count` of `time` tokens. */
function inspectHead(
  parts: AttentionResult,
  { head, count, time, program }: { head: number; count: number; time: number; program: Program<"run"> },
): InspectedHead {
  const part = (tensor: Tensor, columns: number): Matrix => {
    const width = tensor.shape.at(-1)!;
    const all = program.view(tensor) as Float32Array;
    const values = new Float32Array(count * columns);
    for (let row = 0; row < count; row++) {
      const start = (head * time + row) * width;
      values.set(all.subarray(start, start + columns), row * columns);
    }
    return { rows: count, columns, values };
  };
  const map = (matrix: Matrix, change: (value: number, at: number) => number): Matrix => ({
    ...matrix,
    values: matrix.values.map(change),
  });
  const size = parts.queries.shape.at(-1)!;
  const root = Math.sqrt(size);
  const scores = part(parts.scores, count);
  return {
    // The network scales the queries, which is the same as scaling the products.
    queries: map(part(parts.queries, size), (value) => value * root),
    keys: part(parts.keys, size),
    values: part(parts.values, size),
    products: map(scores, (value) => value * root),
    scores,
    masked: map(scores, (value, at) => (at % count > Math.floor(at / count) ? -Infinity : value)),
    weights: part(parts.weights, count),
    mixed: part(parts.mixed, size),
  };
}

/**
 * Downloads card and file, with progress in bytes of the file.
 * @throws OnnxError in Korean for everything that can be wrong with them; the signal's reason when stopped.
 */
export async function loadStoryGpt(options: FetchOptions = {}): Promise<StoryGpt> {
  const card = await fetchCard(`${STORY_GPT_ID}.json`, parseStoryGptCard, options);
  return fetchFile(card, (bytes) => new StoryGpt(card, bytes), options);
}
