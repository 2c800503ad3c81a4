/** The card of a network that reads or writes sequences: what it learned from, and how often it is right. */
import { type Check, fields, isList, isNumber, isText } from "./card.ts";

export interface SequenceCard {
  readonly kind: "sequence";
  readonly id: string;
  readonly name: string;
  /** What it does, in one sentence. */
  readonly task: string;
  /** File beside the card. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
  readonly licence: string;
  /** Weights and biases. */
  readonly parameters: number;
  /** One line for each layer. */
  readonly architecture: readonly string[];
  readonly data: { readonly name: string; readonly about: string; readonly licence: string };
  /** How it was trained, in a sentence or two. */
  readonly training: string;
  /** Of the shipped file, on what was not trained on, computed by onnxruntime. */
  readonly scores: readonly Score[];
  /** Measures that are no shares, such as a perplexity: a sentence each. */
  readonly measures?: readonly string[];
  /** What the network should not be trusted with. */
  readonly limits: string;
}

export interface Score {
  /** What was asked, such as “여섯 자리 숫자를 읽기”. */
  readonly what: string;
  /** Share answered rightly, 0 to 1. */
  readonly share: number;
  /** How many were asked. */
  readonly count: number;
}

const isScore = fields({ what: isText, share: isNumber, count: isNumber });

const isCard: Check = fields({
  kind: (value) => value === "sequence",
  ...{ id: isText, name: isText, task: isText, file: isText, sha256: isText, licence: isText },
  ...{
    bytes: isNumber,
    parameters: isNumber,
    architecture: isList(isText),
    training: isText,
    limits: isText,
  },
  data: fields({ name: isText, about: isText, licence: isText }),
  measures: (value) => value === undefined || isList(isText)(value),
  scores: (value) => Array.isArray(value) && value.length > 0 && value.every(isScore),
});

/** The card of a JSON text; `undefined` when something is missing or of another kind. */
export function parseSequenceCard(text: string): SequenceCard | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isCard(value) ? (value as SequenceCard) : undefined;
  } catch {
    return undefined;
  }
}
