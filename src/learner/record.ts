/**
 * What the course remembers of a learner, as plain data. It stays on the device; its text form is one JSON
 * object under one key of `localStorage`, and the same object inside an export file.
 */

/** Version of the text form. Raise it with *every* new field: an older page then leaves the text alone. */
export const RECORD_VERSION = 1;

export type Verdict = "correct" | "partial" | "incorrect";
export type Theme = "system" | "light" | "dark";

export interface AnswerRecord {
  /** Version of the question that was answered. */
  readonly version: number;
  /** Free text, or the ids of the chosen options. */
  readonly response: string | readonly string[];
  readonly verdict: Verdict;
  readonly attempts: number;
  /** The learner judged the answer right against the grader. */
  readonly overridden: boolean;
  /** The answer had been revealed before. */
  readonly revealed: boolean;
  /** ISO date. */
  readonly at: string;
}

export interface Settings {
  readonly theme: Theme;
}

export interface LearnerRecord {
  readonly version: typeof RECORD_VERSION;
  /** ISO date of the last erasure, `""` before the first; what is older than an erasure stays erased. */
  readonly since: string;
  /** Lesson id → the largest fraction read, 0…1. */
  readonly read: Readonly<Record<string, number>>;
  /** Widget id → ids of its reached goals, sorted. */
  readonly goals: Readonly<Record<string, readonly string[]>>;
  /** Question id → the newest answer. */
  readonly answers: Readonly<Record<string, AnswerRecord>>;
  readonly settings: Settings;
  /** ISO date of the last change of a setting, `""` when all are at their default. */
  readonly settingsAt: string;
}

export const EMPTY_RECORD: LearnerRecord = {
  version: RECORD_VERSION,
  since: "",
  read: {},
  goals: {},
  answers: {},
  settings: { theme: "system" },
  settingsAt: "",
};

/** The value under an own key; `undefined` for a missing key and for names such as `constructor`. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** An ISO date after both: `candidate`, or a millisecond past `previous` when a clock was set back meanwhile. */
export function dateAfter(previous: string, candidate: string): string {
  const before = Date.parse(previous);
  const wanted = Date.parse(candidate);
  if (Number.isNaN(before)) return new Date(Number.isNaN(wanted) ? 0 : wanted).toISOString();
  return new Date(Number.isNaN(wanted) ? before + 1 : Math.max(wanted, before + 1)).toISOString();
}
