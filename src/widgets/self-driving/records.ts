/** The recordings a network learns from, in the order they were made, and the measurements of what it learned. */
import type { Route } from "./drive.ts";
import type { Recordings } from "./network.ts";
import type { Outcome } from "./trials.ts";

/** `own`: the learner drove; `model`: the model driver; `corrected`: it wrote its answers down while the network drove. */
export type Source = "own" | "model" | "corrected" | "taken-over";

export interface Segment {
  readonly source: Source;
  readonly route: Route;
  readonly recordings: Recordings;
  /** How often the car left the road while it was recorded; not counted where the network drove. */
  readonly departures: number;
}

export interface Measurement {
  /** Pictures the network had learned from. */
  readonly pictures: number;
  /** Whether corrections were among them. */
  readonly corrected: boolean;
  readonly outcomes: readonly Outcome[];
}

export const picturesIn = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { recordings }) => sum + recordings.angles.length, 0);

export const hasCorrections = (segments: readonly Segment[]): boolean =>
  segments.some(({ source }) => source === "corrected" || source === "taken-over");
