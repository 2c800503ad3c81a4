import { choice, defineState, integer, number } from "../../ui/state-codec.ts";
import type { Goal } from "../../ui/WidgetFrame.tsx";
import {
  activate,
  dayOf,
  goes,
  type Neuron,
  PEOPLE,
  type PersonId,
  type Triple,
  weightedSum,
} from "./model.ts";

export const LIMIT = 5;

const input = (fallback: number) => number({ fallback, min: 0, max: 1, digits: 2 });
const weight = (fallback: number) => number({ fallback, min: -LIMIT, max: LIMIT, digits: 2 });

export const neuronState = defineState(1, {
  mode: choice(["guess", "free"], "guess"),
  rain: input(0.7),
  time: input(0.5),
  tired: input(0.2),
  w1: weight(-4),
  w2: weight(1),
  w3: weight(-1),
  b: weight(1),
  activation: choice(["step", "sigmoid", "relu"], "step"),
  /** Which day the circumstances were drawn for. */
  day: integer({ fallback: 1, min: 1, max: 9999 }),
});

export type NeuronState = (typeof neuronState)["defaults"];

export const neuronOf = ({ w1, w2, w3, b }: NeuronState): Neuron => ({ weights: [w1, w2, w3], bias: b });
export const inputsOf = ({ rain, time, tired }: NeuronState): Triple => [rain, time, tired];
export const sumOf = (state: NeuronState): number => weightedSum(neuronOf(state), inputsOf(state));

/** The person whose weights these are; `undefined` when the sliders were moved. */
export function personOf(state: NeuronState): PersonId | undefined {
  const { weights, bias } = neuronOf(state);
  return PEOPLE.find(
    (person) => person.bias === bias && person.weights.every((value, i) => value === weights[i]),
  )?.id;
}

/** The state with a person's weights and a day drawn for them. */
export function withPerson(id: PersonId, day: number): Partial<NeuronState> {
  const person = PEOPLE.find((candidate) => candidate.id === id) ?? PEOPLE[0];
  const [w1, w2, w3] = person.weights;
  return { w1, w2, w3, b: person.bias, ...withDay(person, day) };
}

export function withDay(neuron: Neuron, day: number): Partial<NeuronState> {
  const [rain, time, tired] = dayOf(neuron, day);
  return { rain, time, tired, day };
}

const LAST_DAY = 9999;

/** What decides the output: who has seen it once needs no guess any more. */
export const caseOf = (state: NeuronState): string =>
  [...neuronOf(state).weights, state.b, ...inputsOf(state)].join(" ");

/** The state with the next day, from the given one on, whose output has not been shown. */
export function withUnseenDay(
  state: NeuronState,
  from: number,
  seen: ReadonlySet<string>,
): Partial<NeuronState> {
  const neuron = neuronOf(state);
  for (let turn = 0; turn < LAST_DAY; turn++) {
    const day = ((from - 1 + turn) % LAST_DAY) + 1;
    const patch = withDay(neuron, day);
    if (!seen.has(caseOf({ ...state, ...patch }))) return patch;
  }
  return withDay(neuron, from);
}

/** A guess counts for a person of the course (own weights can make it trivial) and before the output was shown. */
export type Standing = "counts" | "own" | "seen";

export function standingOf(state: NeuronState, seen: ReadonlySet<string>): Standing {
  if (personOf(state) === undefined) return "own";
  return seen.has(caseOf(state)) ? "seen" : "counts";
}

/** The learner's guesses of this visit, made before the output was shown. */
export interface Score {
  readonly right: number;
  readonly total: number;
  /** Right ones in a row. */
  readonly streak: number;
  /** How many of the row were days on which the bicycle is taken. */
  readonly rides: number;
}

export const NO_GUESSES: Score = { right: 0, total: 0, streak: 0, rides: 0 };

export const scored = (score: Score, guess: boolean, truth: boolean): Score => {
  const hit = guess === truth;
  return {
    right: score.right + (hit ? 1 : 0),
    total: score.total + 1,
    streak: hit ? score.streak + 1 : 0,
    rides: hit ? score.rides + (truth ? 1 : 0) : 0,
  };
};

export const STREAK = 4;

/** Tasks judged from the settings; only where everything is shown, so that no chance guess counts. */
export function neuronGoals(state: NeuronState, score: Score): Goal[] {
  const free = state.mode === "free";
  const z = sumOf(state);
  const y = activate(state.activation, z);
  const { weights, bias } = neuronOf(state);
  const person = PEOPLE.find(({ weights: own }) => own.every((value, i) => value === weights[i]));
  const before = person && weightedSum(person, inputsOf(state));
  return [
    {
      id: "guess",
      label: `확인하기 전에 짐작을 ${STREAK}번 이상 잇달아 맞히기 (타는 날과 타지 않는 날 모두)`,
      // The same answer every day is no guess.
      done: score.streak >= STREAK && score.rides > 0 && score.rides < score.streak,
    },
    {
      id: "rain",
      label: "비가 올 확률이 1이어도 자전거를 타는 사람 만들기",
      done: free && state.rain === 1 && goes(z),
    },
    {
      id: "bias",
      label: "입력도 가중치도 그대로 두고 편향만 바꿔 결정을 뒤집기",
      done: free && before !== undefined && bias !== person?.bias && goes(before) !== goes(z),
    },
    {
      id: "waver",
      label: "시그모이드로 0.45와 0.55 사이의 망설이는 출력 만들기",
      done: free && state.activation === "sigmoid" && y > 0.45 && y < 0.55,
    },
  ];
}
