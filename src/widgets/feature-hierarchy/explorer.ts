/** Looks into the pretrained network: what it makes of a picture, what excites its channels, what its answer hangs on. */
import { type Pictures, writePicture } from "../../data/pictures.ts";
import type { ModelCard } from "../../models/card.ts";
import { openPretrained, type PretrainedModel } from "../../models/load.ts";
import { type ReceptiveField, receptiveFields } from "../../models/receptive-field.ts";
import { covered, occlusionPlaces, PIXELS } from "./occlusion.ts";
import { addPeaks, type ChannelSurvey, emptyPeaks, surveyLayer } from "./survey.ts";

export interface LayerSurvey {
  /** Stage on the card: `a1`, `a2` … */
  readonly stage: string;
  readonly shape: readonly [channels: number, rows: number, columns: number];
  readonly window: number;
  readonly field: ReceptiveField;
  readonly channels: readonly ChannelSurvey[];
}

export interface Survey {
  readonly layers: readonly LayerSurvey[];
  /** [pictures, classes]: what the network answers to each held-out picture. */
  readonly probabilities: Float32Array;
  /** Share of the held-out pictures answered rightly. */
  readonly accuracy: number;
  /** Kernels of the first layer, [channels, rows, columns]: the only ones that can be seen as pictures. */
  readonly kernels: { readonly window: number; readonly values: Float32Array };
}

export interface Looked {
  /** Feature maps of each layer, [channels, rows, columns]. */
  readonly maps: readonly Float32Array[];
  readonly probabilities: Float32Array;
}

export interface Occlusion {
  /** Side of the square that covers, in pixels. */
  readonly size: number;
  /** Places along one side of the map. */
  readonly side: number;
  /** Class whose probability is followed: the network's answer to the whole picture. */
  readonly answer: number;
  /** [side, side]: how much the answer's probability falls when that place is covered. */
  readonly falls: Float32Array;
  /** [side, side]: what the network answers then. */
  readonly answers: Uint8Array;
}

const BATCH = 25;

export class Explorer {
  readonly card: ModelCard;
  readonly #many: PretrainedModel;
  readonly #one: PretrainedModel;
  readonly #pictures: Pictures;
  readonly #layers: readonly Omit<LayerSurvey, "channels">[];

  /** @throws OnnxError when the file is damaged. */
  constructor(card: ModelCard, bytes: Uint8Array, pictures: Pictures) {
    this.card = card;
    this.#many = openPretrained(card, bytes, BATCH);
    this.#one = openPretrained(card, bytes, 1);
    this.#pictures = pictures;
    this.#layers = layersOf(this.#one);
  }

  /** Runs all held-out pictures. */
  survey(onProgress: (done: number, total: number) => void = () => undefined): Survey {
    const count = this.#pictures.labels.length;
    const classes = this.card.classes.length;
    const peaks = this.#layers.map(({ shape }) => emptyPeaks(count, shape));
    const probabilities = new Float32Array(count * classes);
    const batch = new Float32Array(BATCH * PIXELS);
    for (let first = 0; first < count; first += BATCH) {
      const size = Math.min(BATCH, count - first);
      batch.fill(0);
      for (let i = 0; i < size; i++) {
        writePicture(this.#pictures, first + i, batch.subarray(i * PIXELS, (i + 1) * PIXELS));
      }
      const stages = this.#many.run(batch);
      this.#layers.forEach(({ stage }, k) => {
        addPeaks(peaks[k]!, stages[stage]!, first, BATCH);
      });
      probabilities.set(stages["probabilities"]!.subarray(0, size * classes), first * classes);
      onProgress(first + size, count);
    }
    const { labels } = this.#pictures;
    const right = [...labels].filter((label, i) => largest(probabilities, i, classes) === label).length;
    const kernels = this.#one.weights.get("conv1 filters")!;
    return {
      layers: this.#layers.map((layer, k) => ({ ...layer, channels: surveyLayer(peaks[k]!) })),
      ...{ probabilities, accuracy: right / count },
      kernels: { window: kernels.shape[3]!, values: Float32Array.from(kernels.values) },
    };
  }

  /** @param picture 28 × 28 values from 0 to 1. */
  look(picture: Float32Array): Looked {
    const stages = this.#one.run(picture);
    return {
      maps: this.#layers.map(({ stage }) => stages[stage]!.slice()),
      probabilities: stages["probabilities"]!.slice(),
    };
  }

  /** Covers one place after the other with a square of the background and asks again (M. Zeiler, R. Fergus 2014). */
  occlude(picture: Float32Array, size: number): Occlusion {
    const classes = this.card.classes.length;
    const whole = this.#one.run(picture)["probabilities"]!.slice();
    const answer = largest(whole, 0, classes);
    const places = occlusionPlaces();
    const falls = new Float32Array(places.length);
    const answers = new Uint8Array(places.length);
    const batch = new Float32Array(BATCH * PIXELS);
    for (let first = 0; first < places.length; first += BATCH) {
      const part = places.slice(first, first + BATCH);
      part.forEach((place, i) => {
        batch.set(covered(picture, place, size), i * PIXELS);
      });
      const probabilities = this.#many.run(batch)["probabilities"]!;
      part.forEach((_, i) => {
        falls[first + i] = whole[answer]! - probabilities[i * classes + answer]!;
        answers[first + i] = largest(probabilities, i, classes);
      });
    }
    return { size, side: Math.sqrt(places.length), answer, falls, answers };
  }
}

/** Index of the largest of `classes` values in row `row`. */
function largest(values: Float32Array, row: number, classes: number): number {
  const own = values.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(Math.max(...own));
}

/** The convolutions with their receptive fields, read from the shapes of filters and feature maps. */
function layersOf({ card, weights }: PretrainedModel): readonly Omit<LayerSurvey, "channels">[] {
  const maps = card.outputs.filter(({ name, shape }) => /^a\d+$/.test(name) && shape.length === 3);
  const windows = maps.map((_, k) => weights.get(`conv${k + 1} filters`)!.shape[2]!);
  const fields = receptiveFields(
    maps.map(({ shape }, k) => ({
      window: windows[k]!,
      pool: k + 1 < maps.length ? Math.round(shape[1]! / maps[k + 1]!.shape[1]!) : 1,
    })),
  );
  return maps.map(({ name, shape }, k) => ({
    stage: name,
    shape: shape as unknown as LayerSurvey["shape"],
    window: windows[k]!,
    field: fields[k]!,
  }));
}
