import {
  type Codec,
  choice,
  defineState,
  flag,
  integer,
  list,
  number,
  type StateOf,
} from "../../ui/state-codec.ts";
import { RACERS, type Racer } from "./race.ts";
import { SURFACE_IDS, SURFACES, type SurfaceId } from "./surfaces.ts";

/** The slider's ends: powers of ten. */
export const LEAST_RATE = -4;
export const MOST_RATE = 1;

const FIRST: SurfaceId = "ravine";
const rate = (fallback: number) =>
  number({ fallback, min: 10 ** LEAST_RATE, max: 10 ** MOST_RATE, digits: 6 });
const coordinate = (fallback: number) => number({ fallback, min: -6, max: 6, digits: 3 });

export const descentState = defineState(1, {
  surface: choice(SURFACE_IDS, FIRST),
  x: coordinate(SURFACES[FIRST].start[0]),
  y: coordinate(SURFACES[FIRST].start[1]),
  rate: rate(SURFACES[FIRST].rate),
  /** Own rates, one for each racer; where there are none all take `rate`. */
  rates: list(rate(0.1), { fallback: [], max: RACERS.length }),
  racers: list(choice(RACERS, "sgd"), { fallback: RACERS, max: RACERS.length }),
  noise: choice(["none", "little", "much"], "none"),
  seed: integer({ fallback: 1, min: 1, max: 9999 }),
  pace: choice(["slow", "normal", "fast"], "normal"),
  view: choice(["map", "relief"], "map"),
  /** Of the relief, in degrees. */
  turn: integer({ fallback: 30, min: -180, max: 180 }),
  tilt: integer({ fallback: 40, min: 10, max: 85 }),
  /** The whole way is drawn while the start is being moved. */
  preview: flag(false),
});

export type DescentState = StateOf<{
  [K in keyof typeof descentState.defaults]: Codec<(typeof descentState.defaults)[K]>;
}>;

const PRESETS: Readonly<Record<string, Partial<DescentState>>> = {
  race: {},
  cliff: { surface: "bowl", ...placeOf("bowl"), racers: ["sgd"], rate: 0.1 },
  network: { surface: "network", ...placeOf("network") },
};

export const presetState = (name: string | undefined): Partial<DescentState> =>
  name !== undefined && Object.hasOwn(PRESETS, name) ? PRESETS[name]! : {};

function placeOf(surface: SurfaceId): Pick<DescentState, "x" | "y" | "rate"> {
  const { start, rate: usual } = SURFACES[surface];
  return { x: start[0], y: start[1], rate: usual };
}

/** What changes with another surface: start and learning rates. */
export const onSurface = (surface: SurfaceId): Partial<DescentState> => ({
  surface,
  ...placeOf(surface),
  rates: [],
});

/** The learning rate of each of `RACERS`. */
export const ratesOf = ({ rate: shared, rates }: DescentState): number[] =>
  RACERS.map((_, i) => (rates.length === RACERS.length ? rates[i]! : shared));

/** Who races, in the fixed order; all when a link names nobody. */
export const entrants = ({ racers }: DescentState): readonly Racer[] =>
  racers.length === 0 ? RACERS : RACERS.filter((racer) => racers.includes(racer));

/** Two digits that mean something. */
export const rounded = (value: number): number => Number(value.toPrecision(2));
