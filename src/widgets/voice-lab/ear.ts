/** The worker's ear: sound in pieces of any rate and length becomes blocks, pictures, probabilities and words. */
import { BANDS, HOP, levelOf, melColumn, WINDOW } from "../../data/mel.ts";
import { Resampler } from "../../data/resample.ts";
import { BLOCK } from "../../models/speech-detector.ts";
import { wordIn } from "../../models/spoken-words.ts";
import type { Heard } from "./protocol.ts";
import { LoudnessGate, Segmenter } from "./segments.ts";

/** Blocks that are remembered, for words to be cut out of: 2.6 s. */
const REMEMBERED = 80;
/** From this probability on somebody speaks. */
export const SPEAKS = 0.5;

export interface Caught {
  readonly heard: Heard;
  readonly words: readonly Float32Array[];
}

export class Ear {
  readonly #resampler: Resampler;
  readonly #detect: (block: Float32Array) => Promise<number>;
  readonly #segmenter = new Segmenter();
  readonly #gate = new LoudnessGate();
  #waiting = new Float32Array();
  /** The last blocks of sound, one after another. */
  #memory: Float32Array[] = [];
  #count = 0;

  /**
   * @param rate of what arrives, Hz.
   * @param detect the probability of speech in a block; not a number while no network is there.
   */
  constructor(rate: number, detect: (block: Float32Array) => Promise<number>) {
    this.#resampler = new Resampler(rate);
    this.#detect = detect;
  }

  async hear(samples: Float32Array): Promise<Caught> {
    const fresh = this.#resampler.push(samples);
    const signal = new Float32Array(this.#waiting.length + fresh.length);
    signal.set(this.#waiting);
    signal.set(fresh, this.#waiting.length);
    const blocks = Math.floor(signal.length / BLOCK);
    this.#waiting = signal.slice(blocks * BLOCK);
    const heard = {
      columns: new Float32Array(2 * blocks * BANDS),
      levels: new Float32Array(blocks),
      probabilities: new Float32Array(blocks),
    };
    const words: Float32Array[] = [];
    for (let i = 0; i < blocks; i++) {
      const block = signal.slice(i * BLOCK, (i + 1) * BLOCK);
      const before = this.#memory.at(-1)?.subarray(BLOCK - HOP) ?? new Float32Array(HOP);
      const around = new Float32Array(HOP + BLOCK);
      around.set(before);
      around.set(block, HOP);
      for (const k of [0, 1]) {
        melColumn(around.subarray(k * HOP, k * HOP + WINDOW), 0, heard.columns.subarray((2 * i + k) * BANDS));
      }
      heard.levels[i] = levelOf(block);
      heard.probabilities[i] = await this.#detect(block);
      const word = this.#follow(block, heard.levels[i]!, heard.probabilities[i]!);
      if (word) words.push(word);
    }
    return { heard, words };
  }

  #follow(block: Float32Array, level: number, probability: number): Float32Array | undefined {
    this.#memory.push(block);
    if (this.#memory.length > REMEMBERED) this.#memory.shift();
    this.#count++;
    const stands = this.#gate.push(level);
    const found = this.#segmenter.push(Number.isNaN(probability) ? stands : probability >= SPEAKS);
    if (!found) return undefined;
    const first = Math.max(0, found.from - (this.#count - this.#memory.length));
    const blocks = this.#memory.slice(first, found.to - (this.#count - this.#memory.length));
    const signal = new Float32Array(blocks.length * BLOCK);
    blocks.forEach((one, i) => {
      signal.set(one, i * BLOCK);
    });
    return wordIn(signal);
  }
}
