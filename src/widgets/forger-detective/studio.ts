/** Forger, detective and the digit network in one place: pictures out of noise, and what the two say of them. */
import type { ModelCard } from "../../models/card.ts";
import { checkGanWeights, type GanWeights, readGanWeights } from "../../models/digit-gan-file.ts";
import { PIXELS } from "../../models/digit-gan-network.ts";
import { DigitGan } from "../../models/digit-gan-trainer.ts";
import { openPretrained, type PretrainedModel } from "../../models/load.ts";
import { directionOf, drawNoise, joined } from "./latent.ts";
import { inkOf, type Reading, slantOf, widthOf } from "./pictures.ts";
import type { Arrow } from "./state.ts";

export interface StudioFiles {
  readonly generator: Uint8Array;
  readonly discriminator: Uint8Array;
  /** The digit network, with its card. */
  readonly reader: { readonly card: ModelCard; readonly bytes: Uint8Array };
}

export interface Made {
  /** [count, 784] in 0 to 1. */
  readonly pictures: Float32Array;
  readonly readings: readonly Reading[];
}

/** Pictures computed at once. */
const AT_ONCE = 40;
const BATCH = 32;
/** Pictures from which an arrow is found. */
const SURVEYED = 800;
const SURVEY_SEED = 515;

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

export class Studio {
  readonly gan: DigitGan;
  readonly #weights: GanWeights;
  readonly #reader: PretrainedModel;
  #survey: { noise: Float32Array; made: Made; version: number } | undefined;
  #version = 0;

  /**
   * @param residents how many real pictures the training draws from.
   * @throws OnnxError in Korean when a file is damaged.
   */
  constructor(files: StudioFiles, residents: number, seed: number) {
    this.#weights = new Map([...readGanWeights(files.generator), ...readGanWeights(files.discriminator)]);
    this.gan = new DigitGan({
      ...{ seed, batchSize: BATCH, looked: AT_ONCE },
      residents: Math.max(BATCH, residents),
    });
    checkGanWeights(this.#weights, this.gan.leaves);
    this.#reader = openPretrained(files.reader.card, files.reader.bytes, AT_ONCE);
    this.toCheckpoint();
  }

  toCheckpoint(): void {
    this.gan.load(this.#weights);
    this.changed();
  }

  /** To be called after training: what is known of the old weights is forgotten. */
  changed(): void {
    this.#version++;
  }

  /** Noise [count, 32] → pictures, with what both networks say of them. */
  make(noise: Float32Array): Made {
    const pictures = this.gan.sample(noise);
    return { pictures, readings: this.readingsOf(pictures) };
  }

  /** Pictures [count, 784] → the digit network's and the detective's opinions. */
  readingsOf(pictures: Float32Array): Reading[] {
    const logits = this.gan.judge(pictures);
    const readings: Reading[] = [];
    const batch = new Float32Array(AT_ONCE * PIXELS);
    for (let start = 0; start < logits.length; start += AT_ONCE) {
      const count = Math.min(AT_ONCE, logits.length - start);
      batch.fill(0).set(pictures.subarray(start * PIXELS, (start + count) * PIXELS));
      const probabilities = this.#reader.run(batch)["probabilities"]!;
      for (let i = 0; i < count; i++) {
        const row = probabilities.subarray(10 * i, 10 * i + 10);
        const sure = Math.max(...row);
        readings.push({ digit: row.indexOf(sure), sure, real: sigmoid(logits[start + i]!) });
      }
    }
    return readings;
  }

  /** The direction in the noise along which an attribute of the pictures grows. */
  arrow(arrow: Arrow, digit: number): Float32Array {
    if (this.#survey?.version !== this.#version) {
      const noise = joined(drawNoise(SURVEYED, SURVEY_SEED));
      this.#survey = { noise, made: this.make(noise), version: this.#version };
    }
    const { noise, made } = this.#survey;
    if (arrow === "digit") {
      return directionOf(
        noise,
        made.readings.map((reading) => Number(reading.digit === digit)),
      );
    }
    const measure = { thick: inkOf, slant: slantOf, wide: widthOf }[arrow];
    const values = made.readings.map((_, i) => measure(made.pictures.subarray(i * PIXELS, (i + 1) * PIXELS)));
    return directionOf(noise, withinDigits(values, made.readings));
  }
}

/** Each value less the mean of its digit: thickness without the difference between an 8 and a 1. */
export function withinDigits(
  values: readonly number[],
  readings: readonly Pick<Reading, "digit">[],
): number[] {
  const sums = Array.from({ length: 10 }, () => ({ total: 0, count: 0 }));
  readings.forEach(({ digit }, i) => {
    sums[digit]!.total += values[i]!;
    sums[digit]!.count++;
  });
  return values.map((value, i) => {
    const { total, count } = sums[readings[i]!.digit]!;
    return value - total / count;
  });
}
