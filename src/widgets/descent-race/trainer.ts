/** The worker's side: builds the race on a surface and runs it whenever start, rates or seed change. */
import type { Trainer } from "../../lab/protocol.ts";
import { createRace, type NoiseLevel, type Path, RACERS, type RaceProgram } from "./race.ts";
import { arrivalOf, STEPS } from "./score.ts";
import { LEAST_RATE, MOST_RATE } from "./state.ts";
import { type Place, SURFACES, type SurfaceId } from "./surfaces.ts";
import { eigenvalues } from "./theory.ts";

/** Heights along one side of the picture, its edges included. */
export const FIELD = 81;
/** Learning rates of a sweep for each power of ten. */
const RATES_A_DECADE = 8;

export interface DescentConfig {
  readonly surface: SurfaceId;
  readonly noise: NoiseLevel;
}

export interface DescentLive {
  readonly start: Place;
  readonly rates: readonly number[];
  readonly seed: number;
}

export type DescentCommand = "sweep";

/** A minimum, and the curvature there. */
export interface Bottom {
  readonly place: Place;
  readonly largest: number;
  readonly smallest: number;
}

/** How the same race ends with other learning rates. */
export interface Sweep {
  readonly start: Place;
  readonly seed: number;
  readonly rates: readonly number[];
  /** [racer][rate]: steps to the goal; `undefined` when it was not reached. */
  readonly arrivals: readonly (readonly (number | undefined)[])[];
  /** [racer][rate] */
  readonly diverged: readonly (readonly boolean[])[];
}

export interface DescentFrame {
  readonly surface: SurfaceId;
  readonly live: DescentLive;
  readonly paths: readonly Path[];
  /** Losses over the picture, row by row from the top (largest y). */
  readonly field: Float32Array;
  readonly bottoms: readonly Bottom[];
  readonly sweep: Sweep | undefined;
}

/** Compares by value: start, rates and seed. */
export const sameLive = (a: DescentLive, b: DescentLive): boolean => JSON.stringify(a) === JSON.stringify(b);

export function createDescent(config: DescentConfig): Trainer<DescentLive, DescentFrame, DescentCommand> {
  return new Descent(config);
}

class Descent implements Trainer<DescentLive, DescentFrame, DescentCommand> {
  readonly #surface: SurfaceId;
  readonly #race: RaceProgram;
  readonly #field: Float32Array;
  readonly #bottoms: readonly Bottom[];
  #live: DescentLive | undefined;
  #paths: readonly Path[] = [];
  #sweep: Sweep | undefined;

  constructor({ surface, noise }: DescentConfig) {
    this.#surface = surface;
    this.#race = createRace(surface, noise);
    this.#field = fieldOf(this.#race, surface);
    this.#bottoms = bottomsOf(this.#race, surface);
  }

  setLive(live: DescentLive): void {
    if (this.#live && sameLive(this.#live, live)) return;
    this.#live = live;
    this.#paths = this.#race.race({ ...live, steps: STEPS });
  }

  command(_sweep: DescentCommand): void {
    if (this.#live) this.#sweep = sweepOf(this.#race, this.#surface, this.#live);
  }

  /** A race is run as a whole; there is nothing to go on with. */
  advance(steps: number): number {
    return steps;
  }

  divergence(): undefined {
    return undefined;
  }

  frame(): { frame: DescentFrame; transfer: ArrayBuffer[] } {
    return {
      frame: {
        surface: this.#surface,
        live: this.#live ?? { start: [0, 0], rates: [], seed: 1 },
        paths: this.#paths,
        field: this.#field,
        bottoms: this.#bottoms,
        sweep: this.#sweep,
      },
      transfer: [],
    };
  }

  dispose(): void {}
}

function fieldOf(race: RaceProgram, surface: SurfaceId): Float32Array {
  const { x, y, half } = SURFACES[surface].window;
  const at = (i: number) => -half + (2 * half * i) / (FIELD - 1);
  return Float32Array.from({ length: FIELD * FIELD }, (_, i) =>
    race.height([x + at(i % FIELD), y - at(Math.floor(i / FIELD))]),
  );
}

/** The known minima; of the network the one that its trained weights, at (0, 0), roll into. */
function bottomsOf(race: RaceProgram, surface: SurfaceId): Bottom[] {
  const known = SURFACES[surface].minima;
  const places = known.length > 0 ? known : [settled(race)];
  return places.map((place) => {
    const [largest, smallest] = eigenvalues(race.at(place).curvature);
    return { place, largest, smallest };
  });
}

function settled(race: RaceProgram): Place {
  const [path] = race.race({ start: [0, 0], rates: RACERS.map(() => 0.05), steps: STEPS, seed: 1 });
  return [path!.x.at(-1)!, path!.y.at(-1)!];
}

/** The race from the same start with learning rates over the slider's whole range. */
export function sweepOf(race: RaceProgram, surface: SurfaceId, { start, seed }: DescentLive): Sweep {
  const count = (MOST_RATE - LEAST_RATE) * RATES_A_DECADE + 1;
  const rates = Array.from({ length: count }, (_, i) => 10 ** (LEAST_RATE + i / RATES_A_DECADE));
  const { lowest, goal } = SURFACES[surface];
  const races = rates.map((rate) => race.race({ start, seed, rates: RACERS.map(() => rate), steps: STEPS }));
  return {
    ...{ start, seed, rates },
    arrivals: RACERS.map((_, racer) => races.map((paths) => arrivalOf(paths[racer]!, lowest + goal))),
    diverged: RACERS.map((_, racer) => races.map((paths) => paths[racer]!.diverged !== undefined)),
  };
}

/** Each racer's quickest learning rate; where none led to the goal, the given one. */
export const bestRates = ({ rates, arrivals }: Sweep, otherwise: number): number[] =>
  arrivals.map((row) => {
    const best = Math.min(...row.map((arrival) => arrival ?? Number.POSITIVE_INFINITY));
    return Number.isFinite(best) ? rates[row.indexOf(best)]! : otherwise;
  });
