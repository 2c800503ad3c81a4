import { DIGITS } from "../../data/datasets.ts";
import { prepareStrokes, type Stroke } from "../../data/strokes.ts";
import { FRAME, SAMPLE_RATE, synthesise, VOWELS, type VoiceSettings } from "../../data/vowels.ts";
import { drawing } from "../../ui/drawing-codec.ts";
import { choice, defineState, integer, number, text } from "../../ui/state-codec.ts";
import type { Chosen } from "./journey.ts";
import type { SignalInput } from "./signals.ts";

export const LONGEST_TEXT = 60;

const line = (...places: (readonly [number, number])[]): Stroke => places.map(([x, y]) => ({ x, y }));

/** Drawings to begin with, on a pad of 1 × 1. */
export const EXAMPLE_DRAWINGS: readonly { readonly name: string; readonly strokes: readonly Stroke[] }[] = [
  {
    name: "4",
    strokes: [line([0.38, 0.15], [0.28, 0.55], [0.74, 0.55]), line([0.62, 0.3], [0.6, 0.88])],
  },
  { name: "7", strokes: [line([0.28, 0.18], [0.72, 0.18], [0.45, 0.86])] },
  {
    name: "2",
    strokes: [
      line([0.3, 0.3], [0.38, 0.18], [0.56, 0.15], [0.69, 0.25], [0.66, 0.42], [0.3, 0.82], [0.74, 0.82]),
    ],
  },
];

/** How a drawing is brought into the form of the pictures the network was trained on. */
export const PREPARATION = DIGITS.preparation as Exclude<typeof DIGITS.preparation, { kind: "none" }>;

export const journeyState = defineState(1, {
  kind: choice(["picture", "sentence", "sound"], "sentence"),
  text: text({ fallback: "밥 먹었어?", longest: LONGEST_TEXT }),
  strokes: drawing(EXAMPLE_DRAWINGS[0]!.strokes),
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
  picture: { kind: "picture" },
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
  if (state.kind === "picture") return { kind: "picture", pixels: pixelsOf(state.strokes) };
  return { kind: "sound", samples: rounded(synthesise(voiceOf(state), state.seed, FRAME)) };
}

/** The drawing as the network sees it, to three decimals. */
export const pixelsOf = (strokes: readonly Stroke[]): number[] =>
  Array.from(prepareStrokes(strokes, PREPARATION), (value) => Math.round(value * 1e3) / 1e3);

/** Short enough to be sent often, exact enough to be the same sound. */
export const rounded = (samples: ArrayLike<number>): number[] =>
  Array.from(samples, (value) => Math.round(value * 1e4) / 1e4);

export const chosenOf = ({ stage, unit }: JourneyState): Chosen | undefined =>
  stage < 0 ? undefined : { stage, index: unit };

/** Names of the classes, in the order of the probabilities. */
export const VOWEL_LETTERS = VOWELS.map(({ letter }) => letter);

/** Milliseconds of so many samples. */
export const milliseconds = (samples: number): number => (samples / SAMPLE_RATE) * 1000;
