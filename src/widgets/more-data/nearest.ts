/** Names each test picture after the training picture that differs from it least. */
import { Graph, type Tensor } from "../../engine/graph.ts";
import { add } from "../../engine/ops/arithmetic.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { argmax, max } from "../../engine/ops/reduce.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import type { Samples } from "../../models/classifier.ts";

/** Training pictures that are compared at once. */
const BLOCK = 250;
/** Score of a row of a block that holds no picture. */
const NOTHING = -1e9;

/**
 * The nearest neighbour by Euclidean distance. |x − t|² = |t|² − 2(x·t − |x|²/2), so the largest x·t − |x|²/2 is the
 * nearest: one matrix product for a whole block.
 */
export class NearestNeighbour {
  readonly #tests: Samples;
  readonly #pixels: number;
  readonly #program: Program<"compare">;
  readonly #block: Tensor;
  readonly #offsets: Tensor;
  readonly #largest: Tensor;
  readonly #which: Tensor;
  readonly #scores: Float32Array;
  readonly #names: Int32Array;
  #count = 0;

  constructor(tests: Samples, pixels: number) {
    const count = tests.labels.length;
    const graph = new Graph();
    const across = graph.input("tests", [pixels, count]);
    this.#tests = tests;
    this.#pixels = pixels;
    this.#block = graph.input("block", [BLOCK, pixels]);
    this.#offsets = graph.input("offsets", [BLOCK, 1]);
    const scores = add(matmul(this.#block, across), this.#offsets);
    this.#largest = max(scores, 0);
    this.#which = argmax(scores, 0);
    this.#program = createProgram(graph, { compare: { outputs: [this.#largest, this.#which] } });
    const table = this.#program.view(across);
    const values = tests.inputs[0]!;
    for (let i = 0; i < count; i++) {
      for (let pixel = 0; pixel < pixels; pixel++) table[pixel * count + i] = values[i * pixels + pixel]!;
    }
    this.#scores = new Float32Array(count);
    this.#names = new Int32Array(count);
    this.forget();
  }

  /** Training pictures learned. */
  get count(): number {
    return this.#count;
  }

  forget(): void {
    this.#scores.fill(Number.NEGATIVE_INFINITY);
    this.#names.fill(-1);
    this.#count = 0;
  }

  /** Takes in the pictures number `from` to `to` − 1. */
  learn({ inputs, labels }: Samples, from: number, to: number): void {
    const values = inputs[0]!;
    const block = this.#program.view(this.#block);
    const offsets = this.#program.view(this.#offsets);
    for (let start = from; start < to; start += BLOCK) {
      block.fill(0);
      offsets.fill(NOTHING);
      for (let row = 0; row < Math.min(BLOCK, to - start); row++) {
        let squares = 0;
        for (let pixel = 0; pixel < this.#pixels; pixel++) {
          const value = values[(start + row) * this.#pixels + pixel]!;
          block[row * this.#pixels + pixel] = value;
          squares += value * value;
        }
        offsets[row] = -squares / 2;
      }
      this.#program.run("compare");
      this.#keepNearest(labels, start);
    }
    this.#count = to;
  }

  #keepNearest(labels: ArrayLike<number>, start: number): void {
    const [largest, which] = [this.#program.view(this.#largest), this.#program.view(this.#which)];
    for (let i = 0; i < this.#scores.length; i++) {
      if (largest[i]! <= this.#scores[i]!) continue;
      this.#scores[i] = largest[i]!;
      this.#names[i] = labels[start + which[i]!]!;
    }
  }

  /** Share of the test pictures named rightly. */
  accuracy(): number {
    const { labels } = this.#tests;
    return this.#names.filter((name, i) => name === labels[i]).length / labels.length;
  }
}
