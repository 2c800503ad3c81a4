import { createLearner, type Learner } from "./store.ts";

export type { AnswerRecord, LearnerRecord, Settings, Theme, Verdict } from "./record.ts";
export type { Learner, StorageProblem } from "./store.ts";
export type { ImportResult } from "./transfer.ts";

const inBrowser = typeof window !== "undefined";

/** The one record of this page; on the server it stays empty. */
export const learner: Learner = createLearner({
  open: () => (inBrowser ? window.localStorage : undefined),
  events: inBrowser ? window : undefined,
});
