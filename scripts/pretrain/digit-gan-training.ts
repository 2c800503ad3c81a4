/** The training of forger and detective, from a seed; it goes on from its last checkpoint when it was cut off. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pictures } from "../../src/data/pictures.ts";
import { writePicture } from "../../src/data/pictures.ts";
import { Random } from "../../src/engine/random.ts";
import { type GanWeights, readGanWeights } from "../../src/models/digit-gan-file.ts";
import { PIXELS } from "../../src/models/digit-gan-network.ts";
import { DigitGan } from "../../src/models/digit-gan-trainer.ts";
import { exportGan } from "./digit-gan-export.ts";

export interface GanStage {
  readonly seed: number;
  readonly rounds: number;
  /** Rounds at the full learning rate; then it falls to 0 along a line. */
  readonly steady: number;
  /** Weight of R1 in the discriminator's loss. */
  readonly penalty: number;
}

/**
 * First with a strong penalty, under which the generator finds all digits; then with weak ones, under which the
 * discriminator sees finer and the strokes grow clear.
 */
export const DIGIT_GAN_TRAINING = {
  batchSize: 32,
  /** Of both networks. */
  learningRate: 5e-4,
  stages: [
    { seed: 1, rounds: 8192, steady: 5120, penalty: 1 },
    { seed: 2, rounds: 6144, steady: 3072, penalty: 0.1 },
    { seed: 3, rounds: 6144, steady: 3072, penalty: 0.05 },
  ],
} as const satisfies { batchSize: number; learningRate: number; stages: readonly GanStage[] };

/** Rounds for which real pictures are held in memory. */
const CHUNK = 64;
/** Rounds between checkpoints; a multiple of the chunk. */
const BETWEEN_CHECKPOINTS = 512;

export interface GanProgress {
  readonly gan: DigitGan;
  /** From 0. */
  readonly stage: number;
  readonly round: number;
}

/** @throws Error when a loss does not stay finite. */
export function trainDigitGan(train: Pictures, onCheckpoint: (progress: GanProgress) => void): DigitGan {
  let weights: GanWeights | undefined;
  let gan: DigitGan | undefined;
  DIGIT_GAN_TRAINING.stages.forEach((recipe, stage) => {
    const checkpoint = new Checkpoint(checkpointName(stage));
    gan = trainStage(train, recipe, weights, checkpoint, (trained, round) =>
      onCheckpoint({ gan: trained, stage, round }),
    );
    // A stage goes on from the files of the one before, halves of numbers and all.
    const { generator, discriminator } = exportGan(gan);
    weights = new Map([...readGanWeights(generator), ...readGanWeights(discriminator)]);
  });
  return gan!;
}

function trainStage(
  train: Pictures,
  { seed, rounds, steady, penalty }: GanStage,
  weights: GanWeights | undefined,
  checkpoint: Checkpoint,
  onCheckpoint: (gan: DigitGan, round: number) => void,
): DigitGan {
  const { batchSize, learningRate } = DIGIT_GAN_TRAINING;
  const gan = new DigitGan({ seed, batchSize, residents: CHUNK * batchSize, looked: 64 });
  if (weights) gan.load(weights);
  for (let round = checkpoint.restore(gan); round < rounds; round += CHUNK) {
    fill(gan.residents, train, round * batchSize, seed);
    const rate = learningRate * Math.min(1, (rounds - round) / (rounds - steady));
    const done = gan.train(CHUNK, { generatorRate: rate, discriminatorRate: rate, penalty });
    if (done < CHUNK) throw new Error(`training is no longer finite in round ${round + done + 1}`);
    if ((round + CHUNK) % BETWEEN_CHECKPOINTS === 0 || round + CHUNK >= rounds) {
      checkpoint.save(gan, round + CHUNK);
      onCheckpoint(gan, round + CHUNK);
    }
  }
  return gan;
}

/** The pictures that follow the first `start`, each pass through the data in an order of its own. */
function fill(residents: Float32Array, train: Pictures, start: number, seed: number): void {
  const count = train.labels.length;
  let [pass, order] = [-1, new Int32Array(0)];
  for (let i = 0; i < residents.length / PIXELS; i++) {
    const own = Math.floor((start + i) / count);
    if (own !== pass) {
      pass = own;
      order = new Random(seed * 1000 + pass).shuffle(Int32Array.from({ length: count }, (_, at) => at));
    }
    writePicture(train, order[(start + i) % count]!, residents.subarray(i * PIXELS, (i + 1) * PIXELS));
  }
}

/** Of everything that has made the weights so far, so that no other recipe's checkpoint is gone on from. */
function checkpointName(stage: number): string {
  const { stages, ...shared } = DIGIT_GAN_TRAINING;
  const recipe = JSON.stringify([shared, stages.slice(0, stage + 1)]);
  return `digit-gan-${createHash("sha256").update(recipe).digest("hex").slice(0, 12)}`;
}

/** All leaves in one file: their values one after another, in the order of the graph. */
class Checkpoint {
  readonly #path: string;

  constructor(name: string) {
    const folder = join(tmpdir(), "gipi-pretrain");
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${name}.bin`);
  }

  save(gan: DigitGan, round: number): void {
    const parts = gan.everything.map((leaf) => {
      const { buffer, byteOffset, byteLength } = gan.values(leaf);
      return Buffer.from(buffer, byteOffset, byteLength);
    });
    writeFileSync(this.#path, Buffer.concat([Buffer.from(Int32Array.of(round).buffer), ...parts]));
  }

  /** @returns the round at which training goes on; 0 without a fitting file. */
  restore(gan: DigitGan): number {
    if (!existsSync(this.#path)) return 0;
    const bytes = readFileSync(this.#path);
    const targets = gan.everything.map((leaf) => gan.values(leaf));
    if (bytes.length !== 4 + targets.reduce((sum, { byteLength }) => sum + byteLength, 0)) return 0;
    let at = 4;
    for (const { buffer, byteOffset, byteLength } of targets) {
      new Uint8Array(buffer, byteOffset, byteLength).set(bytes.subarray(at, at + byteLength));
      at += byteLength;
    }
    return bytes.readInt32LE(0);
  }
}
