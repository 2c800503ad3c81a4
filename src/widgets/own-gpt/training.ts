/** What training a text and training a puzzle share: the network's settings, its steps, and its memory. */
import type { Divergence } from "../../lab/protocol.ts";
import { Gpt, type GptConfig, type GptUses } from "../../nn/gpt.ts";
import type { Memory, NetworkSizes } from "./experiment.ts";

/** Over so many steps the learning rate rises to what was chosen. */
const WARM_UP = 40;
/** Steps between two memories: a copy of all parameters and of what the optimizer keeps. */
const MEMORY_EVERY = 50;

/** GPT-2 begins with 0.02 at a width of 768: about half of 1/√width, which is kept for narrow networks. */
export function gptConfig(sizes: NetworkSizes, vocabulary: number, context: number): GptConfig {
  return { ...sizes, vocabulary, context, tied: false, deviation: 0.6 / Math.sqrt(sizes.width) };
}

export class Training {
  readonly gpt: Gpt;
  #steps = 0;
  #divergence: Divergence | undefined;
  #keptAt = -1;

  constructor(config: GptConfig, uses: GptUses, memory: Memory | undefined) {
    this.gpt = new Gpt(config, uses);
    if (!memory) return;
    this.#steps = memory.steps;
    this.#kept().forEach((leaf, i) => {
      this.gpt.program.write(leaf, memory.leaves[i]!);
    });
  }

  get steps(): number {
    return this.#steps;
  }

  get divergence(): Divergence | undefined {
    return this.#divergence;
  }

  /**
   * Trains; returns the steps completed.
   * @param prepare is called before each step, such as to set its batch.
   */
  advance(steps: number, learningRate: number, prepare?: () => void): number {
    for (let done = 0; done < steps; done++) {
      prepare?.();
      const rate = learningRate * Math.min(1, (this.#steps + 1) / WARM_UP);
      if (this.gpt.step(1, rate) !== 1) {
        const node = this.gpt.program.firstNonFinite("step");
        this.#divergence = { step: this.#steps + 1, node: node ? this.gpt.graph.nameOf(node) : "loss" };
        return done;
      }
      this.#steps++;
    }
    return steps;
  }

  /** A copy of everything training changes, when enough steps have passed since the last one. */
  memory(): Memory | undefined {
    if (this.#keptAt >= 0 && this.#steps - this.#keptAt < MEMORY_EVERY) return undefined;
    this.#keptAt = this.#steps;
    const leaves = this.#kept().map((leaf) => Float32Array.from(this.gpt.program.view(leaf)));
    return { steps: this.#steps, leaves };
  }

  #kept() {
    return this.gpt.graph.nodes.filter(
      ({ operation }) => operation.name === "parameter" || operation.name === "state",
    );
  }
}

/** The buffers a memory is handed over with. */
export const buffersOf = (memory: Memory | undefined): ArrayBuffer[] =>
  memory ? memory.leaves.map(({ buffer }) => buffer as ArrayBuffer) : [];

/** Attention of the first example, its first `count` positions, out of weights [batch, heads, time, time] a layer. */
export function attentionOf(
  layers: readonly Float32Array[],
  { heads, time, count, example = 0 }: { heads: number; time: number; count: number; example?: number },
): Float32Array {
  const result = new Float32Array(layers.length * heads * count * count);
  layers.forEach((weights, layer) => {
    for (let head = 0; head < heads; head++) {
      for (let row = 0; row < count; row++) {
        const from = ((example * heads + head) * time + row) * time;
        result.set(weights.subarray(from, from + count), ((layer * heads + head) * count + row) * count);
      }
    }
  });
  return result;
}
