/** The training of forger and detective, from a seed; it goes on from its last checkpoint when it was cut off. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pictures } from "../../src/data/pictures.ts";
import { writePicture } from "../../src/data/pictures.ts";
import { Random } from "../../src/engine/random.ts";
import { PIXELS } from "../../src/models/digit-gan-network.ts";
import { DigitGan } from "../../src/models/digit-gan-trainer.ts";

export const DIGIT_GAN_TRAINING = {
  seed: 1,
  rounds: 8192,
  batchSize: 32,
  /** Of both, for the first 5120 rounds; then it falls to 0 along a line. */
  learningRate: 5e-4,
} as const;

/** Share of the rounds in which the learning rate falls. */
const FALLING = 3 / 8;
/** Rounds for which real pictures are held in memory. */
const CHUNK = 64;
/** Rounds between checkpoints; a multiple of the chunk. */
const BETWEEN_CHECKPOINTS = 512;

export interface GanProgress {
  readonly gan: DigitGan;
  readonly round: number;
}

/** @throws Error when a loss does not stay finite. */
export function trainDigitGan(
  train: Pictures,
  rounds: number,
  onCheckpoint: (progress: GanProgress) => void,
): DigitGan {
  const { seed, batchSize, learningRate } = DIGIT_GAN_TRAINING;
  const gan = new DigitGan({ seed, batchSize, residents: CHUNK * batchSize, looked: 64 });
  const checkpoint = new Checkpoint(`digit-gan-${seed}-${rounds}`);
  for (let round = checkpoint.restore(gan); round < rounds; round += CHUNK) {
    fill(gan.residents, train, round * batchSize, seed);
    const rate = learningRate * Math.min(1, (1 - round / rounds) / FALLING);
    const done = gan.train(CHUNK, { generatorRate: rate, discriminatorRate: rate });
    if (done < CHUNK) throw new Error(`training is no longer finite in round ${round + done + 1}`);
    if ((round + CHUNK) % BETWEEN_CHECKPOINTS === 0 || round + CHUNK >= rounds) {
      checkpoint.save(gan, round + CHUNK);
      onCheckpoint({ gan, round: round + CHUNK });
    }
  }
  checkpoint.remove();
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

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
