import { describe, expect, test } from "vitest";
import { writePicture } from "../../../src/data/pictures.ts";
import { fieldAt } from "../../../src/models/receptive-field.ts";
import { shrink } from "../../../src/ui/read-photo.ts";
import { cropPatch, peakOf } from "../../../src/widgets/feature-hierarchy/crop.ts";
import { hierarchyGoals, MIXED } from "../../../src/widgets/feature-hierarchy/goals.ts";
import {
  covered,
  coveredRange,
  occlusionPlaces,
  SIDE,
} from "../../../src/widgets/feature-hierarchy/occlusion.ts";
import { hasBrightRim, likeTraining } from "../../../src/widgets/feature-hierarchy/photo.ts";
import { HELD_OUT, hierarchyState, LAYERS } from "../../../src/widgets/feature-hierarchy/state.ts";
import {
  chancePurity,
  classesAmong,
  meanPurity,
  PATCHES,
} from "../../../src/widgets/feature-hierarchy/survey.ts";
import { channelText, layerText } from "../../../src/widgets/feature-hierarchy/text.ts";
import { card, explorer, pictures, survey } from "./clothing.ts";

const { labels } = pictures;
const pictureOf = (index: number) => {
  const values = new Float32Array(SIDE * SIDE);
  writePicture(pictures, index, values);
  return values;
};

test("the network has the layers the widget names, and answers the shipped pictures about as well as its card says", () => {
  expect(survey.layers).toHaveLength(LAYERS);
  expect(labels).toHaveLength(HELD_OUT);
  const { accuracy } = card.score;
  expect(Math.abs(survey.accuracy - accuracy)).toBeLessThan(
    4 * Math.sqrt((accuracy * (1 - accuracy)) / HELD_OUT),
  );
});

test("patches are the strongest of all pictures: as found by looking at every picture alone", () => {
  const looked = Array.from({ length: 60 }, (_, i) => explorer.look(pictureOf(i)));
  survey.layers.forEach((layer, k) => {
    for (const channel of [0, layer.shape[0] - 1]) {
      const { patches, most } = layer.channels[channel]!;
      const least = patches.at(-1)?.value ?? 0;
      expect(patches.map(({ value }) => value)).toEqual(
        patches.map(({ value }) => value).sort((a, b) => b - a),
      );
      looked.forEach(({ maps }, picture) => {
        const peak = peakOf(maps[k]!, layer.shape, channel);
        if (!peak) return;
        expect(peak.value).toBeLessThanOrEqual(most * 1.0001);
        const patch = patches.find((it) => it.picture === picture);
        if (patch) {
          expect([peak.row, peak.column]).toEqual([patch.row, patch.column]);
          expect(patch.value).toBeCloseTo(peak.value, 3);
        } else expect(peak.value).toBeLessThanOrEqual(least * 1.0001);
      });
    }
  });
});

test("what lies outside a value's field does not move it, what lies inside can", () => {
  const picture = pictureOf(3);
  const before = explorer.look(picture);
  survey.layers.slice(0, 4).forEach((layer, k) => {
    const [, rows, columns] = layer.shape;
    const at = { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
    const [top, bottom] = fieldAt(layer.field, at.row);
    const [left, right] = fieldAt(layer.field, at.column);
    const changed = (inside: boolean) => {
      const other = picture.slice();
      for (let i = 0; i < other.length; i++) {
        const [y, x] = [Math.floor(i / SIDE), i % SIDE];
        const isInside = y >= top && y < bottom && x >= left && x < right;
        if (isInside === inside) other[i] = 1 - other[i]!;
      }
      const { maps } = explorer.look(other);
      let most = 0;
      for (let channel = 0; channel < layer.shape[0]; channel++) {
        const index = (channel * rows + at.row) * columns + at.column;
        most = Math.max(most, Math.abs(maps[k]![index]! - before.maps[k]![index]!));
      }
      return most;
    };
    expect(changed(false)).toBe(0);
    expect(changed(true)).toBeGreaterThan(0.01);
  });
});

describe("covering", () => {
  test("the square covers what it says, cut off at the rim", () => {
    const grey = new Float32Array(SIDE * SIDE).fill(1);
    expect(coveredRange(1, 5)).toEqual([0, 4]);
    expect(coveredRange(15, 7)).toEqual([12, 19]);
    const zeros = covered(grey, { row: 15, column: 1 }, 7).filter((value) => value === 0).length;
    expect(zeros).toBe(7 * 5);
    expect(occlusionPlaces()).toHaveLength(14 * 14);
  });

  test("the map is what asking again without that part gives", () => {
    const picture = pictureOf(7);
    const { falls, answers, answer, side } = explorer.occlude(picture, 7);
    const whole = explorer.look(picture).probabilities;
    const places = occlusionPlaces();
    for (const at of [0, 90, 105, side * side - 1]) {
      const { probabilities } = explorer.look(covered(picture, places[at]!, 7));
      expect(falls[at]).toBeCloseTo(whole[answer]! - probabilities[answer]!, 4);
      expect(answers[at]).toBe(probabilities.indexOf(Math.max(...probabilities)));
    }
    expect(whole[answer]).toBe(Math.max(...whole));
  });
});

test("a patch is cut where its value sees, with zeros beyond the picture", () => {
  const small = { rows: 28, columns: 28, labels: new Uint8Array(1), pixels: new Uint8Array(784).fill(255) };
  const field = { size: 5, step: 1, start: -2 };
  const corner = cropPatch(small, { picture: 0, row: 0, column: 0 }, field);
  expect(corner.filter((value) => value === 1)).toHaveLength(9);
  expect(cropPatch(small, { picture: 0, row: 9, column: 9 }, field).every((value) => value === 1)).toBe(true);
});

describe("a photograph", () => {
  test("is averaged into 28 × 28, by the eye's weights of the colours", () => {
    const size = 56;
    const rgba = new Uint8ClampedArray(4 * size * size);
    for (let i = 0; i < size * size; i++)
      rgba.set(i % size < 28 ? [255, 0, 0, 255] : [255, 255, 255, 255], 4 * i);
    const grey = shrink(rgba, size, 28);
    expect(grey[0]).toBeCloseTo(0.2126, 4);
    expect(grey[27]).toBeCloseTo(1, 4);
  });

  test("with a bright rim is turned over; its range is stretched", () => {
    const grey = new Float32Array(784).fill(0.8);
    grey[400] = 0.3;
    expect(hasBrightRim(grey)).toBe(true);
    const like = likeTraining(grey, true);
    expect([like[0], like[400]]).toEqual([0, 1]);
    expect(likeTraining(new Float32Array(784).fill(0.4), false).every((value) => value === 0)).toBe(true);
  });
});

describe("goals", () => {
  const visit = { seen: new Set<number>(), own: false, occlusion: undefined };
  const done = (layer: number, channel: number, more: Partial<Parameters<typeof hierarchyGoals>[1]> = {}) =>
    hierarchyGoals({ ...hierarchyState.defaults, layer, channel }, { ...visit, ...more }, survey, labels)
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  const last = survey.layers.at(-1)!.channels;
  const kinds = (channel: number) => classesAmong(last[channel]!.patches, labels).length;

  test("nothing is reached by opening the widget", () => {
    const occlusion = explorer.occlude(
      pictureOf(hierarchyState.defaults.sample),
      hierarchyState.defaults.cover,
    );
    expect(done(1, 0, { seen: new Set([1]), occlusion })).toEqual([]);
  });

  test("a pure channel, a mixed one, and a picture that a small cover turns exist", () => {
    const full = last.flatMap(({ patches }, channel) => (patches.length === PATCHES ? [channel] : []));
    const pure = full.find((channel) => kinds(channel) === 1)!;
    const mixed = full.find((channel) => kinds(channel) >= MIXED)!;
    expect(done(LAYERS, pure)).toEqual(["pure"]);
    expect(done(LAYERS, mixed)).toEqual(["mixed"]);
    const turned = Array.from({ length: 16 }, (_, i) => explorer.occlude(pictureOf(i), 3)).filter(
      (occlusion) => done(1, 0, { occlusion }).includes("flip"),
    );
    expect(turned.length).toBeGreaterThan(0);
    expect(turned.length).toBeLessThan(12);
    expect(done(1, 0, { own: true, seen: new Set([1, 2, 3, 4, 5]) })).toEqual(["layers", "own"]);
  });
});

test("sentences hold the numbers they are about", () => {
  expect(layerText(survey.layers[2]!, 3)).toContain("12×12픽셀");
  const text = channelText(survey.layers[4]!, 0, labels, card.classes);
  const counts = [...text.matchAll(/(\d+)장[,.]/g)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(survey.layers[4]!.channels[0]!.patches.length);
});

test("the share of one class by chance: as twelve out of ten equal classes give", () => {
  expect(chancePurity(labels)).toBeGreaterThan(0.24);
  expect(chancePurity(labels)).toBeLessThan(0.31);
  expect(meanPurity(survey.layers[0]!.channels, labels)).toBeLessThan(0.5);
});
