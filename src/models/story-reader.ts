/**
 * Logits of the next token of a growing text. Keys and values of what was read stay cached, so that only the tokens
 * that differ are read; the same in onnxruntime and on our own engine.
 */
import { Gpt } from "../nn/gpt.ts";
import type { Feed, OnnxSession } from "../onnx/session.ts";
import type { StoryGpt } from "./story-gpt.ts";

/** Reads one token after `position` others. */
export interface StepRunner {
  /** Logits [vocabulary] of the token after it; live, until the next call. */
  read(token: number, position: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** The network's file in onnxruntime: the caches go in and come out. */
export function sessionRunner(session: OnnxSession): StepRunner {
  const caches: Record<string, Feed> = {};
  for (const { name, shape } of session.inputs) {
    if (!name.startsWith("cached ")) continue;
    const extents = shape.map(Number);
    caches[name] = { shape: extents, data: new Float32Array(extents.reduce((a, b) => a * b, 1)) };
  }
  return {
    read: async (token, position) => {
      const { logits, ...next } = await session.run({
        ...{ "next token": { data: [token], shape: [1] }, position: { data: [position], shape: [] } },
        ...caches,
      });
      for (const name of Object.keys(caches)) caches[name] = next[`next ${name}`]!;
      return logits!.data as Float32Array;
    },
    dispose: () => session.dispose(),
  };
}

/** The same weights on our own engine. */
export function engineRunner(model: Pick<StoryGpt, "card" | "weight">): StepRunner {
  const gpt = new Gpt({ ...model.card.gpt, seed: 0 }, { generate: true });
  for (const parameter of gpt.parameters.all) {
    gpt.program.write(parameter, model.weight(parameter.name!).values);
  }
  return {
    read: async (token, position) => {
      gpt.restart(position);
      return gpt.next(token);
    },
    dispose: async () => gpt.program.dispose(),
  };
}

export interface ReadLogits {
  /** [vocabulary]; the reader's own copy. */
  readonly logits: Float32Array;
  /** Tokens read for it, and those whose keys and values were still there. */
  readonly read: number;
  readonly cached: number;
  /** Tokens at the start of the text that lie before the context and are not seen. */
  readonly forgotten: number;
}

export class StoryReader {
  readonly #runner: StepRunner;
  readonly #context: number;
  #read: readonly number[] = [];
  #last: Float32Array | undefined;

  constructor(runner: StepRunner, context: number) {
    this.#runner = runner;
    this.#context = context;
  }

  /**
   * @param caching whether what was read before may be used again.
   * @param isStopped asked between two tokens; then the rest is left unread.
   * @returns `undefined` when stopped. @throws RangeError for no tokens.
   */
  async logitsAfter(
    tokens: readonly number[],
    caching = true,
    isStopped: () => boolean = () => false,
  ): Promise<ReadLogits | undefined> {
    if (tokens.length === 0) throw new RangeError("there is no token to read");
    const forgotten = this.#beyond(tokens.length);
    const seen = tokens.slice(forgotten);
    let at = caching ? commonStart(this.#read, seen) : 0;
    const cached =
      at === seen.length && this.#last && this.#read.length === at ? at : Math.min(at, seen.length - 1);
    for (at = cached; at < seen.length; at++) {
      if (isStopped()) return undefined;
      this.#last = (await this.#runner.read(seen[at]!, at)).slice();
      this.#read = seen.slice(0, at + 1);
    }
    return { logits: this.#last!, read: seen.length - cached, cached, forgotten };
  }

  /** Tokens left out so that the rest fits; half a context at a time, so that not every token moves the text. */
  #beyond(length: number): number {
    const half = Math.floor(this.#context / 2);
    return Math.ceil(Math.max(0, length - this.#context) / half) * half;
  }
}

function commonStart(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return length;
}
