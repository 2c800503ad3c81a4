import { choice, defineState, list } from "../../ui/state-codec.ts";
import { INPUT_IDS } from "./inputs.ts";
import { type Layer, layerCodec, sameLayers } from "./layers.ts";
import { NETWORKS, networkOf } from "./networks.ts";

export const MOST_LAYERS = 60;

const first = networkOf("small");

export const builderState = defineState(1, {
  input: choice(INPUT_IDS, first.input as (typeof INPUT_IDS)[number]),
  layers: list(layerCodec, { fallback: first.layers, max: MOST_LAYERS }),
  counted: choice(["weights", "all", "paper"], "weights"),
});

export type BuilderState = (typeof builderState)["defaults"];

/** The known network these layers are, if they are one. */
export const knownNetwork = (state: Pick<BuilderState, "input" | "layers">) =>
  NETWORKS.find(({ input, layers }) => input === state.input && sameLayers(layers, state.layers));

const PRESETS: Readonly<Record<string, Partial<BuilderState>>> = {
  small: { input: "gray-28", layers: first.layers },
  lenet: { input: "gray-32", layers: networkOf("lenet-5").layers },
};

export const presetState = (name: string | undefined): Partial<BuilderState> =>
  name !== undefined && Object.hasOwn(PRESETS, name) ? PRESETS[name]! : {};

/** A layer at another place. */
export function moved(layers: readonly Layer[], from: number, to: number): readonly Layer[] {
  const rest = layers.filter((_, i) => i !== from);
  return [...rest.slice(0, to), layers[from]!, ...rest.slice(to)];
}
