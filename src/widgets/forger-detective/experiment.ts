/** What the widget's worker does: makes the pictures that are looked at, deals duels, and trains on. */
import { type Pictures, writePicture } from "../../data/pictures.ts";
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { PIXELS } from "../../models/digit-gan-network.ts";
import type { Card } from "./duel.ts";
import { along, between, drawNoise, joined, MAP_SIDE, padNoise } from "./latent.ts";
import { inkOf, type Reading, slantOf, type Tally, tallyOf, varietyOf, widthOf } from "./pictures.ts";
import { CHOICES, type ForgerState, MOST_STRENGTH } from "./state.ts";
import { type Made, Studio, type StudioFiles } from "./studio.ts";

export interface ForgerConfig {
  readonly files: StudioFiles;
  /** Real pictures, once they are here: to train on, and never trained on. */
  readonly real?: { readonly train: Pictures; readonly test: Pictures } | undefined;
  /** Where training begins: at the shipped weights, or at fresh ones. */
  readonly from: "checkpoint" | "fresh";
  readonly seed: number;
  /** Training goes on from these. */
  readonly memory?: ForgerMemory | undefined;
}

export interface ForgerMemory {
  readonly rounds: number;
  readonly values: readonly (Float32Array | Int32Array)[];
}

export type ForgerLive = Pick<
  ForgerState,
  | "mode"
  | "seed"
  | "x"
  | "y"
  | "first"
  | "second"
  | "between"
  | "arrow"
  | "digit"
  | "strength"
  | "generatorSteps"
  | "discriminatorSteps"
  | "penalty"
> & { readonly generatorRate: number; readonly discriminatorRate: number };

/** Deals a duel. */
export interface ForgerCommand {
  readonly seed: number;
  readonly count: number;
}

export interface WalkView extends Made {
  /** Of the place on the pad; `pictures` and `readings` are the map's, row by row. */
  readonly here: { readonly picture: Float32Array; readonly reading: Reading };
}

export interface MixView {
  readonly choices: Made;
  /** From the first picture to the second. */
  readonly mixed: Made;
  /** The mixture along the arrow, from −3 to 3. */
  readonly moved: Made;
  readonly base: Seen;
  /** What the sliders make. */
  readonly result: Seen;
}

/** A picture with all that is said of it. */
export interface Seen extends Reading {
  readonly picture: Float32Array;
  readonly ink: number;
  readonly slant: number;
  readonly width: number;
}

export interface DuelView {
  readonly seed: number;
  readonly cards: readonly Card[];
  /** On pictures of their own: held-out real ones and fresh fakes. */
  readonly detective: { readonly real: number; readonly fake: number; readonly each: number };
}

export interface TrainView {
  /** Rounds at this look: between two looks the frame's own count runs on. */
  readonly lookedAt: number;
  /** Of the same noise at every look. */
  readonly samples: Float32Array;
  readonly tally: Tally;
  /** Deviation between the pictures made, over that between real ones. */
  readonly variety: number;
  /** Share of held-out real pictures, and of fakes, that the detective judges rightly. */
  readonly judged: { readonly real: number; readonly fake: number };
  readonly generatorLoss: number;
  readonly discriminatorLoss: number;
}

export interface ForgerFrame {
  readonly rounds: number;
  readonly walk?: WalkView;
  readonly mix?: MixView;
  readonly duel?: DuelView;
  readonly train?: TrainView;
  /** Now and then, while it trains. */
  readonly memory?: ForgerMemory;
}

/** Pictures along the strips. */
export const STRIP = 7;
/** Pictures of the same noise that are shown while it trains. */
export const SHOWN = 20;
/** Pictures a look at the training judges, of each kind. */
export const JUDGED = 120;
/** Pictures of each kind on which the detective's own accuracy is taken for a duel. */
const EXAMINED = 400;
const LOOK_EVERY = 8;
const REMEMBER_EVERY = 64;
const FIXED_SEED = 77;

export const liveOf = (state: ForgerState): ForgerLive => ({
  ...state,
  generatorRate: Number(state.generatorRate),
  discriminatorRate: Number(state.discriminatorRate),
});

/** @throws OnnxError in Korean when a file is damaged. */
export function createForger(config: ForgerConfig): Trainer<ForgerLive, ForgerFrame, ForgerCommand> {
  return new Forger(config);
}

class Forger implements Trainer<ForgerLive, ForgerFrame, ForgerCommand> {
  readonly #config: ForgerConfig;
  readonly #studio: Studio;
  readonly #random: Random;
  #live: ForgerLive | undefined;
  #rounds = 0;
  #failed: Divergence | undefined;
  #seen: { key: string; view: Omit<ForgerFrame, "rounds" | "memory" | "duel"> } = { key: "", view: {} };
  #duel: DuelView | undefined;
  #remembered = 0;
  #realVariety = 1;

  constructor(config: ForgerConfig) {
    const { files, real, from, seed, memory } = config;
    this.#config = config;
    this.#random = new Random(seed);
    this.#studio = new Studio(files, real?.train.labels.length ?? 0, seed);
    const { gan } = this.#studio;
    if (real) {
      for (let i = 0; i < real.train.labels.length; i++) {
        writePicture(real.train, i, gan.residents.subarray(i * PIXELS, (i + 1) * PIXELS));
      }
      gan.shuffle(this.#random);
      this.#realVariety = varietyOf(this.#held(0, JUDGED));
    }
    if (from === "fresh") gan.initialize();
    if (memory) {
      gan.everything.forEach((leaf, i) => {
        gan.values(leaf).set(memory.values[i]!);
      });
      this.#rounds = memory.rounds;
    }
  }

  setLive(live: ForgerLive): void {
    this.#live = live;
  }

  command({ seed, count }: ForgerCommand): void {
    const { real } = this.#config;
    if (!real) return;
    const random = new Random(seed);
    const order = random.shuffle(Int32Array.from(real.test.labels, (_, i) => i));
    const truths = Array.from({ length: count }, () => random.below(2) === 0);
    const fakes = this.#studio.make(joined(drawNoise(count + EXAMINED, seed + 40_000)));
    const held = this.#pick(order.subarray(0, count + EXAMINED));
    const said = this.#studio.readingsOf(held);
    const cards = truths.map((isReal, i): Card => {
      const [pictures, readings] = isReal ? [held, said] : [fakes.pictures, fakes.readings];
      return { picture: pictures.slice(i * PIXELS, (i + 1) * PIXELS), isReal, real: readings[i]!.real };
    });
    this.#duel = {
      ...{ seed, cards },
      detective: {
        real: said.slice(count).filter((it) => it.real > 0.5).length / EXAMINED,
        fake: fakes.readings.slice(count).filter((it) => it.real <= 0.5).length / EXAMINED,
        each: EXAMINED,
      },
    };
  }

  advance(rounds: number): number {
    if (!this.#live || !this.#config.real) return 0;
    const { generatorRate, discriminatorRate, generatorSteps, discriminatorSteps, penalty } = this.#live;
    const done = this.#studio.gan.train(rounds, {
      ...{ generatorRate, discriminatorRate, generatorSteps, discriminatorSteps },
      penalty: penalty ? 1 : 0,
    });
    this.#rounds += done;
    this.#studio.changed();
    if (done < rounds) this.#failed = { step: this.#rounds + 1, node: "loss" };
    return done;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: ForgerFrame; transfer: ArrayBuffer[] } {
    const live = this.#live!;
    const look = live.mode === "train" ? Math.floor(this.#rounds / LOOK_EVERY) : this.#rounds;
    const key = JSON.stringify([look, viewKey(live)]);
    if (key !== this.#seen.key) this.#seen = { key, view: this.#look(live) };
    const memory = this.#memory();
    const duel = this.#duel;
    return {
      frame: { rounds: this.#rounds, ...this.#seen.view, ...(duel && { duel }), ...(memory && { memory }) },
      transfer: [],
    };
  }

  #memory(): ForgerMemory | undefined {
    if (this.#rounds < this.#remembered + REMEMBER_EVERY) return undefined;
    this.#remembered = this.#rounds;
    const { gan } = this.#studio;
    return { rounds: this.#rounds, values: gan.everything.map((leaf) => gan.values(leaf).slice()) };
  }

  #look(live: ForgerLive): Omit<ForgerFrame, "rounds" | "memory" | "duel"> {
    if (live.mode === "walk") return { walk: this.#walk(live) };
    if (live.mode === "mix") return { mix: this.#mix(live) };
    return live.mode === "train" && this.#config.real ? { train: this.#train() } : {};
  }

  #walk({ seed, x, y }: ForgerLive): WalkView {
    const corners = drawNoise(4, seed);
    const last = MAP_SIDE - 1;
    const places = Array.from({ length: MAP_SIDE ** 2 }, (_, i) =>
      padNoise(corners, (i % MAP_SIDE) / last, Math.floor(i / MAP_SIDE) / last),
    );
    const { pictures, readings } = this.#studio.make(joined([...places, padNoise(corners, x, y)]));
    return {
      pictures: pictures.slice(0, -PIXELS),
      readings: readings.slice(0, -1),
      here: { picture: pictures.slice(-PIXELS), reading: readings.at(-1)! },
    };
  }

  #mix({ seed, first, second, between: share, arrow, digit, strength }: ForgerLive): MixView {
    const choices = drawNoise(CHOICES, seed);
    const base = between(choices[first]!, choices[second]!, share);
    const direction = this.#studio.arrow(arrow, digit);
    const steps = Array.from({ length: STRIP }, (_, i) => i / (STRIP - 1));
    const mixed = steps.map((step) => between(choices[first]!, choices[second]!, step));
    const moved = steps.map((step) => along(base, direction, (2 * step - 1) * MOST_STRENGTH));
    const all = [...choices, ...mixed, ...moved, base, along(base, direction, strength)];
    const made = this.#studio.make(joined(all));
    const part = (start: number, count: number): Made => ({
      pictures: made.pictures.slice(start * PIXELS, (start + count) * PIXELS),
      readings: made.readings.slice(start, start + count),
    });
    const at = CHOICES + 2 * STRIP;
    return {
      choices: part(0, CHOICES),
      mixed: part(CHOICES, STRIP),
      moved: part(CHOICES + STRIP, STRIP),
      base: seenOf(part(at, 1)),
      result: seenOf(part(at + 1, 1)),
    };
  }

  #train(): TrainView {
    const { gan } = this.#studio;
    const { pictures, readings } = this.#studio.make(joined(drawNoise(JUDGED, FIXED_SEED)));
    const real = gan.judge(this.#held(0, JUDGED));
    const { generator, discriminator } = gan.losses;
    return {
      lookedAt: this.#rounds,
      samples: pictures.slice(0, SHOWN * PIXELS),
      tally: tallyOf(readings),
      variety: varietyOf(pictures) / this.#realVariety,
      judged: {
        real: real.filter((logit) => logit > 0).length / JUDGED,
        fake: readings.filter((reading) => reading.real <= 0.5).length / JUDGED,
      },
      ...{ generatorLoss: generator, discriminatorLoss: discriminator },
    };
  }

  /** Real pictures that no step has seen. */
  #held(start: number, count: number): Float32Array {
    return this.#pick(Int32Array.from({ length: count }, (_, i) => start + i));
  }

  #pick(indices: Int32Array): Float32Array {
    const pictures = new Float32Array(indices.length * PIXELS);
    indices.forEach((index, i) => {
      writePicture(this.#config.real!.test, index, pictures.subarray(i * PIXELS, (i + 1) * PIXELS));
    });
    return pictures;
  }

  dispose(): void {
    this.#studio.gan.dispose();
  }
}

function seenOf({ pictures, readings }: Made): Seen {
  const picture = pictures;
  return {
    ...readings[0]!,
    ...{ picture, ink: inkOf(picture), slant: slantOf(picture), width: widthOf(picture) },
  };
}

/** What a look depends on beside the weights. */
function viewKey({ mode, seed, x, y, first, second, between: share, arrow, digit, strength }: ForgerLive) {
  if (mode === "walk") return [mode, seed, x, y];
  return mode === "mix" ? [mode, seed, first, second, share, arrow, digit, strength] : [mode];
}
