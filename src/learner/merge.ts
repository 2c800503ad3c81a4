import { type AnswerRecord, type LearnerRecord, own } from "./record.ts";

/**
 * Joins two records of the same learner so that neither loses: the larger read fraction, the union of goals,
 * the newest answer per question, the newest settings. Commutative, associative and idempotent, so that tabs
 * may merge in any order and as often as they like. A record erased later replaces the other altogether.
 */
export function mergeRecords(a: LearnerRecord, b: LearnerRecord): LearnerRecord {
  if (a.since !== b.since) return a.since > b.since ? a : b;
  const settings = later(a, b, (record) => record.settingsAt, settingsText);
  return {
    version: a.version,
    since: a.since,
    read: mergeTables(a.read, b.read, Math.max),
    goals: mergeTables(a.goals, b.goals, union),
    answers: mergeTables(a.answers, b.answers, newer),
    settings: settings.settings,
    settingsAt: settings.settingsAt,
  };
}

function mergeTables<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  join: (x: T, y: T) => T,
): Record<string, T> {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    keys.map((key) => {
      const x = own(a, key);
      const y = own(b, key);
      return [key, x === undefined ? y! : y === undefined ? x : join(x, y)];
    }),
  );
}

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();

const newer = (a: AnswerRecord, b: AnswerRecord) => later(a, b, (answer) => answer.at, answerText);

/** Equal dates are decided by the text, so that both orders of merging agree. */
function later<T>(a: T, b: T, date: (value: T) => string, text: (value: T) => string): T {
  if (date(a) !== date(b)) return date(a) > date(b) ? a : b;
  return text(a) >= text(b) ? a : b;
}

const settingsText = (record: LearnerRecord) => record.settings.theme;

const answerText = (answer: AnswerRecord) =>
  JSON.stringify([
    answer.attempts,
    answer.version,
    answer.verdict,
    answer.overridden,
    answer.revealed,
    answer.response,
  ]);
