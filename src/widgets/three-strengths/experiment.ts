/** The three measurements, each as a generator that yields how far it is and what it has found. */
import type { PictureSets } from "../../data/packed.ts";
import { HAND_MADE, type HandMadeId, handMadeOf, PIXELS, SIDE } from "./hand-made.ts";
import { layerOn, nearest, networkOn, type Result, trained } from "./learners.ts";
import { drawnPictures, halved, onPaper, samples } from "./pictures.ts";
import { SIDES, SIZES, TESTED } from "./state.ts";

export type LearnerId = "hand-made" | "pixels" | "network" | "nearest";

export type Job =
  | { readonly kind: "hand-made"; readonly features: readonly HandMadeId[]; readonly seed: number }
  | { readonly kind: "learned"; readonly seed: number }
  | { readonly kind: "dimensions"; readonly seed: number }
  | { readonly kind: "data"; readonly seed: number };

export interface Cell {
  readonly job: Job["kind"];
  readonly learner: LearnerId;
  /** Numbers that go in: hand-made features, or pixels. */
  readonly inputs: number;
  /** Training pictures. */
  readonly count: number;
  readonly accuracy: number;
  /** What training adjusts; 0 for the nearest picture, which only remembers. */
  readonly parameters: number;
  /** The hand-made features, where there are any. */
  readonly features: readonly HandMadeId[];
}

/** Share of the present training that is done, or a result. */
export type Step = { readonly progress: number } | { readonly cell: Cell };

type Steps = Generator<Step, void, undefined>;

export const ALL_FEATURES: readonly HandMadeId[] = HAND_MADE.map(({ id }) => id);
/** Trainings of a job, for the progress. */
export const TRAININGS: Readonly<Record<Job["kind"], number>> = {
  "hand-made": 1,
  learned: 1,
  dimensions: 3 * SIDES.length,
  data: 2 * SIZES.length,
};

/** Hands the progress of a measurement on and returns its result. */
function* follow<T>(work: Generator<number, T, undefined>): Generator<Step, T, undefined> {
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value;
    yield { progress: next.value };
  }
}

export function* run(job: Job, sets: PictureSets): Steps {
  const all = sets.train.labels.length;
  if (job.kind === "hand-made") yield* onFeatures(job.kind, job.features, sets, all, job.seed);
  else if (job.kind === "learned") yield* onPixels(job.kind, sets, all, job.seed);
  else if (job.kind === "dimensions") yield* onPapers(sets, job.seed);
  else {
    for (const count of SIZES) {
      yield* onFeatures("data", ALL_FEATURES, sets, count, job.seed);
      yield* onPixels("data", sets, count, job.seed);
    }
  }
}

const testOf = ({ test }: PictureSets) => halved(drawnPictures(test, TESTED, 1));

function cellOf(job: Job["kind"], learner: LearnerId, inputs: number, count: number, result: Result): Step {
  return { cell: { job, learner, inputs, count, ...result, features: [] } };
}

function* onFeatures(
  job: Job["kind"],
  features: readonly HandMadeId[],
  sets: PictureSets,
  count: number,
  seed: number,
): Steps {
  const [train, test] = [halved(drawnPictures(sets.train, count, seed)), testOf(sets)];
  const [known, asked] = [handMadeOf(train.values, features), handMadeOf(test.values, features)];
  const result = yield* follow(
    trained(
      layerOn(known.width),
      "layer",
      samples(known.values, train.labels),
      samples(asked.values, test.labels),
      seed,
    ),
  );
  yield {
    cell: { job, learner: "hand-made", inputs: known.width, count: train.labels.length, ...result, features },
  };
}

function* onPixels(job: Job["kind"], sets: PictureSets, count: number, seed: number): Steps {
  const [train, test] = [halved(drawnPictures(sets.train, count, seed)), testOf(sets)];
  const [known, asked] = [samples(train.values, train.labels), samples(test.values, test.labels)];
  const result = yield* follow(trained(networkOn(SIDE, "place"), "network", known, asked, seed));
  yield cellOf(job, "network", PIXELS, train.labels.length, result);
}

function* onPapers(sets: PictureSets, seed: number): Steps {
  const [train, test] = [halved(sets.train), testOf(sets)];
  const count = train.labels.length;
  for (const side of SIDES) {
    const width = side * side;
    const known = samples(onPaper(train.values, side, seed), train.labels);
    const asked = samples(onPaper(test.values, side, seed + 1_000_003), test.labels);
    const accuracy = yield* follow(nearest(known, asked, width));
    yield cellOf("dimensions", "nearest", width, count, { accuracy, parameters: 0 });
    const layer = yield* follow(trained(layerOn(width), "layer", known, asked, seed));
    yield cellOf("dimensions", "pixels", width, count, layer);
    const network = yield* follow(trained(networkOn(side, "anywhere"), "network", known, asked, seed));
    yield cellOf("dimensions", "network", width, count, network);
  }
}
