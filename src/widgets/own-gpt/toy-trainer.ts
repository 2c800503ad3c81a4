/** Teaches a GPT a puzzle: ever new ones, but never one of those kept back to measure on. */
import { TASKS, type TaskId, type ToyTask } from "../../data/toy-tasks.ts";
import { Random } from "../../engine/random.ts";
import { IGNORED } from "../../nn/gpt.ts";
import type { OwnGptConfig, OwnGptFrame, OwnGptLive, OwnGptTrainer, ToyCase, ToyLook } from "./experiment.ts";
import { attentionOf, buffersOf, gptConfig, Training } from "./training.ts";

const BATCH = 64;
/** Puzzles kept back. */
export const KEPT = 100;
const SHOWN_CASES = 6;
const LOOK_EVERY = 10;

export function createToyTrainer(config: OwnGptConfig, task: TaskId): OwnGptTrainer {
  return new ToyTrainer(config, TASKS[task]);
}

class ToyTrainer implements OwnGptTrainer {
  readonly #config: OwnGptConfig;
  readonly #task: ToyTask;
  readonly #training: Training;
  readonly #random: Random;
  readonly #kept: readonly number[][];
  readonly #keptKeys: ReadonlySet<string>;
  #rate = 0;
  #look: ToyLook | undefined;
  #lookedAt = 0;

  constructor(config: OwnGptConfig, task: ToyTask) {
    this.#config = config;
    this.#task = task;
    const time = task.length - 1;
    this.#training = new Training(
      gptConfig(config, task.symbols.length, time),
      {
        train: { batch: BATCH, ignore: true },
        infer: { batch: KEPT, attention: true },
        generate: true,
      },
      config.memory,
    );
    const held = new Random(config.seed + 1_000_003);
    this.#kept = Array.from({ length: KEPT }, () => task.draw(held));
    this.#keptKeys = new Set(this.#kept.map((puzzle) => puzzle.join()));
    this.#random = new Random(config.seed);
    this.#setBatch();
  }

  setLive({ learningRate }: OwnGptLive): void {
    this.#rate = learningRate;
  }

  command(): void {
    this.#look = undefined;
  }

  advance(steps: number): number {
    return this.#training.advance(steps, this.#rate, () => this.#setBatch());
  }

  divergence() {
    return this.#training.divergence;
  }

  frame(): { frame: OwnGptFrame; transfer: ArrayBuffer[] } {
    const { steps, gpt } = this.#training;
    if (!this.#look || steps - this.#lookedAt >= LOOK_EVERY) {
      this.#look = this.#lookNow();
      this.#lookedAt = steps;
    }
    const memory = this.#training.memory();
    const frame = { steps, parameterCount: gpt.parameters.count, look: this.#look, memory };
    return { frame, transfer: buffersOf(memory) };
  }

  #setBatch(): void {
    const batch = Array.from({ length: BATCH }, () => this.#unseen());
    this.#training.gpt.setBatch(...this.#tokensAndTargets(batch));
  }

  #unseen(): number[] {
    for (;;) {
      const puzzle = this.#task.draw(this.#random);
      if (!this.#keptKeys.has(puzzle.join())) return puzzle;
    }
  }

  #tokensAndTargets(puzzles: readonly number[][]): [number[], number[]] {
    const answers = new Set(this.#task.answers);
    return [
      puzzles.flatMap((puzzle) => puzzle.slice(0, -1)),
      puzzles.flatMap((puzzle) =>
        puzzle.slice(1).map((symbol, i) => (answers.has(i + 1) ? symbol : IGNORED)),
      ),
    ];
  }

  #lookNow(): ToyLook {
    const { gpt } = this.#training;
    const train = gpt.loss() / Math.LN2;
    const [tokens] = this.#tokensAndTargets(this.#kept);
    const { accuracy, bits } = this.#measure(gpt.infer(tokens));
    const time = this.#task.length - 1;
    const { heads } = this.#config;
    return {
      ...{ kind: "task", at: this.#training.steps, train, test: bits, accuracy },
      cases: this.#kept.slice(0, SHOWN_CASES).map((puzzle) => this.#solve(puzzle)),
      attention: {
        symbols: this.#kept[0]!.slice(0, -1).map((symbol) => this.#task.symbols[symbol]!),
        weights: attentionOf(gpt.attention(), { heads, time, count: time }),
      },
    };
  }

  /**
   * Of logits [kept, time, vocabulary]. A puzzle is solved when every symbol of its solution is the likeliest, the
   * right ones before it given: exactly then the network, always taking the likeliest, writes the whole solution.
   */
  #measure(logits: Float32Array): { accuracy: number; bits: number } {
    const { length } = this.#task.symbols;
    let [solved, nats] = [0, 0];
    this.#kept.forEach((puzzle, i) => {
      const right = this.#task.answers.map((place) => {
        const at = (i * (this.#task.length - 1) + place - 1) * length;
        const row = logits.subarray(at, at + length);
        const largest = Math.max(...row);
        const total = row.reduce((sum, value) => sum + Math.exp(value - largest), 0);
        nats += Math.log(total) - (row[puzzle[place]!]! - largest);
        return row.indexOf(largest) === puzzle[place];
      });
      if (right.every(Boolean)) solved++;
    });
    const bits = nats / (this.#kept.length * this.#task.answers.length) / Math.LN2;
    return { accuracy: solved / this.#kept.length, bits };
  }

  /** Writes the solution itself, each time taking the likeliest symbol. */
  #solve(puzzle: readonly number[]): ToyCase {
    const { gpt } = this.#training;
    const { symbols, answers } = this.#task;
    gpt.restart();
    let likeliest = 0;
    const written = puzzle.map((symbol, place) => {
      const taken = answers.includes(place) ? likeliest : symbol;
      if (place < puzzle.length - 1) {
        const logits = gpt.next(taken);
        likeliest = logits.indexOf(Math.max(...logits));
      }
      return taken;
    });
    const textOf = (numbers: readonly number[]) => numbers.map((number) => symbols[number]!).join("");
    const firstAnswer = answers[0]!;
    return {
      given: textOf(puzzle.slice(0, firstAnswer)),
      solution: textOf(puzzle.slice(firstAnswer)),
      answer: textOf(written.slice(firstAnswer)),
    };
  }

  dispose(): void {}
}
