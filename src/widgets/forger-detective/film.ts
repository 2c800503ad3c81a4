/** A few looks back over a training of any length: when there are too many, every second one is dropped. */

export interface Look {
  readonly rounds: number;
  readonly pictures: Float32Array;
}

export interface FilmStrip {
  readonly looks: readonly Look[];
  /** Rounds between two looks. */
  readonly apart: number;
}

export const MOST_LOOKS = 6;
const FIRST_APART = 24;

export const emptyFilm = (): FilmStrip => ({ looks: [], apart: FIRST_APART });

/** The strip with a further look, or the same strip when it is too early for one. */
export function withLook(film: FilmStrip, look: Look): FilmStrip {
  const last = film.looks.at(-1);
  if (last && look.rounds < last.rounds) return withLook(emptyFilm(), look);
  if (last && look.rounds < last.rounds + film.apart) return film;
  const looks = [...film.looks, look];
  if (looks.length <= MOST_LOOKS) return { ...film, looks };
  return { looks: looks.filter((_, i) => i % 2 === 0), apart: 2 * film.apart };
}
