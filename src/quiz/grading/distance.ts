/**
 * Optimal string alignment distance, bounded: insertions, deletions, substitutions and transpositions of
 * neighbours cost 1 each (Damerau 1964; the alignment touches no letter twice).
 *
 * Compares `pattern` with every prefix of `text` from `from` on.
 *
 * @param limit larger distances are of no interest
 * @returns for each prefix length up to `pattern.length + limit` its distance, `limit + 1` for “more”
 */
export function prefixDistances(pattern: string, text: string, from: number, limit: number): Uint8Array {
  const width = Math.min(pattern.length + limit, text.length - from);
  const more = limit + 1;
  let before = new Uint8Array(width + 1).fill(more);
  let previous = new Uint8Array(width + 1);
  for (let j = 0; j <= width; j += 1) previous[j] = Math.min(j, more);
  for (let i = 1; i <= pattern.length; i += 1) {
    const row = new Uint8Array(width + 1).fill(more);
    if (i <= limit) row[0] = i;
    let best = row[0]!;
    const letter = pattern.charCodeAt(i - 1);
    const last = Math.min(width, i + limit);
    for (let j = Math.max(1, i - limit); j <= last; j += 1) {
      const other = text.charCodeAt(from + j - 1);
      let cost = previous[j - 1]! + (letter === other ? 0 : 1);
      cost = Math.min(cost, previous[j]! + 1, row[j - 1]! + 1);
      const swapped =
        i > 1 &&
        j > 1 &&
        letter === text.charCodeAt(from + j - 2) &&
        pattern.charCodeAt(i - 2) === other &&
        letter !== other;
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      row[j] = Math.min(cost, more);
      best = Math.min(best, row[j]!);
    }
    if (best > limit) return new Uint8Array(width + 1).fill(more);
    before = previous;
    previous = row;
  }
  return previous;
}
