/** A translator's file in onnxruntime: the likeliest symbol at every step. */
import * as ort from "onnxruntime-web/wasm";
import { END, LONGEST, SYMBOLS, textOfTokens, tokensOf } from "../../src/models/number-network.ts";

const BATCH = 100;

export interface RunningTranslator {
  translate(sources: readonly string[]): Promise<string[]>;
  dispose(): Promise<void>;
}

export async function openTranslator(bytes: Uint8Array): Promise<RunningTranslator> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(bytes);
  const part = async (sources: readonly string[]): Promise<string[]> => {
    const shape = [sources.length, LONGEST];
    const source = new ort.Tensor("int32", tokensOf(sources), shape);
    const given = tokensOf(sources.map(() => ""));
    // The whole target is computed anew for every further symbol: slow, but what the file offers.
    for (let t = 0; t < LONGEST; t++) {
      const feeds = { source, given: new ort.Tensor("int32", given, shape) };
      const logits = (await session.run(feeds, ["logits"])).logits!.data as Float32Array;
      if (t + 1 === LONGEST) return sources.map((_, i) => textOf(given, logits, i));
      sources.forEach((_, i) => {
        given[i * LONGEST + t + 1] = likeliest(logits, i * LONGEST + t);
      });
    }
    return [];
  };
  return {
    translate: async (sources) => {
      const outputs: string[] = [];
      for (let at = 0; at < sources.length; at += BATCH) {
        outputs.push(...(await part(sources.slice(at, at + BATCH))));
      }
      return outputs;
    },
    dispose: () => session.release(),
  };
}

/** Padding is never written. */
function likeliest(logits: Float32Array, row: number): number {
  const own = logits.subarray(row * SYMBOLS.length, (row + 1) * SYMBOLS.length);
  let token = END;
  for (let i = END; i < own.length; i++) if (own[i]! > own[token]!) token = i;
  return token;
}

function textOf(given: Int32Array, logits: Float32Array, i: number): string {
  const written = given.subarray(i * LONGEST + 1, (i + 1) * LONGEST);
  return textOfTokens([...written, likeliest(logits, (i + 1) * LONGEST - 1)]);
}
