/** The whole network, layer by layer: shapes, counts, receptive field, and where it breaks. */
import type { Layer } from "./layers.ts";
import type { Refusal } from "./refusal.ts";
import { applyRule, type Before, type Derived } from "./rules.ts";
import { sizeOfValues, type ValueShape } from "./shapes.ts";

export type Step =
  | (Derived & {
      readonly state: "joined";
      readonly layer: Layer;
      readonly from: ValueShape;
      /** Along one axis of the input: how many of its values one value here can see. */
      readonly receptiveField: number | undefined;
    })
  | { readonly state: "refused"; readonly layer: Layer; readonly from: ValueShape; readonly refusal: Refusal }
  /** Behind a broken join nothing is known. */
  | { readonly state: "unknown"; readonly layer: Layer };

export interface Totals {
  readonly parameters: number;
  readonly products: number;
  /** Values of all layers for one example, the input included. */
  readonly values: number;
  readonly weightLayers: number;
}

export interface Derivation {
  readonly steps: readonly Step[];
  /** Where the network is broken; `undefined` when everything joins. */
  readonly broken: number | undefined;
  /** The last shape, when everything joins. */
  readonly output: ValueShape | undefined;
  readonly totals: Totals;
}

/**
 * A window of k values that stand `distance` input values apart widens the field by (k − 1)·distance; a stride
 * multiplies the distance (W. Luo et al. 2016, arXiv:1701.04128, section 2, for the sizes).
 */
function widened(
  { field, distance }: { readonly field: number; readonly distance: number },
  windows: Derived["windows"],
): { readonly field: number; readonly distance: number } {
  let [wide, far] = [field, distance];
  for (const { window, stride } of windows) [wide, far] = [wide + (window - 1) * far, far * stride];
  return { field: wide, distance: far };
}

const hasPlaces = ({ kind }: ValueShape) => kind === "image" || kind === "wave";

export function derive(input: ValueShape, layers: readonly Layer[]): Derivation {
  let before: Before | undefined = { shape: input, vocabulary: undefined };
  let reach = { field: 1, distance: 1 };
  let totals: Totals = { parameters: 0, products: 0, values: sizeOfValues(input), weightLayers: 0 };
  let broken: number | undefined;
  const steps = layers.map((layer, i): Step => {
    if (before === undefined) return { state: "unknown", layer };
    const from = before.shape;
    const result = applyRule(layer, before);
    if ("code" in result) {
      before = undefined;
      broken = i;
      return { state: "refused", layer, from, refusal: result };
    }
    reach = widened(reach, result.windows);
    totals = {
      parameters: totals.parameters + result.parameters,
      products: totals.products + result.products,
      values: totals.values + result.values,
      weightLayers: totals.weightLayers + result.weightLayers,
    };
    before = {
      shape: result.shape,
      vocabulary: from.kind === "tokens" ? from.vocabulary : before.vocabulary,
    };
    const receptiveField = hasPlaces(result.shape) ? reach.field : undefined;
    return { state: "joined", layer, from, receptiveField, ...result };
  });
  return { steps, broken, output: before?.shape, totals };
}
