/** Finds where a word begins and ends in a stream of blocks, each of which is speech or not. */

/** Blocks of speech that begin a word, of rest that end it, and that are added before it: 64, 256 and 128 ms. */
const BEGIN = 2;
const END = 8;
const BEFORE = 4;
/** A word is cut off after so many blocks: 1.9 s. */
const LONGEST = 60;

export interface Segment {
  /** Numbers of the first block and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

export class Segmenter {
  #block = 0;
  #speech = 0;
  #rest = 0;
  #from: number | undefined;

  /** Takes the next block; returns a word that has just ended. */
  push(isSpeech: boolean): Segment | undefined {
    this.#block++;
    this.#speech = isSpeech ? this.#speech + 1 : 0;
    this.#rest = isSpeech ? 0 : this.#rest + 1;
    if (this.#from === undefined) {
      if (this.#speech >= BEGIN) this.#from = Math.max(0, this.#block - this.#speech - BEFORE);
      return undefined;
    }
    if (this.#rest < END && this.#block - this.#from < LONGEST) return undefined;
    const found = { from: this.#from, to: this.#block };
    this.#from = undefined;
    this.#speech = 0;
    return found;
  }
}

/** Without a network, speech is what stands out of the quietest of the last seconds. */
export class LoudnessGate {
  readonly #recent: number[] = [];

  /** @param level of the block in dB. */
  push(level: number): boolean {
    this.#recent.push(level);
    if (this.#recent.length > 100) this.#recent.shift();
    const quiet = this.#recent.toSorted((a, b) => a - b)[Math.floor(this.#recent.length / 10)]!;
    return level > -55 && level > quiet + 12;
  }
}
