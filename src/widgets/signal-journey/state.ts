import { FRAME, SAMPLE_RATE, synthesise, type VoiceSettings, VOWELS } from "../../data/vowels.ts";
import { type Codec, choice, defineState, integer, number } from "../../ui/state-codec.ts";
import type { Chosen } from "./journey.ts";
import type { SignalInput } from "./signals.ts";

export const LONGEST_TEXT = 60;

/** Free text, without the marks that divide the fields of an address. */
const text = (fallback: string): Codec<string> => ({
  fallback,
  encode: (value) => encodeURIComponent(value),
  decode: (encoded) => {
    try {
      const value = decodeURIComponent(encoded);
      return value.length <= LONGEST_TEXT ? value : undefined;
    } catch {
      return undefined;
    }
  },
});

export const journeyState = defineState(1, {
  kind: choice(["sentence", "sound"], "sentence"),
  text: text("밥 먹었어?"),
  vowel: choice(["a", "e", "i", "o", "u"], "a"),
  /** Hz. */
  pitch: integer({ fallback: 130, min: 70, max: 400 }),
  voice: number({ fallback: 0.2, min: -0.2, max: 1.2, digits: 2 }),
  noise: number({ fallback: 0.05, min: 0, max: 3, digits: 2 }),
  /** Draws where the voice begins, and its hiss. */
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  /** The chosen number; −1 for none. */
  stage: integer({ fallback: -1, min: -1, max: 20 }),
  unit: integer({ fallback: 0, min: 0, max: 99_999 }),
  view: choice(["values", "change"], "values"),
});

export type JourneyState = (typeof journeyState)["defaults"];

/** Lessons' starting points. */
export const PRESETS: Readonly<Record<string, Partial<JourneyState>>> = {
  sentence: {},
  sound: { kind: "sound" },
};

export const voiceOf = ({ vowel, pitch, voice, noise }: JourneyState): VoiceSettings => ({
  vowel,
  pitch,
  voice,
  noise,
});

/** What the state sends through the network, without a recording. */
export function inputOf(state: JourneyState): SignalInput {
  if (state.kind === "sentence") return { kind: "sentence", text: state.text };
  return { kind: "sound", samples: rounded(synthesise(voiceOf(state), state.seed, FRAME)) };
}

/** Short enough to be sent often, exact enough to be the same sound. */
export const rounded = (samples: ArrayLike<number>): number[] =>
  Array.from(samples, (value) => Math.round(value * 1e4) / 1e4);

export const chosenOf = ({ stage, unit }: JourneyState): Chosen | undefined =>
  stage < 0 ? undefined : { stage, index: unit };

/** Names of the classes, in the order of the probabilities. */
export const VOWEL_LETTERS = VOWELS.map(({ letter }) => letter);

/** Milliseconds of so many samples. */
export const milliseconds = (samples: number): number => (samples / SAMPLE_RATE) * 1000;
