/** What would make a refused join possible: each suggestion was tried, and joins. */
import { derive } from "./derive.ts";
import { freshLayer, type Layer, type LayerKind } from "./layers.ts";
import { layerName } from "./names.ts";
import type { Refusal } from "./refusal.ts";
import { channelsOf, type ValueShape } from "./shapes.ts";

export interface Fix {
  readonly label: string;
  /** All layers as they would be. */
  readonly layers: readonly Layer[];
}

const MOST_FIXES = 3;

interface Place {
  readonly layers: readonly Layer[];
  readonly index: number;
  readonly layer: Layer;
  readonly from: ValueShape;
}

const inserted = ({ layers, index }: Place, kind: LayerKind): Fix => {
  const layer = freshLayer(kind);
  return {
    label: `앞에 ${layerName(layer)} 넣기`,
    layers: [...layers.slice(0, index), layer, ...layers.slice(index)],
  };
};

const changed = ({ layers, index }: Place, layer: Layer, label: string): Fix => ({
  label,
  layers: layers.map((other, i) => (i === index ? layer : other)),
});

const replaced = (place: Place, kind: LayerKind): Fix => {
  const layer = freshLayer(kind);
  return changed(place, layer, `${layerName(layer)}로 바꾸기`);
};

/** In front of the last layer that laid the values in a row. */
function beforeFlattening({ layers, index, layer }: Place): Fix[] {
  const at = layers.findLastIndex(({ kind }, i) => i < index && (kind === "flatten" || kind === "average"));
  if (at < 0) return [];
  const rest = layers.filter((_, i) => i !== index);
  return [
    {
      label: `${layerName(layers[at]!)} 앞으로 옮기기`,
      layers: [...rest.slice(0, at), layer, ...rest.slice(at)],
    },
  ];
}

function windowFixes(place: Place): Fix[] {
  const { layer, from } = place;
  if (layer.kind !== "convolution" && layer.kind !== "pool") return [];
  const extent =
    from.kind === "image" ? Math.min(from.rows, from.columns) : from.kind === "wave" ? from.length : 1;
  const smaller = { ...layer, window: extent, stride: Math.min(layer.stride, extent) };
  return [
    changed(place, { ...layer, same: true }, "둘레를 0으로 채우기"),
    changed(place, smaller, `창을 ${extent}칸으로 줄이기`),
  ];
}

const largestDivisor = (limit: number, ...values: readonly number[]): number => {
  for (let divisor = limit; divisor > 1; divisor--) {
    if (values.every((value) => value % divisor === 0)) return divisor;
  }
  return 1;
};

function divisorFixes(place: Place): Fix[] {
  const { layer, from } = place;
  const channels = channelsOf(from) ?? 1;
  if (layer.kind === "convolution") {
    const groups = largestDivisor(layer.groups, channels, layer.channels);
    return [changed(place, { ...layer, groups }, `묶음을 ${groups}개로`)];
  }
  if (layer.kind === "transformer") {
    const heads = largestDivisor(layer.heads, channels);
    return [changed(place, { ...layer, heads }, `머리를 ${heads}개로`)];
  }
  if (layer.kind === "residual") {
    const rounded = Math.max(4, Math.round(layer.channels / 4) * 4);
    return [changed(place, { ...layer, channels: rounded }, `채널을 ${rounded}개로`)];
  }
  return [];
}

function candidates({ code }: Refusal, place: Place): Fix[] {
  const removed = { label: "이 층 빼기", layers: place.layers.filter((_, i) => i !== place.index) };
  switch (code) {
    case "not-flat":
      return [inserted(place, "flatten"), inserted(place, "average"), removed];
    case "no-neighbours":
    case "no-image":
      return [...beforeFlattening(place), removed];
    case "window":
      return [...windowFixes(place), removed];
    case "groups":
    case "heads":
    case "bottleneck":
      return [...divisorFixes(place), removed];
    case "tokens":
      return [inserted(place, "embedding"), removed];
    case "norm-sequence":
      return [replaced(place, "layer-norm"), removed];
    case "norm-image":
      return [replaced(place, "batch-norm"), removed];
    default:
      return [removed];
  }
}

/** Suggestions for the layer at `index`, whose join is refused; the network then joins at least as far as it. */
export function fixesFor(input: ValueShape, layers: readonly Layer[], index: number): readonly Fix[] {
  const step = derive(input, layers).steps[index];
  if (step?.state !== "refused") return [];
  const place = { layers, index, layer: step.layer, from: step.from };
  return candidates(step.refusal, place)
    .filter((fix) => {
      const { broken } = derive(input, fix.layers);
      return broken === undefined || broken > index + fix.layers.length - layers.length;
    })
    .slice(0, MOST_FIXES);
}
