import {
  type AnswerRecord,
  EMPTY_RECORD,
  type LearnerRecord,
  RECORD_VERSION,
  type Settings,
} from "./record.ts";
import { closePrefix } from "./salvage.ts";

/** What a text turned out to be. `record` holds whatever could be read of it. */
export type Reading =
  | { readonly kind: "intact"; readonly record: LearnerRecord }
  | { readonly kind: "damaged"; readonly record: LearnerRecord; readonly problems: readonly string[] }
  | { readonly kind: "newer"; readonly record: LearnerRecord };

type Table = Readonly<Record<string, unknown>>;

/** Ids are file names and YAML ids of the course; anything else did not come from it. */
const ID = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const ISO_DATE = /^\d{4}-\d\d-\d\dT/;
const EPOCH = new Date(0).toISOString();

/** Reads the stored text of a record; never throws. A text that breaks off is read as far as it goes. */
export function readText(text: string): Reading {
  const value = parse(text);
  if (value !== undefined) return readValue(value);
  const prefix = parse(closePrefix(text) ?? "");
  const reading = readValue(prefix);
  if (reading.kind === "newer") return reading;
  return { kind: "damaged", record: reading.record, problems: ["JSON"] };
}

/** Reads an already parsed record field by field. `problems` names the fields that had to be left out. */
export function readValue(value: unknown): Reading {
  if (!isTable(value)) return { kind: "damaged", record: EMPTY_RECORD, problems: ["record"] };
  const problems: string[] = [];
  const record: LearnerRecord = {
    version: RECORD_VERSION,
    since: value.since === "" ? "" : date(value.since, "since", problems),
    read: table(value.read, "read", fraction, problems),
    goals: table(value.goals, "goals", goalIds, problems),
    answers: table(value.answers, "answers", answer, problems),
    settings: settings(value.settings, problems),
    settingsAt: value.settingsAt === "" ? "" : date(value.settingsAt, "settingsAt", problems),
  };
  const version = value.version;
  if (typeof version === "number" && version > RECORD_VERSION) return { kind: "newer", record };
  if (version !== RECORD_VERSION) problems.push("version");
  return problems.length === 0 ? { kind: "intact", record } : { kind: "damaged", record, problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function table<T>(
  value: unknown,
  name: string,
  read: (value: unknown) => T | undefined,
  problems: string[],
): Record<string, T> {
  if (!isTable(value)) {
    problems.push(name);
    return {};
  }
  const entries: [string, T][] = [];
  for (const [key, member] of Object.entries(value)) {
    const result = ID.test(key) ? read(member) : undefined;
    if (result === undefined) problems.push(`${name}.${key}`);
    else entries.push([key, result]);
  }
  return Object.fromEntries(entries);
}

const fraction = (value: unknown) =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;

const goalIds = (value: unknown) =>
  isStrings(value) && value.every((id) => ID.test(id)) ? [...new Set(value)].sort() : undefined;

/** The learner's words and their verdict must be readable; everything about them may fall back. */
function answer(value: unknown): AnswerRecord | undefined {
  if (!isTable(value)) return undefined;
  const { response, verdict, version, attempts, overridden, revealed, at } = value;
  if (typeof response !== "string" && !isStrings(response)) return undefined;
  if (verdict !== "correct" && verdict !== "partial" && verdict !== "incorrect") return undefined;
  return {
    version: count(version),
    response,
    verdict,
    attempts: count(attempts),
    overridden: overridden === true,
    revealed: revealed === true,
    at: normalDate(at) ?? EPOCH,
  };
}

const count = (value: unknown) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 1);

function settings(value: unknown, problems: string[]): Settings {
  const theme = isTable(value) ? value.theme : undefined;
  if (theme === "system" || theme === "light" || theme === "dark") return { theme };
  problems.push("settings.theme");
  return EMPTY_RECORD.settings;
}

function date(value: unknown, name: string, problems: string[]): string {
  const result = normalDate(value);
  if (result === undefined) problems.push(name);
  return result ?? "";
}

/** One spelling per moment, so that dates compare as text. */
function normalDate(value: unknown): string | undefined {
  if (typeof value !== "string" || !ISO_DATE.test(value)) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return undefined;
  const text = new Date(time).toISOString();
  return ISO_DATE.test(text) ? text : undefined;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === "string");
}
