/** What excites each channel most, over all the held-out pictures: counted, not chosen. */

import { Random } from "../../engine/random.ts";

/** One convolution's values over all pictures, reduced to the largest of each channel in each picture. */
export interface Peaks {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  /** [pictures, channels]. */
  readonly values: Float32Array;
  /** [pictures, channels]: row × columns + column of the largest value. */
  readonly places: Int32Array;
}

export interface Patch {
  /** Index of the held-out picture. */
  readonly picture: number;
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export interface ChannelSurvey {
  /** The patches of different pictures that excite it most, the strongest first; fewer where it is silent. */
  readonly patches: readonly Patch[];
  /** Share of the pictures in which it is above 0 anywhere. */
  readonly active: number;
  /** Largest value over all pictures; 0 for a channel that is always silent. */
  readonly most: number;
}

/** Patches kept for each channel. */
export const PATCHES = 12;

export function emptyPeaks(count: number, [channels, rows, columns]: readonly number[]): Peaks {
  return {
    ...{ channels: channels!, rows: rows!, columns: columns! },
    values: new Float32Array(count * channels!),
    places: new Int32Array(count * channels!),
  };
}

/** Takes over the peaks of `maps` [batch, channels, rows, columns] for the pictures from `first` on. */
export function addPeaks(peaks: Peaks, maps: Float32Array, first: number, batch: number): void {
  const { channels, rows, columns, values, places } = peaks;
  const plane = rows * columns;
  const count = Math.min(batch, values.length / channels - first);
  for (let i = 0; i < count * channels; i++) {
    let [best, place] = [maps[i * plane]!, 0];
    for (let at = 1; at < plane; at++) {
      const value = maps[i * plane + at]!;
      if (value > best) [best, place] = [value, at];
    }
    values[first * channels + i] = best;
    places[first * channels + i] = place;
  }
}

export function surveyChannel({ channels, columns, values, places }: Peaks, channel: number): ChannelSurvey {
  const count = values.length / channels;
  const peakIn = (picture: number) => values[picture * channels + channel]!;
  const excited = Array.from({ length: count }, (_, i) => i).filter((picture) => peakIn(picture) > 0);
  // Equal values in the order of the pictures: sorting is stable.
  const strongest = excited.sort((a, b) => peakIn(b) - peakIn(a)).slice(0, PATCHES);
  return {
    active: excited.length / count,
    most: strongest.length > 0 ? peakIn(strongest[0]!) : 0,
    patches: strongest.map((picture) => {
      const place = places[picture * channels + channel]!;
      return { picture, row: Math.floor(place / columns), column: place % columns, value: peakIn(picture) };
    }),
  };
}

export const surveyLayer = (peaks: Peaks): readonly ChannelSurvey[] =>
  Array.from({ length: peaks.channels }, (_, channel) => surveyChannel(peaks, channel));

/** How often each class is among the patches, the most frequent first. */
export function classesAmong(
  patches: readonly Patch[],
  labels: ArrayLike<number>,
): { label: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { picture } of patches) counts.set(labels[picture]!, (counts.get(labels[picture]!) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || a.label - b.label);
}

/** What `meanPurity` would be for patches picked by chance: the mean over seeded draws. */
export function chancePurity(labels: ArrayLike<number>, draws = 2000): number {
  const random = new Random(1);
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    const patches = random.shuffle(Int32Array.from(labels, (_, i) => i)).slice(0, PATCHES);
    const drawn = Array.from(patches, (picture) => ({ picture, row: 0, column: 0, value: 1 }));
    sum += classesAmong(drawn, labels)[0]!.count / PATCHES;
  }
  return sum / draws;
}

/** Mean over the channels of the share that the most frequent class has among the strongest patches. */
export function meanPurity(channels: readonly ChannelSurvey[], labels: ArrayLike<number>): number {
  const shares = channels
    .filter(({ patches }) => patches.length === PATCHES)
    .map(({ patches }) => classesAmong(patches, labels)[0]!.count / PATCHES);
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}
