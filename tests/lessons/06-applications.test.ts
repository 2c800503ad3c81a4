/** What lesson 6 says of its widgets, tried in the very networks they use. */
import { describe, expect, test } from "vitest";
import { type Pictures, writePicture } from "../../src/data/pictures.ts";
import { Random } from "../../src/engine/random.ts";
import { LastLayer, nearestOf, scaled } from "../../src/widgets/doodle-recognizer/last-layer.ts";
import { largest, PIXELS } from "../../src/widgets/doodle-recognizer/recognizer.ts";
import { ALL_FEATURES } from "../../src/widgets/three-strengths/experiment.ts";
import { handMadeOf, SIDE } from "../../src/widgets/three-strengths/hand-made.ts";
import { layerOn, nearest, networkOn, trained } from "../../src/widgets/three-strengths/learners.ts";
import { drawnPictures, halved, onPaper, samples } from "../../src/widgets/three-strengths/pictures.ts";
import { loadModel, loadTestPictures, loadTrainPictures } from "../widgets/doodle-recognizer/pretrained.ts";

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function resultOf<T>(work: Generator<number, T, undefined>): T {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

test("five drawings each of digits never seen: the last convolution's features, the hidden layer's, pixels", async () => {
  const model = loadModel();
  const digits = await loadTestPictures("digits");
  const looked = Array.from({ length: 400 }, (_, i) => {
    const picture = new Float32Array(PIXELS);
    writePicture(digits, i, picture);
    const stages = model.run(picture);
    return { label: digits.labels[i]!, picture, p3: scaled(stages["p3"]!), a4: scaled(stages["a4"]!) };
  });
  const scores = { p3: [] as number[], a4: [] as number[], pixels: [] as number[] };
  for (const seed of [1, 2, 3]) {
    const random = new Random(seed);
    const classes = [...random.shuffle(Int32Array.from({ length: 10 }, (_, i) => i))].slice(0, 5);
    const parts = classes.map((digit) => looked.filter(({ label }) => label === digit));
    const taught = parts.flatMap((part, label) => part.slice(0, 5).map((each) => ({ ...each, label })));
    const asked = parts.flatMap((part, label) => part.slice(5, 25).map((each) => ({ ...each, label })));
    for (const features of ["p3", "a4"] as const) {
      const layer = new LastLayer(
        taught.map((each) => ({ features: each[features], label: each.label })),
        5,
      );
      layer.train();
      scores[features].push(
        meanOf(asked.map((each) => (largest(layer.look(each[features])) === each.label ? 1 : 0))),
      );
    }
    const known = taught.map(({ picture, label }) => ({ features: picture, label }));
    scores.pixels.push(
      meanOf(
        asked.map(({ picture, label }) => (known[nearestOf(known, picture).at]!.label === label ? 1 : 0)),
      ),
    );
  }
  expect(meanOf(scores.p3)).toBeGreaterThan(meanOf(scores.pixels) + 0.05);
  expect(meanOf(scores.p3)).toBeGreaterThan(meanOf(scores.a4) + 0.02);
});

describe("three strengths", async () => {
  const [train, tests] = [await loadTrainPictures("jamo"), await loadTestPictures("jamo")];
  const asked = halved(drawnPictures(tests, 600, 1));
  const learned = (pictures: Pictures, of: "hand-made" | "network") => {
    const known = halved(pictures);
    if (of === "network") {
      const [a, b] = [samples(known.values, known.labels), samples(asked.values, asked.labels)];
      return resultOf(trained(networkOn(SIDE, "place"), "network", a, b, 1)).accuracy;
    }
    const [a, b] = [handMadeOf(known.values, ALL_FEATURES), handMadeOf(asked.values, ALL_FEATURES)];
    const sets = [samples(a.values, known.labels), samples(b.values, asked.labels)] as const;
    return resultOf(trained(layerOn(a.width), "layer", ...sets, 1)).accuracy;
  };

  test("well chosen features are good, no more pictures help them; the network goes on and is ahead", () => {
    const half = drawnPictures(train, 1200, 1);
    const [hand, network] = [learned(train, "hand-made"), learned(train, "network")];
    expect(hand).toBeGreaterThan(0.9);
    expect(network).toBeGreaterThan(hand + 0.01);
    expect(hand - learned(half, "hand-made")).toBeLessThan(network - learned(half, "network"));
  });

  test("on wider paper the nearest picture is no longer the right one", () => {
    const known = halved(drawnPictures(train, 1200, 1));
    const few = halved(drawnPictures(tests, 120, 1));
    const at = (side: number) =>
      resultOf(
        nearest(
          samples(onPaper(known.values, side, 1), known.labels),
          samples(onPaper(few.values, side, 2), few.labels),
          side * side,
        ),
      );
    expect(at(14)).toBeGreaterThan(0.85);
    expect(at(26)).toBeLessThan(0.5);
  });

  test("nor is one layer right there; the convolutional network, lower on narrow paper, withstands it", () => {
    const known = halved(drawnPictures(train, 1200, 1));
    const at = (side: number, learner: "layer" | "network") =>
      resultOf(
        trained(
          learner === "layer" ? layerOn(side * side) : networkOn(side, "anywhere"),
          learner,
          samples(onPaper(known.values, side, 1), known.labels),
          samples(onPaper(asked.values, side, 2), asked.labels),
          1,
        ),
      ).accuracy;
    const [layer, network] = [at(14, "layer"), at(14, "network")];
    expect(network).toBeLessThan(layer);
    expect(at(26, "layer")).toBeLessThan(layer / 2);
    expect(at(26, "network")).toBeGreaterThan(0.75 * network);
  });
});
