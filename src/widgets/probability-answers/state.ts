import { drawing } from "../../ui/drawing-codec.ts";
import { choice, defineState, integer, list, number } from "../../ui/state-codec.ts";
import { COLDEST, HOTTEST } from "./calibration.ts";

/** What the logits stand for in the first part. */
export const ANIMALS = ["고양이", "개", "여우", "토끼"] as const;
export const LOGIT_LIMIT = 10;
export const FIRST_LOGITS = [3, 1.5, 0.5, -1] as const;

const logit = number({ fallback: 0, min: -LOGIT_LIMIT, max: LOGIT_LIMIT, digits: 2 });
const temperature = (fallback: number) => number({ fallback, min: COLDEST, max: HOTTEST, digits: 2 });

export const COUNTS = ["100", "300", "2000"] as const;

export const answersState = defineState(1, {
  part: choice(["softmax", "calibration", "nonsense"], "softmax"),
  logits: list(logit, { fallback: FIRST_LOGITS, max: ANIMALS.length }),
  temperature: temperature(1),
  count: choice(COUNTS, "100"),
  seed: integer({ fallback: 1, min: 1, max: 99_999 }),
  /** By which the trained network's logits are divided. */
  cooling: temperature(1),
  strokes: drawing([]),
});

export type AnswersState = (typeof answersState)["defaults"];

/** Lessons' starting points. */
export const PRESETS: Readonly<Record<string, Partial<AnswersState>>> = {
  softmax: {},
  calibration: { part: "calibration" },
  nonsense: { part: "nonsense" },
};

/** Four logits, whatever a link holds. */
export const logitsOf = ({ logits }: AnswersState): readonly number[] =>
  ANIMALS.map((_, i) => logits[i] ?? FIRST_LOGITS[i]!);

/** Temperatures lie on a slider by their logarithm. */
export const toSlider = (value: number): number => Math.log2(value);
export const fromSlider = (position: number): number =>
  Math.max(COLDEST, Math.min(HOTTEST, Math.round(2 ** position * 100) / 100));
