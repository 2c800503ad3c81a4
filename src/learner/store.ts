import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { mergeRecords } from "./merge.ts";
import {
  type AnswerRecord,
  dateAfter,
  EMPTY_RECORD,
  type LearnerRecord,
  own,
  type Settings,
} from "./record.ts";
import {
  damagedTexts,
  keepDamaged,
  type OpenStorage,
  RECORD_KEY,
  readStored,
  replaceDamaged,
  writeStored,
} from "./storage.ts";
import { exportRecord, type ImportResult, importFailed, importSucceeded, readExport } from "./transfer.ts";

/**
 * Why the record is not, or not wholly, kept by the browser: storage is `blocked`; storage is `full`; what was
 * stored was `corrupt` (the damaged text is kept, its readable parts go on); a `newer` version wrote it, so
 * this page leaves it alone.
 */
export type StorageProblem = "blocked" | "full" | "corrupt" | "newer";

export interface Learner {
  /** Empty until `load()`. */
  readonly record: ReadonlySignal<LearnerRecord>;
  readonly problem: ReadonlySignal<StorageProblem | null>;
  /** Whether `load()` has run: before it an empty record means “not known yet”. */
  readonly loaded: ReadonlySignal<boolean>;
  /** Reads the storage and follows the other tabs. Idempotent; call it in an effect, never while rendering. */
  load(): void;
  /** @param fraction 0…1; the maximum is kept */
  markRead(lessonId: string, fraction: number): void;
  reachGoal(widgetId: string, goalId: string): void;
  saveAnswer(questionId: string, answer: AnswerRecord): void;
  answer(questionId: string): AnswerRecord | undefined;
  setSetting<K extends keyof Settings>(key: K, value: Settings[K]): void;
  exportText(): string;
  /** Merges an export file into the record; a file that is not wholly readable changes nothing. */
  importText(text: string): ImportResult;
  /**
   * Forgets everything, damaged texts included.
   *
   * @returns takes it back; `undefined` when a newer version's text forbids erasing
   */
  erase(): (() => void) | undefined;
  /** Tries to store again, after the learner made room or allowed it. */
  retry(): void;
  /** Damaged texts kept beside the record, oldest first. */
  damaged(): string[];
}

export interface LearnerOptions {
  readonly open: OpenStorage;
  /** Delivers `storage` and `pageshow` events; none on the server. */
  readonly events?: EventTarget | undefined;
  readonly now?: () => Date;
}

/**
 * A learner's record over a storage that may fail in any way; its methods never throw. They look at the signals
 * with `peek`, so that an effect which saves something does not run again because of it; only `answer` tracks.
 */
export function createLearner({ open, events, now = () => new Date() }: LearnerOptions): Learner {
  const record = signal(EMPTY_RECORD);
  const problem = signal<StorageProblem | null>(null);
  const loaded = signal(false);
  let wasCorrupt = false;
  let newerText: string | undefined;

  const setProblem = (current: StorageProblem | null) => {
    problem.value = current ?? (wasCorrupt ? "corrupt" : null);
  };

  const write = () => {
    const result = writeStored(open, JSON.stringify(record.peek()));
    setProblem(result === "written" ? null : result);
  };

  /** Takes in what is stored, possibly by another tab. Returns whether the stored text may be replaced. */
  const absorb = (): boolean => {
    const stored = readStored(open);
    newerText = stored.kind === "newer" ? stored.text : undefined;
    if (stored.kind === "blocked") {
      setProblem("blocked");
      return false;
    }
    if (stored.kind === "empty") return true;
    const merged = mergeRecords(record.peek(), stored.record);
    if (JSON.stringify(merged) !== JSON.stringify(record.peek())) record.value = merged;
    if (stored.kind === "newer") setProblem("newer");
    if (stored.kind !== "damaged") return stored.kind === "intact";
    // The damaged text may be replaced only once its copy is safe.
    const kept = keepDamaged(open, stored.text);
    wasCorrupt = true;
    setProblem(kept === "written" ? null : kept);
    if (kept === "written") write();
    return kept === "written";
  };

  const load = () => {
    if (loaded.peek()) return;
    batch(() => {
      loaded.value = true;
      absorb();
    });
    events?.addEventListener("storage", (event) => {
      const key = "key" in event ? event.key : null;
      if (key === null || key === RECORD_KEY) batch(absorb);
    });
    // A page that comes back from the back/forward cache has missed the events.
    events?.addEventListener("pageshow", () => batch(absorb));
  };

  /** Read, merge, change, write: what another tab stored meanwhile is never overwritten. */
  const update = (change: (record: LearnerRecord) => LearnerRecord) => {
    load();
    batch(() => {
      const writable = absorb();
      const next = change(record.peek());
      if (next === record.peek()) return;
      record.value = next;
      if (writable) write();
    });
  };

  const markRead = (lessonId: string, fraction: number) => {
    // Hundredths are enough for a bar, and keep scrolling from writing hundreds of times.
    const rounded = Math.floor(Math.min(1, Math.max(0, fraction)) * 100) / 100;
    if (!(rounded > (own(record.peek().read, lessonId) ?? 0))) return;
    update((old) =>
      rounded > (own(old.read, lessonId) ?? 0) ? { ...old, read: { ...old.read, [lessonId]: rounded } } : old,
    );
  };

  const reachGoal = (widgetId: string, goalId: string) => {
    if (own(record.peek().goals, widgetId)?.includes(goalId)) return;
    update((old) => {
      const reached = own(old.goals, widgetId) ?? [];
      if (reached.includes(goalId)) return old;
      return { ...old, goals: { ...old.goals, [widgetId]: [...reached, goalId].sort() } };
    });
  };

  const saveAnswer = (questionId: string, answer: AnswerRecord) =>
    update((old) => {
      const at = dateAfter(own(old.answers, questionId)?.at ?? "", answer.at);
      return { ...old, answers: { ...old.answers, [questionId]: { ...answer, at } } };
    });

  const importText = (text: string): ImportResult => {
    const file = readExport(text);
    if ("failure" in file) return importFailed(file.failure);
    load();
    const before = record.peek();
    // An import is a wish of now: a record exported before an erasure is welcome all the same.
    update((old) => mergeRecords(old, { ...file.record, since: old.since }));
    return importSucceeded(before, record.peek());
  };

  const erase = () => {
    load();
    absorb();
    if (problem.peek() === "newer") return undefined;
    const before = record.peek();
    const beforeDamaged = damagedTexts(open);
    const restart = (content: LearnerRecord) =>
      update((old) => ({ ...content, since: dateAfter(old.since, now().toISOString()) }));
    restart({ ...EMPTY_RECORD, settings: before.settings, settingsAt: before.settingsAt });
    replaceDamaged(open, []);
    return () => {
      restart(mergeRecords(before, { ...record.peek(), since: before.since }));
      replaceDamaged(open, beforeDamaged);
    };
  };

  return {
    record,
    problem,
    loaded,
    load,
    markRead,
    reachGoal,
    saveAnswer,
    answer: (questionId) => own(record.value.answers, questionId),
    setSetting: (key, value) =>
      update((old) => ({
        ...old,
        settings: { ...old.settings, [key]: value },
        settingsAt: dateAfter(old.settingsAt, now().toISOString()),
      })),
    exportText: () => exportRecord(record.peek(), now().toISOString(), newerText),
    importText,
    erase,
    retry: () => batch(() => absorb() && write()),
    damaged: () => damagedTexts(open),
  };
}
