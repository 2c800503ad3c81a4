/** A model card: what a trained network is, what it learned from, and how well it does on what it has not seen. */

export interface ModelCard {
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
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  /** Every stage that the file gives out, in the order of computation, with its shape for one picture. */
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly classes: readonly string[];
  /** Weights and biases. */
  readonly parameters: number;
  /** One line for each layer. */
  readonly architecture: readonly string[];
  readonly data: {
    readonly id: string;
    readonly name: string;
    readonly about: string;
    readonly licence: string;
    readonly credit: string;
    readonly url: string;
    readonly train: number;
    readonly test: number;
    readonly rule: string;
  };
  readonly training: {
    readonly seed: number;
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly optimizer: string;
    /** What was done to the pictures while training. */
    readonly augmentation: string;
  };
  /** Of the shipped file, on the test pictures, computed by onnxruntime. */
  readonly score: {
    readonly accuracy: number;
    readonly count: number;
    /** For each class, the share of its test pictures answered rightly. */
    readonly perClass: readonly number[];
  };
  /** What the network should not be trusted with. */
  readonly limits: string;
}

export const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);
export const isList =
  <T>(isItem: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(isItem);

export type Check = (value: unknown) => boolean;

/** Whether a value is an object whose fields pass these checks. */
export const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(checks).every(([name, check]) =>
      check((value as Readonly<Record<string, unknown>>)[name]),
    );

const PORT = { name: isText, shape: isList(isNumber) };

const isCard = fields({
  ...{
    id: isText,
    name: isText,
    task: isText,
    file: isText,
    sha256: isText,
    licence: isText,
    limits: isText,
  },
  ...{ bytes: isNumber, parameters: isNumber, classes: isList(isText), architecture: isList(isText) },
  input: fields(PORT),
  outputs: (value) => Array.isArray(value) && value.length > 0 && value.every(fields(PORT)),
  data: fields({
    ...{
      id: isText,
      name: isText,
      about: isText,
      licence: isText,
      credit: isText,
      url: isText,
      rule: isText,
    },
    ...{ train: isNumber, test: isNumber },
  }),
  training: fields({
    ...{ seed: isNumber, epochs: isNumber, batchSize: isNumber, learningRate: isNumber },
    ...{ optimizer: isText, augmentation: isText },
  }),
  score: fields({ accuracy: isNumber, count: isNumber, perClass: isList(isNumber) }),
});

/** The card of a JSON text; `undefined` when something is missing or of another kind. */
export function parseModelCard(text: string): ModelCard | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isCard(value) ? (value as ModelCard) : undefined;
  } catch {
    return undefined;
  }
}
