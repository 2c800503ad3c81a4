/** Counts what a page holds, by the page's own request. */
const pages = new WeakMap<object, Map<string, number>>();

/** How many things of this name the page holds, this one included. */
export function countOnPage(page: object, name: string): number {
  const counts = pages.get(page) ?? new Map<string, number>();
  const count = (counts.get(name) ?? 0) + 1;
  pages.set(page, counts.set(name, count));
  return count;
}

/** The id of a widget's place on a page: its name the first time, `name-2`, `name-3` after that. */
export function widgetAnchor(page: object, name: string): string {
  const count = countOnPage(page, name);
  return count === 1 ? name : `${name}-${count}`;
}
