/** Patients and their treatment, as the address holds them. */
import { type Codec, choice, defineState, flag, integer, type StateOf } from "../../ui/state-codec.ts";
import type { Structure } from "./graph.ts";

export const MIN_DEPTH = 2;
export const MAX_DEPTH = 50;
export const RATES = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"] as const;
/** What is drawn under the gradients. */
export const SECOND_MEASURES = ["activations", "spreads", "changes"] as const;

export const healthState = defineState(1, {
  patient: choice(["vanishing", "exploding", "degrading", "own"], "vanishing"),
  depth: integer({ fallback: 30, min: MIN_DEPTH, max: MAX_DEPTH }),
  activation: choice(["sigmoid", "tanh", "relu", "leaky-relu", "gelu"], "sigmoid"),
  init: choice(["zeros", "small", "normal", "xavier", "he"], "small"),
  norm: choice(["none", "batch", "layer"], "none"),
  residual: flag(false),
  clip: flag(false),
  optimizer: choice(["sgd", "momentum", "adam"], "sgd"),
  rate: choice(RATES, "0.1"),
  data: choice(["circle", "xor", "spiral"], "circle"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  measure: choice(SECOND_MEASURES, "activations"),
  /** The layer looked at or guessed, from 1; the output layer is `depth + 1`. */
  layer: integer({ fallback: 15, min: 1, max: MAX_DEPTH + 1 }),
  /** The guess with which the examination was opened: 0 when there was none. */
  guess: integer({ fallback: 0, min: 0, max: MAX_DEPTH + 1 }),
  /** Whether the gradients have been uncovered. */
  open: flag(false),
});

export type HealthState = StateOf<{
  [K in keyof typeof healthState.defaults]: Codec<(typeof healthState.defaults)[K]>;
}>;

export type PatientId = HealthState["patient"];

/** What a treatment may change; the depth is part of the patient. */
export const TREATMENTS = ["activation", "init", "norm", "residual", "clip", "optimizer", "rate"] as const;
export type Treatment = (typeof TREATMENTS)[number];

type Prescription = Pick<HealthState, Treatment | "depth" | "data">;

/** How each patient comes in. `tests/lessons/04-gradient-health.test.ts` tries over seeds what helps them. */
export const PATIENTS: Readonly<Record<PatientId, Prescription>> = {
  vanishing: {
    ...{ depth: 30, data: "circle", activation: "sigmoid", init: "small", norm: "none" },
    ...{ residual: false, clip: false, optimizer: "sgd", rate: "0.1" },
  },
  exploding: {
    ...{ depth: 30, data: "circle", activation: "relu", init: "normal", norm: "none" },
    ...{ residual: false, clip: false, optimizer: "sgd", rate: "0.01" },
  },
  degrading: {
    ...{ depth: 50, data: "circle", activation: "relu", init: "he", norm: "batch" },
    ...{ residual: false, clip: false, optimizer: "sgd", rate: "0.1" },
  },
  own: {
    ...{ depth: 10, data: "circle", activation: "tanh", init: "xavier", norm: "none" },
    ...{ residual: false, clip: false, optimizer: "sgd", rate: "0.1" },
  },
};

/** The patient as they came in, not examined yet. */
export const admitted = (patient: PatientId): Partial<HealthState> => ({
  patient,
  ...PATIENTS[patient],
  layer: Math.ceil(PATIENTS[patient].depth / 2),
  guess: 0,
  open: patient === "own",
});

/** Which settings differ from those the patient came with. */
export const changedTreatments = (state: HealthState): Treatment[] =>
  TREATMENTS.filter((name) => state[name] !== PATIENTS[state.patient][name]);

/** Whether it is still the patient who came in: as deep, with the same task. */
export const isSamePatient = (state: HealthState): boolean =>
  state.depth === PATIENTS[state.patient].depth && state.data === PATIENTS[state.patient].data;

/** What a shared link cannot guarantee by its fields alone: a layer that exists. */
export function soundState(state: HealthState): HealthState {
  const last = state.depth + 1;
  return state.layer <= last && state.guess <= last
    ? state
    : { ...state, layer: Math.min(state.layer, last), guess: Math.min(state.guess, last) };
}

export const structureOf = ({
  depth,
  activation,
  norm,
  residual,
  clip,
  optimizer,
}: HealthState): Structure => ({ depth, activation, norm, residual, clip, optimizer });

/** What a lesson's preset opens: a patient, or the first one. */
export const presetState = (name: string | undefined): Partial<HealthState> =>
  name === "exploding" || name === "degrading" || name === "own" ? admitted(name) : admitted("vanishing");
