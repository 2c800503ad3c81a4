/** The layers that can be put together, and how each is written in a link. */
import { type Codec, choice, flag, integer } from "../../ui/state-codec.ts";

export type ActivationKind = "relu" | "sigmoid" | "tanh" | "gelu";

export interface ConvolutionLayer {
  readonly kind: "convolution";
  readonly channels: number;
  /** Rows and columns of a kernel; along a wave its length. */
  readonly window: number;
  readonly stride: number;
  /** Whether a rim of zeros keeps the picture's size (at stride 1). */
  readonly same: boolean;
  /** Into how many parts the channels are divided, each seeing only its own. */
  readonly groups: number;
  readonly bias: boolean;
}

export interface PoolLayer {
  readonly kind: "pool";
  readonly how: "max" | "average";
  readonly window: number;
  readonly stride: number;
  readonly same: boolean;
}

export interface ResidualLayer {
  readonly kind: "residual";
  /** Channels of its result; a bottleneck computes with a quarter of them. */
  readonly channels: number;
  /** Of the first block; the others have 1. */
  readonly stride: number;
  readonly bottleneck: boolean;
  readonly repeat: number;
}

export type Layer =
  | { readonly kind: "dense"; readonly units: number }
  | ConvolutionLayer
  | PoolLayer
  | { readonly kind: "flatten" }
  | { readonly kind: "average" }
  | { readonly kind: "activation"; readonly name: ActivationKind }
  | { readonly kind: "batch-norm" }
  | { readonly kind: "layer-norm" }
  | { readonly kind: "dropout"; readonly percent: number }
  | { readonly kind: "embedding"; readonly width: number; readonly positions: boolean }
  | ResidualLayer
  | { readonly kind: "transformer"; readonly heads: number; readonly repeat: number }
  | { readonly kind: "unembedding" };

export type LayerKind = Layer["kind"];
export type LayerOf<K extends LayerKind> = Extract<Layer, { readonly kind: K }>;

/** Largest values a link or a control may set. */
export const MOST = {
  units: 65_536,
  channels: 4096,
  window: 32,
  stride: 8,
  repeat: 128,
  heads: 128,
} as const;

const upTo = (max: number, fallback = 1) => integer({ fallback, min: 1, max });

/** A field of a layer as its place in the text; the text is `code.field.field`. */
type FieldCodecs<L> = { readonly [K in Exclude<keyof L, "kind">]: Codec<L[K]> };

interface Form<L> {
  readonly code: string;
  readonly fields: FieldCodecs<L>;
}

const FORMS: { readonly [K in LayerKind]: Form<LayerOf<K>> } = {
  dense: { code: "d", fields: { units: upTo(MOST.units, 10) } },
  convolution: {
    code: "c",
    fields: {
      channels: upTo(MOST.channels, 8),
      window: upTo(MOST.window, 3),
      stride: upTo(MOST.stride),
      same: flag(true),
      groups: upTo(MOST.channels),
      bias: flag(true),
    },
  },
  pool: {
    code: "p",
    fields: {
      how: choice(["max", "average"], "max"),
      window: upTo(MOST.window, 2),
      stride: upTo(MOST.stride, 2),
      same: flag(false),
    },
  },
  flatten: { code: "f", fields: {} },
  average: { code: "g", fields: {} },
  activation: { code: "a", fields: { name: choice(["relu", "sigmoid", "tanh", "gelu"], "relu") } },
  "batch-norm": { code: "b", fields: {} },
  "layer-norm": { code: "l", fields: {} },
  dropout: { code: "o", fields: { percent: integer({ fallback: 50, min: 0, max: 90 }) } },
  embedding: { code: "e", fields: { width: upTo(16_384, 16), positions: flag(false) } },
  residual: {
    code: "r",
    fields: {
      channels: upTo(MOST.channels, 16),
      stride: upTo(2),
      bottleneck: flag(false),
      repeat: upTo(MOST.repeat),
    },
  },
  transformer: { code: "t", fields: { heads: upTo(MOST.heads, 2), repeat: upTo(MOST.repeat) } },
  unembedding: { code: "u", fields: {} },
};

export const LAYER_KINDS = Object.keys(FORMS) as readonly LayerKind[];

type AnyFields = Readonly<Record<string, Codec<unknown>>>;
const formOf = (kind: LayerKind) => FORMS[kind] as { readonly code: string; readonly fields: AnyFields };

/** A layer as it is when it is added. */
export function freshLayer(kind: LayerKind): Layer {
  const fields = Object.entries(formOf(kind).fields).map(([name, codec]) => [name, codec.fallback]);
  return { kind, ...Object.fromEntries(fields) } as Layer;
}

export const layerCodec: Codec<Layer> = {
  fallback: { kind: "flatten" },
  encode: (layer) => {
    const { code, fields } = formOf(layer.kind);
    const values = layer as unknown as Readonly<Record<string, unknown>>;
    return [code, ...Object.entries(fields).map(([name, codec]) => codec.encode(values[name]))].join(".");
  },
  decode: (text) => {
    const [code, ...parts] = text.split(".");
    const kind = LAYER_KINDS.find((candidate) => formOf(candidate).code === code);
    if (kind === undefined) return undefined;
    const fields = Object.entries(formOf(kind).fields);
    if (fields.length !== parts.length) return undefined;
    const values = fields.map(([name, codec], i) => [name, codec.decode(parts[i]!)] as const);
    if (values.some(([, value]) => value === undefined)) return undefined;
    return { kind, ...Object.fromEntries(values) } as Layer;
  },
};

export const sameLayers = (a: readonly Layer[], b: readonly Layer[]): boolean =>
  a.length === b.length && a.every((layer, i) => layerCodec.encode(layer) === layerCodec.encode(b[i]!));
