/** The trained GPT opened up: every number of an attention head, and what is foretold when heads are switched off. */
import { Graph, type Tensor } from "../../engine/graph.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import type { AttentionResult } from "../../nn/attention.ts";
import { type GptConfig, gptLogits, gptWeights } from "../../nn/gpt.ts";
import { Parameters } from "../../nn/parameters.ts";
import { probabilities } from "../../nn/sampling.ts";
import type { Anatomy, Chance, HeadName, HeadPart, Projection } from "./protocol.ts";

/** Tokens that fit on a screen, the beginning included. */
export const LONGEST = 24;
const SHOWN_CHANCES = 8;

/** A trained network: its sizes and its weights by the names `gptWeights` gives them. */
export interface AnatomySource {
  readonly gpt: Omit<GptConfig, "seed">;
  weight(name: string): { readonly values: ArrayLike<number> };
}

type Wish = { readonly tokens: readonly number[]; readonly off: readonly HeadName[] } & HeadName;

export class AnatomyNetwork {
  readonly #source: AnatomySource;
  readonly #graph = new Graph();
  readonly #parameters = new Parameters(this.#graph);
  readonly #tokens: Tensor;
  readonly #logits: Tensor;
  readonly #attention: AttentionResult[] = [];
  readonly #program: Program<"run">;
  /** The effects of single heads on the tokens they were measured for. */
  #measured: { readonly key: string; readonly effects: Float32Array } | undefined;

  constructor(source: AnatomySource) {
    this.#source = source;
    const config = { ...source.gpt, seed: 0 };
    const weights = gptWeights(this.#parameters, config);
    this.#tokens = this.#graph.input("tokens", [1, LONGEST], "i32");
    this.#logits = gptLogits(this.#tokens, weights, config, undefined, (parts) =>
      this.#attention.push(parts),
    );
    const parts = this.#attention.flatMap((own) => Object.values(own) as Tensor[]);
    this.#program = createProgram(this.#graph, { run: { outputs: [this.#logits, ...parts] } });
    for (const parameter of this.#parameters.all) {
      this.#program.write(parameter, source.weight(parameter.name ?? "").values);
    }
  }

  get parameterCount(): number {
    return this.#parameters.count;
  }

  /** @throws RangeError for no tokens, or more than `LONGEST`. */
  look({ tokens, off, layer, head }: Wish): Anatomy {
    if (tokens.length === 0 || tokens.length > LONGEST) {
      throw new RangeError(`${tokens.length} tokens instead of 1 to ${LONGEST}`);
    }
    const effects = this.#effects(tokens);
    const next = this.#chances(tokens, []);
    const changed = off.length > 0 ? this.#chances(tokens, off) : undefined;
    // What is looked at last stands in the program: all heads on, or those off that the learner switched off.
    return {
      ...{ effects, changed },
      tokens: [...tokens],
      weights: this.#allWeights(tokens.length),
      part: this.#part(this.#chosen({ layer, head }, effects), tokens),
      next: next.slice(0, SHOWN_CHANCES),
    };
  }

  /** The head that is asked for, or else the one that changes most when it is off. */
  #chosen(asked: HeadName, effects: Float32Array): HeadName {
    const { layers, heads } = this.#source.gpt;
    if (asked.layer >= 0 && asked.layer < layers && asked.head >= 0 && asked.head < heads) return asked;
    const sizes = effects.map(Math.abs);
    const at = sizes.indexOf(Math.max(...sizes));
    return { layer: Math.floor(at / heads), head: at % heads };
  }

  /** All tokens that may follow, the likeliest first. */
  #chances(tokens: readonly number[], off: readonly HeadName[]): Chance[] {
    const { vocabulary } = this.#source.gpt;
    this.#switchOff(off);
    // What follows the last token changes nothing before it.
    this.#program.write(this.#tokens, [...tokens, ...new Array<number>(LONGEST - tokens.length).fill(0)]);
    this.#program.run("run");
    const logits = this.#program.view(this.#logits) as Float32Array;
    const last = logits.subarray((tokens.length - 1) * vocabulary, tokens.length * vocabulary);
    return Array.from(probabilities(last), (probability, token) => ({ token, probability })).sort(
      (a, b) => b.probability - a.probability,
    );
  }

  /** What these heads take no longer reaches the stream: their rows of the output weights are 0. */
  #switchOff(off: readonly HeadName[]): void {
    const { layers, heads, width } = this.#source.gpt;
    const size = (width / heads) * width;
    for (let layer = 0; layer < layers; layer++) {
      const name = `block ${layer + 1} attention output weights`;
      const values = Float32Array.from(this.#source.weight(name).values);
      for (const each of off) {
        if (each.layer === layer) values.fill(0, each.head * size, (each.head + 1) * size);
      }
      this.#program.write(this.#parameters.all.find((parameter) => parameter.name === name)!, values);
    }
  }

  /** How far the probability of the likeliest token falls when one head is off: [layers · heads]. */
  #effects(tokens: readonly number[]): Float32Array {
    const key = tokens.join();
    if (this.#measured?.key === key) return this.#measured.effects;
    const [first] = this.#chances(tokens, []);
    const { layers, heads } = this.#source.gpt;
    const effects = Float32Array.from({ length: layers * heads }, (_, i) => {
      const without = this.#chances(tokens, [{ layer: Math.floor(i / heads), head: i % heads }]);
      return first!.probability - without.find(({ token }) => token === first!.token)!.probability;
    });
    this.#measured = { key, effects };
    return effects;
  }

  /** Weights of every head for the first `count` tokens: [layers, heads, count, count]. */
  #allWeights(count: number): Float32Array {
    const { heads } = this.#source.gpt;
    const all = this.#attention.map(({ weights }) =>
      Array.from({ length: heads }, (_, head) => this.#rows(weights, { head, count, columns: count })),
    );
    const result = new Float32Array(all.length * heads * count * count);
    all.flat().forEach((own, i) => {
      result.set(own, i * count * count);
    });
    return result;
  }

  #part({ layer, head }: HeadName, tokens: readonly number[]): HeadPart {
    const { width, heads } = this.#source.gpt;
    const count = tokens.length;
    const size = width / heads;
    const parts = this.#attention[layer]!;
    const own = (tensor: Tensor, columns: number) => this.#rows(tensor, { head, count, columns });
    const root = Math.sqrt(size);
    const of = (what: string) => this.#projection(`block ${layer + 1} attention ${what}`, head);
    return {
      ...{ layer, head, count, width, size },
      tokenRows: this.#embedded("token embedding", tokens),
      positionRows: this.#embedded("position embedding", Array.from(tokens.keys())),
      input: this.#rows(parts.input, { head: 0, count, columns: width }),
      // The network scales the queries, which is the same as scaling the products.
      query: own(parts.queries, size).map((value) => value * root),
      key: own(parts.keys, size),
      value: own(parts.values, size),
      scores: own(parts.scores, count),
      weights: own(parts.weights, count),
      mixed: own(parts.mixed, size),
      projections: { query: of("query"), key: of("key"), value: of("value") },
    };
  }

  /** The first `count` rows and `columns` columns of a head's [time, extent]. */
  #rows(
    tensor: Tensor,
    { head, count, columns }: { head: number; count: number; columns: number },
  ): Float32Array {
    const [time, extent] = tensor.shape.slice(-2) as [number, number];
    const all = this.#program.view(tensor) as Float32Array;
    const result = new Float32Array(count * columns);
    for (let row = 0; row < count; row++) {
      const from = (head * time + row) * extent;
      result.set(all.subarray(from, from + columns), row * columns);
    }
    return result;
  }

  /** The columns of a projection [width, width] and of its bias that belong to a head. */
  #projection(name: string, head: number): Projection {
    const { width, heads } = this.#source.gpt;
    const size = width / heads;
    const whole = this.#source.weight(`${name} weights`).values;
    const bias = this.#source.weight(`${name} bias`).values;
    return {
      weights: Float32Array.from(
        { length: width * size },
        (_, at) => whole[Math.floor(at / size) * width + head * size + (at % size)]!,
      ),
      bias: Float32Array.from({ length: size }, (_, i) => bias[head * size + i]!),
    };
  }

  #embedded(name: string, rows: readonly number[]): Float32Array {
    const { width } = this.#source.gpt;
    const { values } = this.#source.weight(name);
    return Float32Array.from(
      { length: rows.length * width },
      (_, at) => values[rows[Math.floor(at / width)]! * width + (at % width)]!,
    );
  }
}
