/** Rows of the table, shared by all calls: thousands of them are made for one answer. */
let before = new Uint8Array(64);
let previous = new Uint8Array(64);
let row = new Uint8Array(64);

/**
 * Optimal string alignment distance, bounded: insertions, deletions, substitutions and transpositions of
 * neighbours cost 1 each (Damerau 1964; the alignment touches no letter twice).
 *
 * Compares `pattern` (at most 60 letters) with every prefix of `text` from `from` on.
 *
 * @param limit larger distances are of no interest and come out as `limit + 1`
 * @param distances filled: prefix length → distance
 * @returns the longest prefix length compared; −1 when every distance is beyond the limit
 */
export function prefixDistances(
  pattern: string,
  text: string,
  from: number,
  limit: number,
  distances: Uint8Array,
): number {
  const width = Math.min(pattern.length + limit, text.length - from, 62);
  const more = limit + 1;
  for (let j = 0; j <= width; j += 1) previous[j] = Math.min(j, more);
  for (let i = 1; i <= pattern.length; i += 1) {
    const first = Math.max(1, i - limit);
    const last = Math.min(width, i + limit);
    row[first - 1] = first === 1 ? Math.min(i, more) : more;
    let best = row[first - 1]!;
    const letter = pattern.charCodeAt(i - 1);
    for (let j = first; j <= last; j += 1) {
      const other = text.charCodeAt(from + j - 1);
      // Beyond the band of the row above everything costs more than the limit.
      const above = j > i - 1 + limit ? more : previous[j]!;
      let cost = previous[j - 1]! + (letter === other ? 0 : 1);
      cost = Math.min(cost, above + 1, row[j - 1]! + 1);
      const swapped =
        i > 1 &&
        j > 1 &&
        letter !== other &&
        letter === text.charCodeAt(from + j - 2) &&
        pattern.charCodeAt(i - 2) === other;
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      row[j] = Math.min(cost, more);
      best = Math.min(best, row[j]!);
    }
    if (best > limit) return -1;
    [before, previous, row] = [previous, row, before];
  }
  const first = Math.max(0, pattern.length - limit);
  for (let j = 0; j <= width; j += 1) distances[j] = j < first ? more : previous[j]!;
  return width;
}
