/** Keeps the learner's words on this device only. */
import type { OpenStorage, Written } from "../../learner/storage.ts";
import { type OwnWord, readWords, writeWords } from "./own-words.ts";

export const WORDS_KEY = "gipi.doodle-words";

export type Kept =
  | { readonly kind: "empty" }
  | { readonly kind: "damaged" }
  | { readonly kind: "blocked" }
  | { readonly kind: "words"; readonly words: readonly OwnWord[] };

export function loadWords(open: OpenStorage): Kept {
  try {
    const storage = open();
    if (!storage) return { kind: "blocked" };
    const text = storage.getItem(WORDS_KEY);
    if (text === null) return { kind: "empty" };
    const words = readWords(text);
    return words ? { kind: "words", words } : { kind: "damaged" };
  } catch {
    return { kind: "blocked" };
  }
}

/** Words that are none are taken away, so that nothing stays behind. */
export function keepWords(open: OpenStorage, words: readonly OwnWord[]): Written {
  try {
    const storage = open();
    if (!storage) return "blocked";
    if (words.length === 0) storage.removeItem(WORDS_KEY);
    else storage.setItem(WORDS_KEY, writeWords(words));
    return "written";
  } catch (error) {
    return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "blocked";
  }
}
