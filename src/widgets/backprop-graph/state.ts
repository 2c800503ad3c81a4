import { choice, defineState, integer, list } from "../../ui/state-codec.ts";
import { joinCount, MAX_NODES, type Nodes, nodeCodec, outputOf, soundNodes } from "./model.ts";
import { isPreset, PRESETS } from "./presets.ts";

export const RATES = ["0.01", "0.03", "0.1", "0.3", "1"] as const;
const NONE = -1;

export const graphState = defineState(1, {
  nodes: list(nodeCodec, { fallback: PRESETS.neuron.nodes as Nodes, max: MAX_NODES }),
  /** The node whose value is L; −1 is the last operation. */
  output: integer({ fallback: NONE, min: NONE, max: MAX_NODES - 1 }),
  selected: integer({ fallback: NONE, min: NONE, max: MAX_NODES - 1 }),
  /** Whether a gradient is guessed before it is shown. */
  mode: choice(["guess", "all"], "guess"),
  rate: choice(RATES, "0.1"),
  /** Steps of gradient descent made. */
  steps: integer({ fallback: 0, min: 0, max: 999_999 }),
});

export type GraphState = (typeof graphState)["defaults"];

/** A preset, open at the node whose gradient is asked for first. */
export function presetState(name: string | undefined): Partial<GraphState> {
  const { nodes, selected } = PRESETS[isPreset(name) ? name : "neuron"];
  return { nodes, selected, output: NONE, steps: 0 };
}

export interface SoundState extends GraphState {
  /** The node whose value is L. */
  readonly lossNode: number | undefined;
  /** A link asked for inputs that cannot be joined. */
  readonly cut: boolean;
}

/** What a link cannot guarantee by its fields alone. */
export function soundState(state: GraphState): SoundState {
  const nodes = soundNodes(state.nodes);
  const selected = state.selected < nodes.length ? state.selected : NONE;
  const cut = joinCount(nodes) < joinCount(state.nodes);
  return { ...state, nodes, selected, cut, lossNode: outputOf(nodes, state.output) };
}
