/** What the page and its worker say to each other. */

/** Counted from 0. */
export interface HeadName {
  readonly layer: number;
  readonly head: number;
}

export interface Chance {
  readonly token: number;
  readonly probability: number;
}

/** A head's share of a projection: [width, d], and its bias [d]. */
export interface Projection {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** One head's numbers, row-major; n tokens, d numbers a head. */
export interface HeadPart extends HeadName {
  /** n. */
  readonly count: number;
  readonly width: number;
  /** d. */
  readonly size: number;
  /** What the tokens and their places begin with: [n, width] each. */
  readonly tokenRows: Float32Array;
  readonly positionRows: Float32Array;
  /** The normalised stream that this layer reads, [n, width]. */
  readonly input: Float32Array;
  /** [n, d] each. */
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  /** query · keyᵀ / √d, before the mask, [n, n]. */
  readonly scores: Float32Array;
  /** [n, n]. */
  readonly weights: Float32Array;
  /** weights · value, [n, d]. */
  readonly mixed: Float32Array;
  readonly projections: Readonly<Record<"query" | "key" | "value", Projection>>;
}

export interface Anatomy {
  readonly tokens: readonly number[];
  /** [layers, heads, n, n]. */
  readonly weights: Float32Array;
  /** How far the likeliest token's probability falls when one head is off, [layers · heads]. */
  readonly effects: Float32Array;
  readonly part: HeadPart;
  /** After the last token, the likeliest first. */
  readonly next: readonly Chance[];
  /** The same, of all tokens, with the heads that are off; `undefined` when all are on. */
  readonly changed: readonly Chance[] | undefined;
}

/** What the page must know of the network. */
export interface NetworkFacts {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly parameters: number;
}

export interface Look extends HeadName {
  readonly text: string;
  readonly off: readonly HeadName[];
}

/** What was looked at, as it is read: labels for tokens and for what may follow. */
export interface Looked {
  readonly text: string;
  readonly anatomy: Anatomy;
  readonly labels: readonly string[];
  /** Labels of the tokens in `anatomy.next` and `anatomy.changed` that are shown. */
  readonly names: Readonly<Record<number, string>>;
  /** Tokens of the text that were left out because it is too long. */
  readonly beyond: number;
}

export type ToWorker = { readonly type: "load" } | ({ readonly type: "look" } & Look);

export type FromWorker =
  | { readonly type: "progress"; readonly loaded: number; readonly total: number | undefined }
  | { readonly type: "ready"; readonly facts: NetworkFacts }
  | { readonly type: "looked"; readonly looked: Looked }
  | { readonly type: "failed"; readonly message: string };
