/** The speller as its worker trains it, and what it shows: losses, made-up words, what comes next. */
import {
  countryNames,
  FEWEST_WORDS,
  isHangul,
  letterOf,
  namesToLearn,
  placeOf,
  symbolsOf,
  textOf,
  type WordUnit,
} from "../../data/words.ts";
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { splitWords, WordNetwork } from "../../models/word-network.ts";
import type { CellName } from "../../nn/recurrent.ts";
import { probabilities } from "../../nn/sampling.ts";
import type { NameState } from "./state.ts";

export interface NameConfig {
  readonly words: readonly string[];
  readonly unit: WordUnit;
  readonly cell: CellName;
  readonly units: number;
  readonly seed: number;
  /** Training goes on from these. */
  readonly memory?: readonly Float32Array[] | undefined;
}

export interface NameLive {
  readonly learningRate: number;
  readonly temperature: number;
  /** What comes after this beginning is shown. */
  readonly start: string;
}

/** Makes up other words without training. */
export interface NameCommand {
  readonly make: true;
}

/** `kept`: a word of the list that was kept back, so that the network cannot have seen it. */
export type MadeKind = "new" | "kept" | "known" | "broken";

export interface MadeWord {
  readonly text: string;
  readonly kind: MadeKind;
}

export interface NextSymbol {
  /** The letter as it is shown alone; `undefined` for the end of the word. */
  readonly letter: string | undefined;
  readonly place: ReturnType<typeof placeOf>;
  readonly probability: number;
}

export interface NameFrame {
  readonly steps: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  /** A hundred words, in the order they were made. */
  readonly made: readonly MadeWord[];
  /** The likeliest symbols after the beginning, and all that is left; `undefined` when it holds an unseen one. */
  readonly next: readonly NextSymbol[] | undefined;
  readonly parameterCount: number;
  readonly memory: readonly Float32Array[];
}

/** Steps between two looks: measuring and making up take a few hundredths of a second. */
const LOOK_EVERY = 20;
const SHOWN_SYMBOLS = 8;

export function wordsOf({ list, own }: Pick<NameState, "list" | "own">): readonly string[] {
  if (list === "own") return own;
  return list === "names" ? namesToLearn() : countryNames();
}

export function configOf(state: NameState): NameConfig {
  const { unit, cell, seed } = state;
  return { words: wordsOf(state), unit, cell, units: Number(state.units), seed };
}

/** @throws Error in Korean when there are too few words. */
export function createNameTrainer(config: NameConfig): Trainer<NameLive, NameFrame, NameCommand> {
  return new NameTrainer(config);
}

type Look = Omit<NameFrame, "steps" | "parameterCount" | "memory">;

class NameTrainer implements Trainer<NameLive, NameFrame, NameCommand> {
  readonly #config: NameConfig;
  readonly #network: WordNetwork;
  readonly #train: ReadonlySet<string>;
  readonly #test: ReadonlySet<string>;
  readonly #random: Random;
  #live: NameLive = { learningRate: 0, temperature: 1, start: "" };
  #look: Look | undefined;
  #lookedAt = 0;

  constructor(config: NameConfig) {
    if (config.words.length < FEWEST_WORDS) {
      throw new Error(`낱말이 ${FEWEST_WORDS}개는 있어야 배울 수 있습니다.`);
    }
    const { train, test } = splitWords(config.words, config.seed);
    this.#config = config;
    this.#network = new WordNetwork({ ...config, train, test });
    this.#train = new Set(train);
    this.#test = new Set(test);
    this.#random = new Random(config.seed);
    if (config.memory) this.#network.restore(config.memory);
  }

  setLive(live: NameLive): void {
    const same = live.temperature === this.#live.temperature && live.start === this.#live.start;
    this.#live = live;
    if (!same) this.#look = undefined;
  }

  command(): void {
    this.#look = undefined;
  }

  advance(steps: number): number {
    return this.#network.train(steps, this.#live.learningRate);
  }

  divergence(): Divergence | undefined {
    return this.#network.nonFinite ?? undefined;
  }

  frame(): { frame: NameFrame; transfer: ArrayBuffer[] } {
    const { steps, parameterCount } = this.#network;
    if (!this.#look || steps - this.#lookedAt >= LOOK_EVERY) {
      this.#look = this.#lookNow();
      this.#lookedAt = steps;
    }
    const memory = this.#network.memory();
    return {
      frame: { steps, parameterCount, ...this.#look, memory },
      transfer: memory.map(({ buffer }) => buffer as ArrayBuffer),
    };
  }

  #lookNow(): Look {
    const { temperature } = this.#live;
    const made = this.#network.makeWords(temperature, this.#random).map((symbols): MadeWord => {
      const text = textOf(symbols);
      return { text, kind: this.#kindOf(text) };
    });
    return { ...this.#network.evaluate(), made, next: this.#nextSymbols() };
  }

  #kindOf(text: string): MadeKind {
    if (!isHangul(text)) return "broken";
    if (this.#train.has(text)) return "known";
    return this.#test.has(text) ? "kept" : "new";
  }

  #nextSymbols(): NextSymbol[] | undefined {
    const logits = this.#network.logitsAfter(symbolsOf(this.#live.start, this.#config.unit));
    if (!logits) return undefined;
    const { symbols } = this.#network;
    return Array.from(probabilities(logits, this.#live.temperature), (probability, i): NextSymbol => {
      const symbol = symbols[i]!;
      if (symbol === "") return { letter: undefined, place: undefined, probability };
      return { letter: letterOf(symbol), place: placeOf(symbol), probability };
    })
      .sort((a, b) => b.probability - a.probability)
      .slice(0, SHOWN_SYMBOLS);
  }

  dispose(): void {}
}
