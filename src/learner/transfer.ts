import { readValue } from "./read.ts";
import type { LearnerRecord } from "./record.ts";

/** An export file is one JSON object with this `format`. */
const FORMAT = "gipi-record";
/** Larger files are refused: a full record of the course is a few hundred kilobytes. */
const MAX_IMPORT_CHARACTERS = 2_000_000;

export type ImportFailure = "too-large" | "not-json" | "foreign" | "newer" | "damaged";

/** What an import did; `message` is a Korean sentence for the learner. */
export type ImportResult =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly reason: ImportFailure; readonly message: string };

const FAILURES: Readonly<Record<ImportFailure, string>> = {
  "too-large": "파일이 너무 큽니다. 이 과정의 기록 파일은 2MB를 넘지 않습니다. 기록은 그대로 두었습니다.",
  "not-json": "파일이 손상되었거나 기록 파일이 아닙니다. 기록은 그대로 두었습니다.",
  foreign: "이 과정의 기록 파일이 아닙니다. 기록은 그대로 두었습니다.",
  newer:
    "더 새로운 버전에서 내보낸 파일입니다. 페이지를 새로 고친 뒤 다시 가져와 주세요. 기록은 그대로 두었습니다.",
  damaged: "파일의 일부가 손상되어 가져오지 않았습니다. 기록은 그대로 두었습니다.",
};

/**
 * The export file's text.
 *
 * @param newerText the stored text of a newer version, which this page can neither read fully nor replace;
 *   it travels along untouched so that nothing is left behind
 */
export function exportRecord(record: LearnerRecord, exportedAt: string, newerText?: string): string {
  const file = { format: FORMAT, exportedAt, record, ...(newerText === undefined ? {} : { newerText }) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads an export file. Anything doubtful refuses the whole file: an import changes all or nothing. */
export function readExport(
  text: string,
): { readonly record: LearnerRecord } | { readonly failure: ImportFailure } {
  if (text.length > MAX_IMPORT_CHARACTERS) return { failure: "too-large" };
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { failure: "not-json" };
  }
  if (typeof file !== "object" || file === null || !("format" in file) || file.format !== FORMAT) {
    return { failure: "foreign" };
  }
  const reading = readValue("record" in file ? file.record : undefined);
  if (reading.kind === "newer") return { failure: "newer" };
  return reading.kind === "damaged" ? { failure: "damaged" } : { record: reading.record };
}

export const importFailed = (reason: ImportFailure): ImportResult => ({
  ok: false,
  reason,
  message: FAILURES[reason],
});

/** Says how much a merge brought in. */
export function importSucceeded(before: LearnerRecord, after: LearnerRecord): ImportResult {
  const answers = changedKeys(before.answers, after.answers);
  const goals = countGoals(after) - countGoals(before);
  const lessons = changedKeys(before.read, after.read);
  const message =
    answers + goals + lessons === 0
      ? "가져온 파일에 새로운 기록이 없습니다. 지금 기록이 이미 모두 담고 있습니다."
      : `기록을 합쳤습니다. 답 ${answers}개, 목표 ${goals}개, 읽은 레슨 ${lessons}개를 더하거나 고쳤습니다.`;
  return { ok: true, message };
}

function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): number {
  return Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .length;
}

const countGoals = (record: LearnerRecord) =>
  Object.values(record.goals).reduce((sum, ids) => sum + ids.length, 0);
