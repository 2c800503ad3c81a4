/** A sentence as tokens, with the beginning before it. */
import { LONGEST } from "./network.ts";

/** The part of a tokenizer that is needed. */
export interface Tokenizer {
  encode(text: string): readonly number[];
  label(token: number): string;
}

export interface ReadSentence {
  readonly tokens: readonly number[];
  readonly labels: readonly string[];
  /** Tokens left out at the end. */
  readonly beyond: number;
}

/** @param start the token every text of the training begins with. */
export function readSentence(text: string, tokenizer: Tokenizer, start: number): ReadSentence {
  const all = [start, ...tokenizer.encode(text.trim())];
  const tokens = all.slice(0, LONGEST);
  return {
    tokens,
    labels: tokens.map((token, i) => (i === 0 ? "시작" : tokenizer.label(token).replace("▁", "␣"))),
    beyond: all.length - tokens.length,
  };
}
