/** What the answers to the test pictures say: confusion, the worst mistakes, shifted pictures. */
import type { Pictures } from "../../data/pictures.ts";

/** [right class, answered class], counts. */
export function confusionOf(
  labels: ArrayLike<number>,
  answers: ArrayLike<number>,
  classes: number,
): Int32Array {
  const counts = new Int32Array(classes * classes);
  for (let i = 0; i < answers.length; i++) counts[labels[i]! * classes + answers[i]!]! += 1;
  return counts;
}

export interface Confusion {
  readonly label: number;
  readonly answer: number;
  readonly count: number;
}

/** The pairs that are taken for each other most often, most first. */
export function worstPairs(confusion: ArrayLike<number>, classes: number, count: number): Confusion[] {
  return Array.from({ length: classes * classes }, (_, i) => ({
    ...{ label: Math.floor(i / classes), answer: i % classes },
    count: confusion[i]!,
  }))
    .filter(({ label, answer, count: times }) => label !== answer && times > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, count);
}

/** Indices of wrong answers, those with the largest loss first: the right class was given the least probability. */
export function worstMistakes(
  labels: ArrayLike<number>,
  answers: Int32Array,
  losses: Float32Array,
  count: number,
): number[] {
  return Array.from(answers, (_, i) => i)
    .filter((i) => answers[i] !== labels[i])
    .sort((a, b) => losses[b]! - losses[a]!)
    .slice(0, count);
}

/**
 * The first `count` pictures moved by whole pixels, values 0 to 1; paper comes in behind.
 * @param right pixels to the right, negative to the left.
 */
export function shiftedPictures(
  { rows, columns, pixels }: Pictures,
  count: number,
  right: number,
  target: Float32Array,
): void {
  target.fill(0);
  for (let line = 0; line < count * rows; line++) {
    const from = line * columns;
    for (let x = Math.max(0, right); x < Math.min(columns, columns + right); x++) {
      target[from + x] = pixels[from + x - right]! / 255;
    }
  }
}

/** Pixels by which the test pictures are moved. */
export const SHIFTS: readonly number[] = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6];
/** Test pictures that are moved. */
export const SHIFTED_COUNT = 1000;

export interface ShiftScores {
  /** Step at which it was measured. */
  readonly steps: number;
  /** Accuracies for each of `SHIFTS`. */
  readonly cnn: readonly number[];
  readonly mlp: readonly number[];
}
