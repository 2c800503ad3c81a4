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

/** The learner's guesses of this visit. */
export interface Score {
  readonly right: number;
  readonly total: number;
  /** Right ones in a row. */
  readonly streak: number;
}

export const NO_GUESSES: Score = { right: 0, total: 0, streak: 0 };

export const scored = ({ right, total, streak }: Score, hit: boolean): Score => ({
  right: right + (hit ? 1 : 0),
  total: total + 1,
  streak: hit ? streak + 1 : 0,
});

export const STREAK = 3;

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
      label: `확인하기 전에 짐작을 ${STREAK}번 잇달아 맞히기`,
      done: score.streak >= STREAK,
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
