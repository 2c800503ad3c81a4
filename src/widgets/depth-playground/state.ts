/** The playground's state, as the address and the lesson's presets hold it. */
import type { PlaneFeatureId } from "../../data/features.ts";
import { PLANE_EXTENT, type PlaneDatasetId, type PlanePoint } from "../../data/plane.ts";
import { type Codec, choice, defineState, flag, integer, list, type StateOf } from "../../ui/state-codec.ts";

export const MAX_LAYERS = 6;
export const MAX_WIDTH = 8;
export const MAX_OWN_POINTS = 200;
export const BATCH_SIZES = ["1", "5", "10", "20", "30"] as const;
export const LEARNING_RATES = [
  "0.0001",
  "0.001",
  "0.003",
  "0.01",
  "0.03",
  "0.1",
  "0.3",
  "1",
  "3",
  "10",
] as const;
export const REGULARIZATION_RATES = [
  "0",
  "0.001",
  "0.003",
  "0.01",
  "0.03",
  "0.1",
  "0.3",
  "1",
  "3",
  "10",
] as const;
/** Training steps a second. */
export const PACES = { slow: 20, normal: 400, full: "full" } as const;

/** Own points as `x.y.class`, coordinates in tenths; `class` is 1 for blue and 0 for orange. */
const ownPoint: Codec<PlanePoint> = {
  fallback: { x: 0, y: 0, target: 1 },
  encode: ({ x, y, target }) => `${Math.round(x * 10)}.${Math.round(y * 10)}.${target > 0 ? 1 : 0}`,
  decode: (text) => {
    const match = /^(-?\d{1,2})\.(-?\d{1,2})\.([01])$/.exec(text);
    if (!match) return undefined;
    const [x, y] = [Number(match[1]) / 10, Number(match[2]) / 10];
    if (Math.max(Math.abs(x), Math.abs(y)) > PLANE_EXTENT) return undefined;
    return { x, y, target: match[3] === "1" ? 1 : -1 };
  },
};

export const playgroundState = defineState(1, {
  data: choice(["circle", "xor", "gauss", "spiral", "slope", "hills", "empty"], "circle"),
  noise: integer({ fallback: 0, min: 0, max: 50 }),
  /** Percent of the generated points that go into training. */
  split: integer({ fallback: 50, min: 10, max: 90 }),
  points: list(ownPoint, { fallback: [], max: MAX_OWN_POINTS }),
  features: list<PlaneFeatureId>(choice(["x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2"], "x1"), {
    fallback: ["x1", "x2"],
    max: 7,
  }),
  hidden: list(integer({ fallback: 4, min: 1, max: MAX_WIDTH }), { fallback: [4, 2], max: MAX_LAYERS }),
  activation: choice(["tanh", "relu", "leaky-relu", "sigmoid", "gelu", "linear"], "tanh"),
  loss: choice(["mse", "bce"], "mse"),
  optimizer: choice(["sgd", "momentum", "rmsprop", "adam"], "sgd"),
  batch: choice(BATCH_SIZES, "10"),
  rate: choice(LEARNING_RATES, "0.03"),
  regularization: choice(["none", "l1", "l2"], "none"),
  regularizationRate: choice(REGULARIZATION_RATES, "0"),
  seed: integer({ fallback: 1, min: 1, max: 999_999 }),
  pace: choice(["slow", "normal", "full"], "normal"),
  view: choice(["output", "warp"], "output"),
  /** Hidden layer shown in the warp view, from 1. */
  layer: integer({ fallback: 1, min: 1, max: MAX_LAYERS }),
  axisX: integer({ fallback: 1, min: 1, max: MAX_WIDTH }),
  axisY: integer({ fallback: 2, min: 1, max: MAX_WIDTH }),
  test: flag(false),
  discrete: flag(false),
  gradients: flag(false),
});

export type PlaygroundState = StateOf<{
  [K in keyof typeof playgroundState.defaults]: Codec<(typeof playgroundState.defaults)[K]>;
}>;

const PRESETS: Readonly<Record<string, Partial<PlaygroundState>>> = {
  first: { data: "circle", hidden: [4], rate: "0.03" },
  // From this start a hidden layer of four, the one “+” adds, finds the way within seconds.
  xor: { data: "xor", hidden: [], rate: "0.03", seed: 5 },
  warp: { data: "circle", hidden: [3], rate: "0.03", view: "warp" },
  spiral: { data: "spiral", hidden: [8, 6], features: ["x1", "x2"], rate: "0.01", optimizer: "adam" },
};

export const presetState = (name: string | undefined): Partial<PlaygroundState> =>
  name !== undefined && Object.hasOwn(PRESETS, name) ? PRESETS[name]! : PRESETS["first"]!;

/** What a shared link cannot guarantee by its fields alone: at least one feature, each once. */
export function soundState(state: PlaygroundState): PlaygroundState {
  const features = [...new Set(state.features)];
  return features.length > 0 && features.length === state.features.length
    ? state
    : { ...state, features: features.length > 0 ? features : ["x1"] };
}

export const isRegression = (data: PlaneDatasetId): boolean => data === "slope" || data === "hills";
