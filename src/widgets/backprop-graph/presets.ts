/** Graphs to begin with. */
import { type Nodes, operation as op, value } from "./model.ts";

export const PRESETS = {
  /** L = (tanh(w·x + b) − t)², the bias being a second weight. */
  neuron: {
    label: "뉴런 하나",
    selected: 7,
    nodes: [
      value("x", 2),
      value("w", 0.5),
      value("w", -0.4),
      value("t", 1),
      op("multiply", 0, 1),
      op("add", 4, 2),
      op("tanh", 5),
      op("subtract", 6, 3),
      op("square", 7),
    ],
  },
  /** L = a² + a with a = w·x: a goes two ways. */
  fork: {
    label: "두 번 쓰인 값",
    selected: 2,
    nodes: [value("x", 2), value("w", -0.75), op("multiply", 0, 1), op("square", 2), op("add", 3, 2)],
  },
  /** L = (ReLU(w₁x) + ReLU(w₂x) − t)²: the input goes two ways, and one neuron is off. */
  pair: {
    label: "뉴런 둘",
    selected: 0,
    nodes: [
      value("x", 1.5),
      value("w", 0.8),
      value("w", -0.6),
      value("t", 2),
      op("multiply", 0, 1),
      op("multiply", 0, 2),
      op("relu", 4),
      op("relu", 5),
      op("add", 6, 7),
      op("subtract", 8, 3),
      op("square", 9),
    ],
  },
  /** Five sigmoids one after the other. */
  chain: {
    label: "시그모이드 사슬",
    selected: 6,
    nodes: [
      value("x", 1),
      value("w", 0.5),
      op("multiply", 0, 1),
      op("sigmoid", 2),
      op("sigmoid", 3),
      op("sigmoid", 4),
      op("sigmoid", 5),
      op("sigmoid", 6),
    ],
  },
  empty: { label: "빈 그래프", selected: -1, nodes: [value("x", 1), value("w", 0.5)] },
} as const satisfies Record<string, { label: string; selected: number; nodes: Nodes }>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

export const isPreset = (name: string | undefined): name is PresetName =>
  name !== undefined && Object.hasOwn(PRESETS, name);
