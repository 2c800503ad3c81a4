/** A small GPT (A. Radford et al. 2019): token and position embeddings, causal blocks, logits of the next token. */
import { gradients } from "../engine/gradient.ts";
import { Graph, type Tensor } from "../engine/graph.ts";
import { add } from "../engine/ops/arithmetic.ts";
import { addIndices, toFloat } from "../engine/ops/conversion.ts";
import { advance, gather } from "../engine/ops/gather.ts";
import { reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { slice } from "../engine/ops/slice.ts";
import { createProgram, type Entry, type Program } from "../engine/program.ts";
import type { AttentionResult } from "./attention.ts";
import { normal } from "./initialisers.ts";
import { maskedCrossEntropy, softmaxCrossEntropy } from "./losses.ts";
import { Noise } from "./noise.ts";
import { type Norm, normalize } from "./normalization.ts";
import { OPTIMIZERS, type OptimizerName } from "./optimizers.ts";
import { type ParameterSource, Parameters } from "./parameters.ts";
import { type Block, block, blockWeights, cachedBlock, normWeights } from "./transformer.ts";

export interface GptConfig {
  readonly vocabulary: number;
  /** Longest sequence: number of positions. */
  readonly context: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Whether the output layer is the token embedding, transposed. */
  readonly tied: boolean;
  readonly norm?: "layer" | "rms";
  /** Share of each part's output left out while training. */
  readonly dropout?: number;
  /** Standard deviation the weights begin with; GPT-2's 0.02 when left out, which is little for a narrow network. */
  readonly deviation?: number;
  readonly seed: number;
}

export interface GptWeights {
  /** [vocabulary, width]. */
  readonly tokens: Tensor;
  /** [context, width]. */
  readonly positions: Tensor;
  readonly blocks: readonly Block[];
  readonly norm: Norm;
  /** [vocabulary, width]: row by row what a token's logit reads. */
  readonly output: Tensor;
}

/** Normally distributed; what joins the residual stream with 1/√(2·layers) of the deviation, as GPT-2 begins. */
export function gptWeights(parameters: ParameterSource, config: GptConfig): GptWeights {
  const { vocabulary, context, width, layers, heads, tied, norm = "layer", deviation = 0.02 } = config;
  const initialiser = normal(deviation);
  const outputInitialiser = normal(deviation / Math.sqrt(2 * layers));
  const tokens = parameters.add("token embedding", [vocabulary, width], initialiser);
  return {
    tokens,
    positions: parameters.add("position embedding", [context, width], initialiser),
    blocks: Array.from({ length: layers }, (_, i) =>
      blockWeights(parameters, `block ${i + 1}`, { width, heads, norm, initialiser, outputInitialiser }),
    ),
    norm: normWeights(norm, parameters, "final norm", width),
    output: tied ? tokens : parameters.add("output weights", [vocabulary, width], initialiser),
  };
}

const logitsOf = (x: Tensor, { norm, output }: GptWeights) =>
  matmul(normalize(x, norm), output, { transposeB: true });

/**
 * Tokens [batch, time] (`i32`) → logits [batch, time, vocabulary]. `noise` switches the dropout on; `observe` is handed
 * each block's attention, the first block's first.
 */
export function gptLogits(
  tokens: Tensor,
  weights: GptWeights,
  config: GptConfig,
  noise?: Noise,
  observe?: (parts: AttentionResult) => void,
): Tensor {
  const time = tokens.shape[1]!;
  const rate = config.dropout ?? 0;
  const dropout = noise && rate > 0 ? { noise, rate } : undefined;
  let x = add(gather(weights.tokens, tokens), slice(weights.positions, [{ end: time }]));
  if (dropout) x = dropout.noise.dropout(x, rate);
  weights.blocks.forEach((own, i) => {
    x = block(x, own, { mask: "causal", observe, ...(dropout ? { dropout } : {}) });
    x.graph.label(x, `block ${i + 1} of [${tokens.shape}]`);
  });
  return logitsOf(x, weights);
}

/** Stands among targets for a token that need not be foretold, where `ignore` is asked for. */
export const IGNORED = -1;

/**
 * Mean cross-entropy of the next tokens, `targets` [batch, time] (`i32`), in nats.
 * @param ignore whether targets that are `IGNORED` do not count.
 */
export function gptLoss(logits: Tensor, targets: Tensor, ignore = false): Tensor {
  const [batch, time, vocabulary] = logits.shape as [number, number, number];
  const [rows, labels] = [reshape(logits, [batch * time, vocabulary]), reshape(targets, [batch * time])];
  return ignore ? maskedCrossEntropy(rows, labels, IGNORED) : softmaxCrossEntropy(rows, labels);
}

/** Windows of `time` tokens that begin anywhere in the text, and the tokens after each. */
function drawWindows(text: Tensor, batch: number, time: number, noise: Noise): [Tensor, Tensor] {
  const along = Array.from({ length: time + 1 }, (_, i) => i);
  const starts = noise.indices([batch, 1], text.shape[0]! - time);
  const windows = gather(text, addIndices(starts, text.graph.constant(along, [1, time + 1], "i32")));
  return [slice(windows, [{}, { end: time }]), slice(windows, [{}, { start: 1 }])];
}

/** What the program is asked for; every entry costs compile time. */
export interface GptUses {
  readonly train?: {
    readonly batch: number;
    readonly time?: number;
    readonly optimizer?: OptimizerName;
    /** Tokens of a text kept in memory, out of which each step draws its windows itself (`setText`). */
    readonly text?: number;
    /** Whether targets that are `IGNORED` do not count. */
    readonly ignore?: boolean;
  };
  readonly infer?: {
    readonly batch: number;
    readonly time?: number;
    /** Whether the attention weights are kept as well (`attention`). */
    readonly attention?: boolean;
  };
  readonly generate?: boolean;
}

type EntryName = "step" | "evaluate" | "infer" | "generate";

export class Gpt {
  readonly config: GptConfig;
  readonly graph = new Graph();
  readonly parameters = new Parameters(this.graph);
  readonly weights: GptWeights;
  readonly program: Program<EntryName>;
  readonly #entries: Partial<Record<EntryName, Entry>> = {};
  readonly #training:
    | { text: Tensor | undefined; tokens: Tensor; targets: Tensor; rate: Tensor; loss: Tensor }
    | undefined;
  readonly #inference: { tokens: Tensor; logits: Tensor; attention: readonly Tensor[] } | undefined;
  readonly #generation:
    | { token: Tensor; position: Tensor; logits: Tensor; caches: ReadonlyMap<Tensor, Tensor> }
    | undefined;

  /** @throws RangeError when the heads do not divide the width. */
  constructor(config: GptConfig, uses: GptUses) {
    this.config = config;
    this.weights = gptWeights(this.parameters, config);
    if (uses.train) this.#training = this.#buildTraining(uses.train);
    if (uses.infer) this.#inference = this.#buildInference(uses.infer);
    if (uses.generate) this.#generation = this.#buildGeneration();
    this.program = createProgram(this.graph, this.#entries as Record<EntryName, Entry>);
    this.initialize(config.seed);
  }

  #buildTraining(training: NonNullable<GptUses["train"]>) {
    const { graph } = this;
    const { batch, time = this.config.context, optimizer = "adam", ignore = false } = training;
    const tokens = graph.input("training tokens", [batch, time], "i32");
    const targets = graph.input("training targets", [batch, time], "i32");
    const rate = graph.input("learning rate", []);
    const text = training.text === undefined ? undefined : graph.input("text", [training.text], "i32");
    const noise = text || this.config.dropout ? new Noise(graph, this.config.seed) : undefined;
    const [from, to] = text && noise ? drawWindows(text, batch, time, noise) : [tokens, targets];
    const loss = gptLoss(gptLogits(from, this.weights, this.config, noise), to, ignore);
    graph.label(loss, "training loss");
    const parameters = this.parameters.all;
    const updates = OPTIMIZERS[optimizer](graph, parameters, gradients(loss, parameters), rate);
    for (const [state, next] of noise?.updates ?? []) updates.set(state, next);
    this.#entries.step = { updates, guard: loss };
    const evaluated = noise ? gptLoss(gptLogits(tokens, this.weights, this.config), targets, ignore) : loss;
    this.#entries.evaluate = { outputs: [evaluated] };
    return { text, tokens, targets, rate, loss: evaluated };
  }

  #buildInference(inference: NonNullable<GptUses["infer"]>) {
    const { batch, time = this.config.context, attention: kept = false } = inference;
    const tokens = this.graph.input("tokens", [batch, time], "i32");
    const attention: Tensor[] = [];
    const logits = gptLogits(tokens, this.weights, this.config, undefined, ({ weights }) => {
      if (kept) attention.push(weights);
    });
    this.#entries.infer = { outputs: [logits, ...attention] };
    return { tokens, logits, attention };
  }

  #buildGeneration() {
    const { graph, weights, config } = this;
    const token = graph.input("next token", [1], "i32");
    const position = graph.state("position", [], 0, "i32");
    const at = gather(weights.positions, position);
    let x = reshape(add(gather(weights.tokens, token), at), [1, 1, config.width]);
    const shape = [1, config.heads, config.context, config.width / config.heads];
    const caches = new Map<Tensor, Tensor>();
    weights.blocks.forEach((own, i) => {
      const cache = {
        keys: graph.state(`cached keys ${i + 1}`, shape),
        values: graph.state(`cached values ${i + 1}`, shape),
      };
      const part = cachedBlock(x, own, cache, toFloat(position));
      x = part.output;
      for (const [state, next] of part.updates) caches.set(state, next);
    });
    const logits = reshape(logitsOf(x, weights), [config.vocabulary]);
    const updates = new Map([[position, advance(position, 1, config.context + 1)], ...caches]);
    this.#entries.generate = { outputs: [logits], updates };
    return { token, position, logits, caches };
  }

  /** Fresh parameters; the optimizer's states and the cache begin anew. */
  initialize(seed: number): void {
    for (const leaf of this.graph.nodes) {
      if (leaf.operation.name === "state" && leaf.values) this.program.write(leaf, leaf.values);
    }
    this.parameters.initialize(this.program, seed);
  }

  /** The text whose windows the next steps train on. */
  setText(tokens: ArrayLike<number>): void {
    const { text } = this.#use(this.#training);
    this.program.write(this.#use(text), tokens);
  }

  /** The batch that `loss` measures and, where there is no text, the next steps train on: both [batch, time]. */
  setBatch(tokens: ArrayLike<number>, targets: ArrayLike<number>): void {
    const training = this.#use(this.#training);
    this.program.write(training.tokens, tokens);
    this.program.write(training.targets, targets);
  }

  /** Trains on the batch, or on windows of the text; returns the steps completed, fewer than asked when the loss was not finite. */
  step(times: number, learningRate: number): number {
    this.program.write(this.#use(this.#training).rate, [learningRate]);
    return this.program.run("step", times);
  }

  /** Loss of the batch without dropout, in nats per token. */
  loss(): number {
    this.program.run("evaluate");
    return this.program.view(this.#use(this.#training).loss)[0]!;
  }

  /** Logits [batch, time, vocabulary] of tokens [batch, time]; live, until the next call. */
  infer(tokens: ArrayLike<number>): Float32Array {
    const { tokens: input, logits } = this.#use(this.#inference);
    this.program.write(input, tokens);
    this.program.run("infer");
    return this.program.view(logits) as Float32Array;
  }

  /** Attention weights [batch, heads, time, time] of each block at the last `infer`; live, until the next call. */
  attention(): readonly Float32Array[] {
    return this.#use(this.#inference).attention.map((tensor) => this.program.view(tensor) as Float32Array);
  }

  /** The network from tokens to logits as graph, with its present parameters: what the ONNX writer asks for. */
  get forward() {
    const { tokens, logits } = this.#use(this.#inference);
    return { inputs: { tokens }, outputs: { logits }, values: (leaf: Tensor) => this.program.view(leaf) };
  }

  /**
   * One further token as graph, for the ONNX writer: token [1], position and every block's cached keys and values come
   * in, logits [vocabulary] and the next caches go out, under the same names with “next” before them.
   */
  get cachedStep() {
    const { token, position, logits, caches } = this.#use(this.#generation);
    const entries = [...caches].map(([state, next]) => [state.name!, state, next] as const);
    return {
      inputs: {
        "next token": token,
        position,
        ...Object.fromEntries(entries.map(([name, state]) => [name, state])),
      },
      outputs: { logits, ...Object.fromEntries(entries.map(([name, , next]) => [`next ${name}`, next])) },
      values: (leaf: Tensor) => this.program.view(leaf),
    };
  }

  /** Forgets what was read, or all of it but the first `kept` tokens. */
  restart(kept = 0): void {
    this.program.write(this.#use(this.#generation).position, [kept]);
  }

  /**
   * Reads one further token. Logits [vocabulary] of the token after it; live, until the next call.
   * @throws RangeError when the context is full.
   */
  next(token: number): Float32Array {
    const { token: input, position, logits } = this.#use(this.#generation);
    if (this.program.view(position)[0]! >= this.config.context) {
      throw new RangeError(`the context of ${this.config.context} tokens is full`);
    }
    this.program.write(input, [token]);
    this.program.run("generate");
    return this.program.view(logits) as Float32Array;
  }

  #use<T>(part: T | undefined): T {
    if (part === undefined) throw new Error("this GPT was not built for that use");
    return part;
  }
}
