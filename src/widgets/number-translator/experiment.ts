/** Both translators in the worker: asked, trained further on the same pairs, and tested on held-out numbers. */
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import {
  type Direction,
  drawPairs,
  heldOutPairs,
  LENGTHS,
  NumberNetwork,
  type NumberNetworkKind,
  TRAINED_DIGITS,
  type Translation,
} from "../../models/number-network.ts";
import { readWeights } from "../../onnx/read-weights.ts";

export const KINDS = ["attention", "plain"] as const satisfies readonly NumberNetworkKind[];
const BATCH = 64;
/** Numbers of each length that are asked in a test: what one run of the network takes. */
export const TESTED = 50;
const TEST_SEED = 4321;
/** Steps between two tests of one length while training. */
const TEST_EVERY = 10;
/** Steps after which the weights are handed to the page, for the case that the worker dies. */
const KEEP_EVERY = 100;
/** Steps over which the rate rises: Adam's first ones would move every weight of a trained network by a whole rate. */
const WARM_UP = 50;
/** Share of the last loss in the shown one. */
const FRESH = 0.05;

type Both<T> = Readonly<Record<NumberNetworkKind, T>>;
export type Weights = Readonly<Record<string, Float32Array>>;

export interface TranslatorConfig {
  readonly key: string;
  readonly seed: number;
  /** Nobody has asked for networks yet: the worker is not even started. */
  readonly isEmpty: boolean;
  /** Bytes of the shipped files; left out, training begins from random weights. */
  readonly files?: Both<Uint8Array> | undefined;
  /** Training goes on from these. */
  readonly memory?: Both<Weights> | undefined;
}

export interface TranslatorLive {
  readonly learningRate: number;
  readonly digits: number;
  /** A question the networks can read. */
  readonly source: string;
}

/** Tests every length in both directions. */
export interface TranslatorCommand {
  readonly test: true;
}

export interface Tested {
  readonly kind: NumberNetworkKind;
  readonly direction: Direction;
  readonly digits: number;
  readonly share: number;
  readonly count: number;
}

export interface TranslatorFrame {
  readonly key: string;
  readonly steps: number;
  /** Smoothed, in nats a symbol; NaN before the first step. */
  readonly losses: Both<number>;
  readonly source: string;
  readonly answers: Both<Translation>;
  readonly tested: readonly Tested[];
  /** The longest numbers that were trained on; 0 before any. */
  readonly trainedTo: number;
  readonly parameters: Both<number>;
  /** Now and then the weights. */
  readonly memory: Both<Weights> | undefined;
}

/** @throws OnnxError in Korean when a file is damaged. */
export const createTranslators = (
  config: TranslatorConfig,
): Trainer<TranslatorLive, TranslatorFrame, TranslatorCommand> => new Translators(config);

interface Own {
  readonly network: NumberNetwork;
  loss: number;
}

class Translators implements Trainer<TranslatorLive, TranslatorFrame, TranslatorCommand> {
  readonly #config: TranslatorConfig;
  readonly #own: Record<NumberNetworkKind, Own>;
  readonly #random: Random;
  readonly #tested = new Map<string, Tested>();
  #live: TranslatorLive = { learningRate: 0, digits: 6, source: "0" };
  #answers: Both<Translation> | undefined;
  #trainedTo: number;
  #steps = 0;
  #turn = 0;
  #kept = 0;

  constructor(config: TranslatorConfig) {
    const { seed, files, memory } = config;
    const build = (kind: NumberNetworkKind): Own => {
      const network = new NumberNetwork(kind, seed, BATCH);
      if (files) network.setWeights(readWeights(files[kind]));
      if (memory) network.setWeights(new Map(Object.entries(memory[kind])));
      return { network, loss: Number.NaN };
    };
    this.#config = config;
    this.#own = { attention: build("attention"), plain: build("plain") };
    this.#random = new Random(seed);
    this.#trainedTo = files ? TRAINED_DIGITS.at(-1)! : 0;
  }

  setLive(live: TranslatorLive): void {
    if (live.source !== this.#live.source) this.#answers = undefined;
    this.#live = live;
  }

  command(): void {
    for (let turn = 0; turn < TESTS.length; turn++) this.#test(turn);
  }

  advance(steps: number): number {
    const { digits, learningRate } = this.#live;
    const lengths = Array.from({ length: digits }, (_, i) => i + 1);
    for (let done = 0; done < steps; done++) {
      const pairs = drawPairs(BATCH, lengths, this.#random);
      for (const kind of KINDS) {
        const own = this.#own[kind];
        const loss = own.network.train(pairs, learningRate * Math.min(1, (this.#steps + 1) / WARM_UP));
        if (loss === undefined) return done;
        own.loss = Number.isNaN(own.loss) ? loss : own.loss + FRESH * (loss - own.loss);
      }
      this.#trainedTo = Math.max(this.#trainedTo, digits);
      this.#steps++;
      this.#answers = undefined;
      if (this.#steps % TEST_EVERY === 0) this.#test(this.#turn++ % TESTS.length);
    }
    return steps;
  }

  divergence(): Divergence | undefined {
    return (
      KINDS.map((kind) => this.#own[kind].network.nonFinite).find((found) => found !== null) ?? undefined
    );
  }

  frame(): { frame: TranslatorFrame; transfer: ArrayBuffer[] } {
    const { source } = this.#live;
    this.#answers ??= both((kind) => this.#own[kind].network.translate([source])[0]!);
    const isDue = this.#steps - this.#kept >= KEEP_EVERY;
    if (isDue) this.#kept = this.#steps;
    return {
      frame: {
        ...{ key: this.#config.key, steps: this.#steps, source, answers: this.#answers },
        losses: both((kind) => this.#own[kind].loss),
        tested: [...this.#tested.values()],
        trainedTo: this.#trainedTo,
        parameters: both((kind) => this.#own[kind].network.parameterCount),
        memory: isDue ? both((kind) => Object.fromEntries(this.#own[kind].network.weights())) : undefined,
      },
      transfer: [],
    };
  }

  #test(turn: number): void {
    const { kind, direction, digits } = TESTS[turn]!;
    const pairs = heldOutPairs(digits, direction, TESTED, TEST_SEED);
    const share = this.#own[kind].network.accuracy(pairs);
    this.#tested.set(`${turn}`, { kind, direction, digits, share, count: pairs.length });
  }

  dispose(): void {}
}

const both = <T>(make: (kind: NumberNetworkKind) => T): Both<T> => ({
  attention: make("attention"),
  plain: make("plain"),
});

/** Everything a test asks. */
const TESTS = LENGTHS.flatMap((digits) =>
  (["read", "write"] as const).flatMap((direction) => KINDS.map((kind) => ({ kind, direction, digits }))),
);
