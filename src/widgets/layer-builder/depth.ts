/** How deep a network is: it depends on what is counted. */
import { derive } from "./derive.ts";
import { inputOf } from "./inputs.ts";
import type { Layer, LayerKind } from "./layers.ts";
import { NETWORKS, type Network } from "./networks.ts";

export type CountedAs = "weights" | "all" | "paper";

export interface DepthRow {
  readonly id: string;
  readonly name: string;
  readonly year: number | undefined;
  readonly depth: number;
  readonly parameters: number;
}

/** Composite layers count each time they are repeated. */
const repeats = (layer: Layer): number => ("repeat" in layer ? layer.repeat : 1);

/** Kinds that do nothing when the network answers, or only lay values out differently. */
const SILENT: ReadonlySet<LayerKind> = new Set(["dropout", "flatten"]);

/** Everything that computes, one after the other; inside a block its layers with weights and what stands between. */
function allLayers(layers: readonly Layer[]): number {
  let count = 0;
  for (const layer of layers) {
    if (SILENT.has(layer.kind)) continue;
    if (layer.kind === "residual") count += repeats(layer) * (layer.bottleneck ? 9 : 6);
    else if (layer.kind === "transformer") count += repeats(layer) * 8;
    else count += 1;
  }
  return count;
}

/** Depth by our own counting. */
export function depthOf(
  input: Network["input"],
  layers: readonly Layer[],
  counted: "weights" | "all",
): number {
  return counted === "all" ? allLayers(layers) : derive(inputOf(input).shape, layers).totals.weightLayers;
}

/** The networks of the literature, from the shallowest to the deepest. */
export function depthRows(counted: CountedAs): readonly DepthRow[] {
  return NETWORKS.flatMap(({ id, name, input, layers, published }) => {
    if (!published) return [];
    const { parameters } = derive(inputOf(input).shape, layers).totals;
    const depth = counted === "paper" ? published.depth : depthOf(input, layers, counted);
    return [{ id, name, year: published.year, depth, parameters }];
  }).sort((a, b) => a.depth - b.depth || a.parameters - b.parameters);
}
