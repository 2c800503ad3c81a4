/** Three cells trained side by side on recalling, and the measurement over distances, as the worker runs them. */
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import type { CellName } from "../../nn/recurrent.ts";
import { LETTERS, type MemoryConfig, MemoryNetwork, SYMBOLS, type Trace } from "./network.ts";
import { MEASURED, type MemoryState } from "./state.ts";

export const CELLS = ["rnn", "gru", "lstm"] as const satisfies readonly CellName[];
/** Steps between two looks. */
const LOOK_EVERY = 10;
/** Steps every cell gets at each distance, and at how much it is done before. */
export const BUDGET = 600;
export const LEARNED = 0.95;

export interface RaceConfig extends Omit<MemoryConfig, "cell"> {
  /** Tells frames of one configuration from those of another. */
  readonly key: string;
}

export interface RaceLive {
  readonly learningRate: number;
  /** The cell whose steps are sent. */
  readonly cell: CellName;
  readonly letter: number;
  readonly drawn: number;
}

/** Measures every distance with every cell. */
export interface RaceCommand {
  readonly measure: boolean;
}

export interface CellFrame {
  readonly accuracy: number;
  /** As `Trace.slopes`. */
  readonly slopes: Float32Array;
  readonly answer: Float32Array;
  /** Step at which it stopped being finite. */
  readonly stopped: number | undefined;
}

export interface Measured {
  readonly cell: CellName;
  readonly distance: number;
  readonly accuracy: number;
}

export interface Seen {
  readonly cell: CellName;
  readonly units: number;
  readonly tokens: readonly number[];
  readonly values: Float32Array;
  readonly weights: Readonly<Record<string, Float32Array>>;
}

export interface RaceFrame {
  readonly key: string;
  readonly steps: number;
  readonly cells: Readonly<Record<CellName, CellFrame>>;
  readonly seen: Seen;
  readonly measured: readonly Measured[];
  /** Whether the measurement is under way: it takes the steps of the race. */
  readonly measuring: boolean;
}

/** The symbols that are read: one to recall and `distance` to distract. */
export function sequenceOf(distance: number, letter: number, drawn: number): number[] {
  const random = new Random(drawn);
  const rest = Array.from({ length: distance }, () => LETTERS + random.below(SYMBOLS - LETTERS));
  return [letter, ...rest];
}

export function raceConfig(state: MemoryState): RaceConfig {
  const { distance, clip: clipping, start, seed } = state;
  const config = {
    distance,
    clipping,
    start,
    seed,
    units: Number(state.units),
    keeping: Number(state.keeping),
  };
  return { ...config, key: JSON.stringify(config) };
}

/** @throws Error when a network cannot be built. */
export const createRace = (config: RaceConfig): Trainer<RaceLive, RaceFrame, RaceCommand> => new Race(config);

class Race implements Trainer<RaceLive, RaceFrame, RaceCommand> {
  readonly #config: RaceConfig;
  readonly #networks: ReadonlyMap<CellName, MemoryNetwork>;
  #live: RaceLive = { learningRate: 0, cell: "rnn", letter: 0, drawn: 1 };
  #measurement: Measurement | undefined;
  #cells: Record<CellName, CellFrame> | undefined;
  #seen: Seen | undefined;
  #lookedAt = -1;
  #steps = 0;

  constructor(config: RaceConfig) {
    this.#config = config;
    this.#networks = new Map(CELLS.map((cell) => [cell, new MemoryNetwork({ ...config, cell })]));
  }

  setLive(live: RaceLive): void {
    if (JSON.stringify({ ...live, learningRate: 0 }) !== JSON.stringify({ ...this.#live, learningRate: 0 })) {
      this.#cells = undefined;
    }
    this.#live = live;
  }

  command({ measure }: RaceCommand): void {
    this.#measurement = measure ? new Measurement(this.#config) : undefined;
  }

  advance(steps: number): number {
    if (this.#measurement?.isRunning) {
      for (let done = 0; done < steps && this.#measurement.isRunning; done++) {
        this.#measurement.advance(this.#live.learningRate);
      }
      return steps;
    }
    const alive = [...this.#networks.values()].filter(({ nonFinite }) => !nonFinite);
    for (const network of alive) network.train(steps, this.#live.learningRate);
    if (alive.length === 0) return 0;
    this.#steps += steps;
    return steps;
  }

  /** Only when none of the three goes on. */
  divergence(): Divergence | undefined {
    return [...this.#networks.values()].at(-1)?.nonFinite ?? undefined;
  }

  frame(): { frame: RaceFrame; transfer: ArrayBuffer[] } {
    if (!this.#cells || !this.#seen || this.#steps - this.#lookedAt >= LOOK_EVERY) this.#look();
    return {
      frame: {
        key: this.#config.key,
        steps: this.#steps,
        cells: this.#cells!,
        seen: this.#seen!,
        measured: this.#measurement?.results ?? [],
        measuring: this.#measurement?.isRunning ?? false,
      },
      transfer: [],
    };
  }

  #look(): void {
    const { cell, letter, drawn } = this.#live;
    const tokens = sequenceOf(this.#config.distance, letter, drawn);
    const looks = new Map<CellName, Trace>();
    const entries = [...this.#networks].map(([name, network]): [CellName, CellFrame] => {
      const trace = network.look(tokens);
      looks.set(name, trace);
      const { slopes, answer } = trace;
      return [name, { slopes, answer, accuracy: network.accuracy(), stopped: network.nonFinite?.step }];
    });
    this.#cells = Object.fromEntries(entries) as Record<CellName, CellFrame>;
    const weights = this.#networks.get(cell)!.weights();
    this.#seen = { cell, units: this.#config.units, tokens, values: looks.get(cell)!.values, weights };
    this.#lookedAt = this.#steps;
  }

  dispose(): void {}
}

/** Fresh networks for every distance and every cell, each trained until it has learned or its steps are used up. */
export class Measurement {
  readonly results: Measured[] = [];
  readonly #config: RaceConfig;
  readonly #jobs: { cell: CellName; distance: number }[];
  #network: MemoryNetwork | undefined;

  constructor(config: RaceConfig, distances: readonly number[] = MEASURED) {
    this.#config = config;
    this.#jobs = distances.flatMap((distance) => CELLS.map((cell) => ({ cell, distance })));
  }

  get isRunning(): boolean {
    return this.#jobs.length > 0;
  }

  /** Trains the present network ten steps; a finished one leaves its accuracy. */
  advance(learningRate: number): void {
    const job = this.#jobs[0];
    if (!job) return;
    this.#network ??= new MemoryNetwork({ ...this.#config, ...job });
    this.#network.train(LOOK_EVERY, learningRate);
    const over = this.#network.steps >= BUDGET || this.#network.nonFinite !== null;
    // The accuracy costs as much as several steps.
    if (!over && this.#network.steps % (5 * LOOK_EVERY) !== 0) return;
    const accuracy = this.#network.accuracy();
    if (!over && accuracy < LEARNED) return;
    this.results.push({ ...job, accuracy });
    this.#jobs.shift();
    this.#network = undefined;
  }
}
