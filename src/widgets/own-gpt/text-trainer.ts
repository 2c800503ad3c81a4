/** Teaches a GPT a text: windows of it, whose next symbols are to be foretold. */
import { type Division, longestCopy, SHORTEST_TEXT, Vocabulary } from "../../data/own-text.ts";
import type { WordUnit } from "../../data/words.ts";
import { Random } from "../../engine/random.ts";
import { generate } from "../../nn/generate.ts";
import { IGNORED } from "../../nn/gpt.ts";
import { probabilities } from "../../nn/sampling.ts";
import type { OwnGptConfig, OwnGptFrame, OwnGptLive, OwnGptTrainer, TextLook } from "./experiment.ts";
import { attentionOf, buffersOf, gptConfig, Training } from "./training.ts";

/** Symbols the network sees at once, and windows a step: about as much work for either unit. */
const CONTEXT: Readonly<Record<WordUnit, number>> = { syllable: 48, jamo: 96 };
const BATCH: Readonly<Record<WordUnit, number>> = { syllable: 16, jamo: 8 };
/** Characters written at a time. */
export const WRITTEN = 60;
/** Jamo in a written-out syllable, with its spaces, on the average. */
const JAMO_A_CHARACTER = 2.3;
/** Symbols whose attention is shown. */
const LOOKED_AT = 24;
const LOOK_EVERY = 20;
/** So many batches of windows are measured on, at the most. */
const MEASURED = 3;
const SHOWN_CHANCES = 6;

interface Windows {
  readonly batches: readonly { readonly tokens: Int32Array; readonly targets: Int32Array }[];
  /** Symbols a character takes, where they are jamo. */
  readonly symbolsPerCharacter: number;
}

/** @throws Error in Korean when the text is too short. */
export function createTextTrainer(config: OwnGptConfig, division: Division, unit: WordUnit): OwnGptTrainer {
  if (division.train.length + division.test.length < SHORTEST_TEXT) {
    throw new Error(`글이 ${SHORTEST_TEXT}자는 되어야 배울 수 있습니다.`);
  }
  return new TextTrainer(config, division, unit);
}

class TextTrainer implements OwnGptTrainer {
  readonly #config: OwnGptConfig;
  readonly #division: Division;
  readonly #vocabulary: Vocabulary;
  readonly #training: Training;
  readonly #windows: { readonly train: Windows; readonly test: Windows };
  readonly #random: Random;
  #live: OwnGptLive = { learningRate: 0, temperature: 1, start: "" };
  #look: TextLook | undefined;
  #lookedAt = 0;

  constructor(config: OwnGptConfig, division: Division, unit: WordUnit) {
    this.#config = config;
    this.#division = division;
    this.#vocabulary = new Vocabulary(division.train + division.test, unit);
    const tokens = this.#vocabulary.encode(division.train);
    const context = Math.min(CONTEXT[unit], tokens.length - 2);
    this.#training = new Training(
      gptConfig(config, this.#vocabulary.symbols.length, context),
      {
        train: { batch: BATCH[unit], text: tokens.length, ignore: true },
        infer: { batch: 1, time: Math.min(LOOKED_AT, context), attention: true },
        generate: true,
      },
      config.memory,
    );
    this.#training.gpt.setText(tokens);
    this.#windows = {
      train: windowsOf(division.train, this.#vocabulary, context),
      test: windowsOf(division.test, this.#vocabulary, context),
    };
    this.#random = new Random(config.seed);
  }

  setLive(live: OwnGptLive): void {
    const same = live.temperature === this.#live.temperature && live.start === this.#live.start;
    this.#live = live;
    if (!same) this.#look = undefined;
  }

  command(): void {
    this.#look = undefined;
  }

  advance(steps: number): number {
    return this.#training.advance(steps, this.#live.learningRate);
  }

  divergence() {
    return this.#training.divergence;
  }

  frame(): { frame: OwnGptFrame; transfer: ArrayBuffer[] } {
    const { steps, gpt } = this.#training;
    if (!this.#look || steps - this.#lookedAt >= LOOK_EVERY) {
      this.#look = this.#lookNow();
      this.#lookedAt = steps;
    }
    const memory = this.#training.memory();
    const frame = { steps, parameterCount: gpt.parameters.count, look: this.#look, memory };
    return { frame, transfer: buffersOf(memory) };
  }

  #lookNow(): TextLook {
    // A line's beginning is what follows a line's end.
    const start = this.#live.start || "\n";
    const prompt = this.#vocabulary.encode(start);
    const read = prompt.length > 0 ? prompt : [0];
    const written = this.#write(read);
    const whole = `${this.#live.start}${written}`;
    return {
      ...{ kind: "text", at: this.#training.steps },
      train: this.#bitsOn(this.#windows.train),
      test: this.#bitsOn(this.#windows.test),
      ...{ start: this.#live.start, written, copied: longestCopy(whole, this.#division.train) },
      ...this.#lookAround(read, written),
    };
  }

  #write(prompt: readonly number[]): string {
    const { unit } = this.#vocabulary;
    const count = Math.round(WRITTEN * (unit === "jamo" ? JAMO_A_CHARACTER : 1));
    const { temperature } = this.#live;
    const numbers: number[] = [];
    for (const { token } of generate(this.#training.gpt, prompt, this.#random, { temperature })) {
      if (numbers.push(token) >= count) break;
    }
    return this.#vocabulary.decode(numbers);
  }

  /** What may follow the prompt, and where each symbol of the prompt and of the writing looks. */
  #lookAround(prompt: readonly number[], written: string): Pick<TextLook, "next" | "attention"> {
    const { gpt } = this.#training;
    const vocabulary = this.#vocabulary;
    const time = Math.min(LOOKED_AT, gpt.config.context);
    const end = Math.min(prompt.length, time);
    const shown = [...prompt.slice(-time), ...vocabulary.encode(written)].slice(0, time);
    const padded = Array.from({ length: time }, (_, i) => shown[i] ?? 0);
    const logits = gpt.infer(padded);
    const { length } = vocabulary.symbols;
    const next = Array.from(
      probabilities(logits.subarray((end - 1) * length, end * length), this.#live.temperature),
      (probability, number) => ({ shown: vocabulary.shown(number), probability }),
    )
      .sort((a, b) => b.probability - a.probability)
      .slice(0, SHOWN_CHANCES);
    const { heads } = this.#config;
    const weights = attentionOf(gpt.attention(), { heads, time, count: shown.length });
    return { next, attention: { symbols: shown.map((number) => vocabulary.shown(number)), weights } };
  }

  #bitsOn({ batches, symbolsPerCharacter }: Windows): number {
    const { gpt } = this.#training;
    let [nats, count] = [0, 0];
    for (const { tokens, targets } of batches) {
      gpt.setBatch(tokens, targets);
      const own = targets.filter((target) => target !== IGNORED).length;
      nats += own * gpt.loss();
      count += own;
    }
    return ((nats / count) * symbolsPerCharacter) / Math.LN2;
  }

  dispose(): void {}
}

/** Windows side by side from the beginning to the end, or, of a long text, spread evenly over it. */
function windowsOf(text: string, vocabulary: Vocabulary, context: number): Windows {
  const tokens = vocabulary.encode(text);
  const rows = BATCH[vocabulary.unit];
  const needed = Math.max(1, Math.ceil((tokens.length - 1) / context));
  const count = Math.min(MEASURED * rows, needed);
  const starts = Array.from({ length: count }, (_, i) =>
    needed <= count ? i * context : Math.floor((i * (tokens.length - 1 - context)) / (count - 1)),
  );
  const batches = Array.from({ length: Math.ceil(count / rows) }, (_, b) => {
    const own = { tokens: new Int32Array(rows * context), targets: new Int32Array(rows * context) };
    own.targets.fill(IGNORED);
    starts.slice(b * rows, (b + 1) * rows).forEach((start, row) => {
      own.tokens.set(tokens.slice(start, start + context), row * context);
      own.targets.set(tokens.slice(start + 1, start + context + 1), row * context);
    });
    return own;
  });
  return { batches, symbolsPerCharacter: tokens.length / [...text].length };
}
