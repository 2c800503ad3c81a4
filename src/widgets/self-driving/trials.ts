/** What a trained network is tried on, and how its drives are counted. */
import { type Driven, drive, type Route, type Steer } from "./drive.ts";
import { LOOKS, type LookId } from "./looks.ts";

/** Metres of every trial. */
export const TRIAL_LENGTH = 400;

export const CONDITIONS = ["same", "pushed", "curves", ...LOOKS] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface Trial {
  readonly condition: Condition;
  readonly route: Route;
  /** Seed of pushes, in the condition that has them. */
  readonly pushed?: number;
}

/** Seeds of roads that nobody has driven on: the page draws roads from 1 to 99. */
const NEW_ROADS = [901, 902, 903, 904] as const;

/** The trials of a network that learned to drive on `home`; lights other than that of `home` are tried as well. */
export function trialsOf(home: Route): readonly Trial[] {
  const inOtherLight = (look: LookId): Trial[] => {
    // Straight roads are all alike: one is enough.
    const seeds = home.kind === "straight" ? [home.seed] : [home.seed, NEW_ROADS[0], NEW_ROADS[1]];
    return seeds.map((seed) => ({ condition: look, route: { ...home, look, seed } }));
  };
  return [
    { condition: "same", route: home },
    { condition: "pushed", route: home, pushed: 7 },
    ...NEW_ROADS.map((seed): Trial => ({ condition: "curves", route: { ...home, kind: "winding", seed } })),
    ...LOOKS.filter((look) => look !== home.look).flatMap(inOtherLight),
  ];
}

/** What is tried of a network that learned on `home`, in the order of the table. */
export const conditionsOf = ({ look }: Route): readonly Condition[] =>
  CONDITIONS.filter((condition) => condition !== look);

export const tryOut = ({ route, pushed }: Trial, steer: Steer): Driven =>
  drive(route, steer, { until: TRIAL_LENGTH, pushed });

export interface Outcome {
  readonly condition: Condition;
  /** Mean metres until the road was left, at most `TRIAL_LENGTH`. */
  readonly metres: number;
  /** Departures in all trials of the condition together. */
  readonly departures: number;
  readonly trials: number;
  /** Share of the time in which nobody had to help, every departure counted as six seconds of help. */
  readonly alone: number;
}

/** Seconds that a departure counts for (M. Bojarski et al. 2016, arXiv:1604.07316, section 7). */
const HELP = 6;

export function outcomesOf(
  drives: readonly { readonly condition: Condition; readonly driven: Driven }[],
): readonly Outcome[] {
  return CONDITIONS.flatMap((condition): Outcome[] => {
    const driven = drives.filter((trial) => trial.condition === condition).map((trial) => trial.driven);
    if (driven.length === 0) return [];
    const total = (of: (drive: Driven) => number) => driven.reduce((sum, one) => sum + of(one), 0);
    const departures = total((one) => one.departures);
    const alone = Math.max(0, 1 - (HELP * departures) / total(({ seconds }) => seconds));
    const metres = total(({ first }) => first) / driven.length;
    return [{ condition, metres, departures, trials: driven.length, alone }];
  });
}
