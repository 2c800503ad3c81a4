/**
 * A widget's settings as the learner left them. They come back after a reload of the tab (a phone reloads a tab it
 * had put aside) and after “back”, and go with the tab: a lesson opened anew begins as it is written.
 */

const PREFIX = "gipi.widget.";

/** Where a widget stands, and the state its address held: a link opened later counts more than what was kept. */
export interface KeptPlace {
  readonly path: string;
  /** Id of its place on that page. */
  readonly place: string;
  /** Its part of the address; `null` without one. */
  readonly link: string | null;
}

/** The kept text form of the state; `undefined` when there is none, or it began from another link. */
export function keptState(at: KeptPlace, open = session): string | undefined {
  try {
    const [link, encoded] = JSON.parse(open().getItem(keyOf(at)) ?? "[]") as unknown[];
    return link === at.link && typeof encoded === "string" ? encoded : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the text form of a state, or with `undefined` forgets it. Where the browser blocks storage or it is full, the
 * widget works on and its link still holds everything.
 */
export function keepState(at: KeptPlace, encoded: string | undefined, open = session): void {
  try {
    if (encoded === undefined) open().removeItem(keyOf(at));
    else open().setItem(keyOf(at), JSON.stringify([at.link, encoded]));
  } catch {
    return;
  }
}

/** Forgets what was kept of every widget. */
export function forgetKeptStates(open = session): void {
  try {
    const storage = open();
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
    for (const key of keys) if (key.startsWith(PREFIX)) storage.removeItem(key);
  } catch {
    return;
  }
}

const session = (): Storage => sessionStorage;
const keyOf = ({ path, place }: KeptPlace) => `${PREFIX}${path}#${place}`;
