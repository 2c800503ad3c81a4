import { type Reading, readText } from "./read.ts";

/** Where the record lies in `localStorage`. */
export const RECORD_KEY = "gipi.record";
/** Where a text that could not be read is kept; a second one gets `.2`, and so on. */
export const DAMAGED_KEY = "gipi.record.damaged";

const DAMAGED_KEYS = [DAMAGED_KEY, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${DAMAGED_KEY}.${n}`)];

/** Gives the storage; throws or returns nothing where the browser blocks it. */
export type OpenStorage = () => Storage | null | undefined;

export type Stored =
  | { readonly kind: "blocked" }
  | { readonly kind: "empty" }
  | (Reading & { readonly text: string });

export type Written = "written" | "full" | "blocked";

export function readStored(open: OpenStorage): Stored {
  try {
    const storage = open();
    if (!storage) return { kind: "blocked" };
    const text = storage.getItem(RECORD_KEY);
    return text === null ? { kind: "empty" } : { ...readText(text), text };
  } catch {
    return { kind: "blocked" };
  }
}

export function writeStored(open: OpenStorage, text: string): Written {
  return attempt(open, (storage) => storage.setItem(RECORD_KEY, text));
}

/** Keeps a damaged text beside the record, without replacing one kept earlier. */
export function keepDamaged(open: OpenStorage, text: string): Written {
  return attempt(open, (storage) => {
    const free = DAMAGED_KEYS.find((key) => [null, text].includes(storage.getItem(key)));
    storage.setItem(free ?? DAMAGED_KEYS.at(-1)!, text);
  });
}

/** The damaged texts that were kept, oldest first. */
export function damagedTexts(open: OpenStorage): string[] {
  try {
    const storage = open();
    return DAMAGED_KEYS.map((key) => storage?.getItem(key) ?? "").filter((text) => text !== "");
  } catch {
    return [];
  }
}

/** Replaces the kept damaged texts by `texts` (none: forgets them). */
export function replaceDamaged(open: OpenStorage, texts: readonly string[]): Written {
  return attempt(open, (storage) => {
    for (const [index, key] of DAMAGED_KEYS.entries()) {
      const text = texts[index];
      if (text === undefined) storage.removeItem(key);
      else storage.setItem(key, text);
    }
  });
}

function attempt(open: OpenStorage, action: (storage: Storage) => void): Written {
  try {
    const storage = open();
    if (!storage) return "blocked";
    action(storage);
    return "written";
  } catch (error) {
    return isQuotaError(error) ? "full" : "blocked";
  }
}

/** Firefox before 2025 names it differently; both are in the DOM standard's history. */
function isQuotaError(error: unknown): boolean {
  const name = typeof error === "object" && error !== null && "name" in error ? error.name : undefined;
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
