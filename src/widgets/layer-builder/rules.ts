/**
 * What each layer makes of the shape before it: the new shape, its parameters, its products, each with the formula
 * in numbers, or why the two cannot be joined.
 */

import { residualRule, transformerRule } from "./block-rules.ts";
import type { ConvolutionLayer, Layer, LayerKind, LayerOf, PoolLayer } from "./layers.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { channelsOf, extentsOf, number, sizeOfValues, type ValueShape } from "./shapes.ts";

/** What is known where the layer stands. */
export interface Before {
  readonly shape: ValueShape;
  /** Vocabulary of the tokens and width of the embedding, once there was one: what an unembedding reads. */
  readonly vocabulary: number | undefined;
}

export interface Derived {
  readonly shape: ValueShape;
  readonly parameters: number;
  /** Products with a weight, or of two values in attention, for one example. */
  readonly products: number;
  /** Values it computes for one example, what a composite layer computes inside included. */
  readonly values: number;
  /** Layers with weights that a value passes one after the other. */
  readonly weightLayers: number;
  /** How a window moves: what it needs for the receptive field. One entry for each window passed in turn. */
  readonly windows: readonly { readonly window: number; readonly stride: number }[];
  /** Sentences and formulas, in numbers. */
  readonly explanation: readonly string[];
}

export type Rule<L extends Layer> = (layer: L, before: Before) => Derived | Refusal;

const derived = (shape: ValueShape, rest: Partial<Omit<Derived, "shape">> = {}): Derived => ({
  shape,
  parameters: 0,
  products: 0,
  values: sizeOfValues(shape),
  weightLayers: 0,
  windows: [],
  explanation: [],
  ...rest,
});

/** Positions of a window along one axis; 0 or less when it does not fit. */
export function positionsOf(extent: number, window: number, stride: number, same: boolean): number {
  return same ? Math.ceil(extent / stride) : Math.floor((extent - window) / stride) + 1;
}

const positionsText = (name: string, extent: number, window: number, stride: number, same: boolean) => {
  const result = positionsOf(extent, window, stride, same);
  if (same) return `${name}: ⌈${number(extent)} ÷ ${stride}⌉ = ${number(result)}`;
  const inner = `(${number(extent)} − ${window}) ÷ ${stride}`;
  const whole = (extent - window) % stride === 0;
  return `${name}: ${whole ? inner : `⌊${inner}⌋`} + 1 = ${number(result)}`;
};

/** A window over a picture or a wave. */
function slide(
  shape: ValueShape,
  { window, stride, same }: Pick<PoolLayer, "window" | "stride" | "same">,
  channels: number,
): { readonly shape: ValueShape; readonly texts: readonly string[] } | Refusal {
  if (shape.kind === "image") {
    const rows = positionsOf(shape.rows, window, stride, same);
    const columns = positionsOf(shape.columns, window, stride, same);
    if (rows < 1 || columns < 1) return refuse("window", Math.min(shape.rows, shape.columns), window);
    return {
      shape: { kind: "image", channels, rows, columns },
      texts: [
        positionsText("세로", shape.rows, window, stride, same),
        positionsText("가로", shape.columns, window, stride, same),
      ],
    };
  }
  if (shape.kind === "wave") {
    const length = positionsOf(shape.length, window, stride, same);
    if (length < 1) return refuse("window", shape.length, window);
    return {
      shape: { kind: "wave", channels, length },
      texts: [positionsText("시간", shape.length, window, stride, same)],
    };
  }
  return refuse(shape.kind === "tokens" ? "tokens" : "no-neighbours");
}

const convolutionRule: Rule<ConvolutionLayer> = (layer, { shape }) => {
  const { channels, window, stride, groups, bias } = layer;
  const slid = slide(shape, layer, channels);
  if ("code" in slid) return slid;
  const inputs = channelsOf(shape)!;
  if (inputs % groups !== 0 || channels % groups !== 0) return refuse("groups", inputs, channels, groups);
  const taps = shape.kind === "image" ? window * window : window;
  const tapsText = shape.kind === "image" ? `${window} × ${window}` : `${window}`;
  const positions = sizeOfValues(slid.shape) / channels;
  const weights = taps * (inputs / groups) * channels;
  const products = weights * positions;
  const divided = groups > 1 ? `(${number(inputs)} ÷ ${groups})` : number(inputs);
  const core = `${tapsText} × ${divided} × ${number(channels)}`;
  const parameters = weights + (bias ? channels : 0);
  return derived(slid.shape, {
    parameters,
    products,
    weightLayers: 1,
    windows: [{ window, stride }],
    explanation: [
      ...slid.texts,
      `파라미터: ${core}${bias ? ` + ${number(channels)}` : ""} = ${number(parameters)}`,
      `곱셈: ${core} × 자리 ${number(positions)}곳 = ${number(products)}`,
    ],
  });
};

const poolRule: Rule<PoolLayer> = (layer, { shape }) => {
  const slid = slide(shape, layer, channelsOf(shape) ?? 0);
  if ("code" in slid) return slid;
  const what = layer.how === "max" ? "가장 큰 값" : "평균";
  const many = shape.kind === "image" ? layer.window ** 2 : layer.window;
  return derived(slid.shape, {
    windows: [{ window: layer.window, stride: layer.stride }],
    explanation: [
      ...slid.texts,
      `이웃한 값 ${number(many)}개에서 ${what} 하나를 남깁니다. 파라미터는 없습니다.`,
    ],
  });
};

const denseRule: Rule<LayerOf<"dense">> = ({ units }, { shape }) => {
  if (shape.kind === "tokens") return refuse("tokens");
  if (shape.kind === "image" || shape.kind === "wave") return refuse("not-flat");
  const inputs = shape.kind === "vector" ? shape.size : shape.width;
  const times = shape.kind === "sequence" ? shape.length : 1;
  const parameters = inputs * units + units;
  const products = inputs * units * times;
  const each = times > 1 ? ` × 토큰 ${number(times)}개` : "";
  return derived(
    shape.kind === "sequence"
      ? { kind: "sequence", length: times, width: units }
      : { kind: "vector", size: units },
    {
      parameters,
      products,
      weightLayers: 1,
      explanation: [
        `파라미터: ${number(inputs)} × ${number(units)} + ${number(units)} = ${number(parameters)}`,
        `곱셈: ${number(inputs)} × ${number(units)}${each} = ${number(products)}`,
      ],
    },
  );
};

const flattenRule: Rule<LayerOf<"flatten">> = (_layer, { shape }) => {
  if (shape.kind === "tokens") return refuse("tokens");
  const size = sizeOfValues(shape);
  if (shape.kind === "vector") {
    return derived(shape, { explanation: ["이미 한 줄이라 바뀌는 것이 없습니다."] });
  }
  const product = extentsOf(shape).map(number).join(" × ");
  return derived(
    { kind: "vector", size },
    { explanation: [`${product} = ${number(size)}`, "값은 그대로이고 놓인 모양만 바뀝니다."] },
  );
};

const averageRule: Rule<LayerOf<"average">> = (_layer, { shape }) => {
  if (shape.kind === "tokens") return refuse("tokens");
  if (shape.kind === "vector") return refuse("already-flat");
  const channels = channelsOf(shape)!;
  const many = sizeOfValues(shape) / channels;
  const what = shape.kind === "sequence" ? "너비의 칸" : "채널";
  const where = shape.kind === "sequence" ? `토큰 ${number(many)}개` : `자리 ${number(many)}곳`;
  return derived(
    { kind: "vector", size: channels },
    { explanation: [`${what}마다 ${where}의 평균 하나를 남깁니다: ${number(channels)}개`] },
  );
};

const embeddingRule: Rule<LayerOf<"embedding">> = ({ width, positions }, { shape }) => {
  if (shape.kind !== "tokens") return refuse("no-tokens");
  const { vocabulary, length } = shape;
  const parameters = vocabulary * width + (positions ? length * width : 0);
  const places = positions ? ` + ${number(length)} × ${number(width)}` : "";
  return derived(
    { kind: "sequence", length, width },
    {
      parameters,
      explanation: [
        `파라미터: 토큰 ${number(vocabulary)}가지 × ${number(width)}${places} = ${number(parameters)}`,
        `표에서 번호에 맞는 줄을 꺼내기만 하므로 곱셈이 없습니다.${positions ? " 자리마다 정해 둔 벡터를 더합니다." : ""}`,
      ],
    },
  );
};

const unembeddingRule: Rule<LayerOf<"unembedding">> = (_layer, { shape, vocabulary }) => {
  if (shape.kind !== "sequence" || vocabulary === undefined) return refuse("no-embedding");
  const products = shape.length * shape.width * vocabulary;
  return derived(
    { kind: "sequence", length: shape.length, width: vocabulary },
    {
      products,
      explanation: [
        "토큰마다 다음 토큰의 로짓을 냅니다. 임베딩의 표를 다시 쓰므로 새 파라미터는 없습니다.",
        `곱셈: ${number(shape.length)} × ${number(shape.width)} × ${number(vocabulary)} = ${number(products)}`,
      ],
    },
  );
};

function normRule(what: string): Rule<Layer> {
  return (layer, { shape }) => {
    const channels = channelsOf(shape);
    if (channels === undefined) return refuse("tokens");
    if (layer.kind === "batch-norm" && shape.kind === "sequence") return refuse("norm-sequence");
    if (layer.kind === "layer-norm" && (shape.kind === "image" || shape.kind === "wave"))
      return refuse("norm-image");
    return derived(shape, {
      parameters: 2 * channels,
      explanation: [
        `파라미터: ${what}마다 크기와 위치 하나씩, 2 × ${number(channels)} = ${number(2 * channels)}`,
      ],
    });
  };
}

function unchanged(text: string): Rule<Layer> {
  return (_layer, { shape }) => {
    if (shape.kind === "tokens") return refuse("tokens");
    return derived(shape, { explanation: [text] });
  };
}

export const RULES: { readonly [K in LayerKind]: Rule<LayerOf<K>> } = {
  dense: denseRule,
  convolution: convolutionRule,
  pool: poolRule,
  flatten: flattenRule,
  average: averageRule,
  activation: unchanged("값 하나하나에 함수를 씌웁니다. 모양은 그대로이고 파라미터는 없습니다."),
  "batch-norm": normRule("채널"),
  "layer-norm": normRule("너비의 칸"),
  dropout: unchanged("훈련하는 동안만 값을 무작위로 0으로 만듭니다. 파라미터는 없습니다."),
  embedding: embeddingRule,
  residual: residualRule,
  transformer: transformerRule,
  unembedding: unembeddingRule,
};

export function applyRule(layer: Layer, before: Before): Derived | Refusal {
  return (RULES[layer.kind] as Rule<Layer>)(layer, before);
}
