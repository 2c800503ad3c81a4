/** The convolutional network as the learner builds it, and a fully connected one of the same size beside it. */
import type { CnnConfig } from "../../nn/cnn.ts";
import type { HandwritingState } from "./state.ts";

export interface Block {
  readonly channels: number;
  readonly window: number;
  /** Rows and columns that become one: 1 none, 2 the largest of 2 × 2, a their mean. */
  readonly pool: "1" | "2" | "a";
}

/** What decides which networks are trained. */
export type NetworkSettings = Pick<
  HandwritingState,
  "data" | "blocks" | "head" | "hidden" | "activation" | "optimizer" | "batch" | "seed"
>;

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const CLASSES = { digits: 10, jamo: 24 } as const;

export interface Counts {
  readonly train: number;
  /** Pictures evaluated: the test pictures, and some of the training pictures behind them. */
  readonly evaluated: number;
}

/** @throws nothing; `problemOf` says beforehand what cannot be built. */
export function cnnConfigOf(settings: NetworkSettings, { train, evaluated }: Counts): CnnConfig {
  return {
    image: { channels: 1, rows: SIDE, columns: SIDE },
    blocks: settings.blocks.map(({ channels, window, pool }) => ({
      ...{ channels, window },
      pool: pool === "1" ? 1 : 2,
      poolKind: pool === "a" ? ("average" as const) : ("max" as const),
    })),
    head: settings.head,
    hidden: settings.hidden === "0" ? [] : [Number(settings.hidden)],
    classes: CLASSES[settings.data],
    activation: settings.activation,
    optimizer: settings.optimizer,
    batchSize: Number(settings.batch),
    trainCount: train,
    testCount: evaluated,
    seed: settings.seed,
  };
}

/** The same training for one hidden layer whose width makes the number of parameters as equal as can be. */
export function mlpConfigOf(settings: NetworkSettings, counts: Counts): CnnConfig {
  return {
    ...cnnConfigOf(settings, counts),
    ...{ blocks: [], head: "flatten", hidden: [equalWidth(settings)] },
  };
}

/** Side of the maps behind the blocks. */
export const lastSide = (blocks: readonly Block[]): number =>
  blocks.reduce((side, { pool }) => (pool === "1" ? side : Math.floor(side / 2)), SIDE);

/** Weights and biases of the convolutional network, layer by layer. */
export function parameterRows({ blocks, head, hidden, data }: NetworkSettings): number[] {
  let inputs = 1;
  const rows = blocks.map(({ channels, window }) => {
    const count = channels * inputs * window ** 2 + channels;
    inputs = channels;
    return count;
  });
  const features = head === "average" ? inputs : inputs * lastSide(blocks) ** 2;
  const widths = [features, ...(hidden === "0" ? [] : [Number(hidden)]), CLASSES[data]];
  return [...rows, ...widths.slice(1).map((width, i) => (widths[i]! + 1) * width)];
}

export const parameterCount = (settings: NetworkSettings): number =>
  parameterRows(settings).reduce((sum, count) => sum + count, 0);

export const mlpParameterCount = (width: number, classes: number): number =>
  (PIXELS + 1) * width + (width + 1) * classes;

/** Hidden neurons of the fully connected network; one at least. */
export function equalWidth(settings: NetworkSettings): number {
  const classes = CLASSES[settings.data];
  return Math.max(1, Math.round((parameterCount(settings) - classes) / (PIXELS + 1 + classes)));
}

/** Why the network cannot be built, in Korean. */
export function problemOf({ blocks }: NetworkSettings): string | undefined {
  if (blocks.length === 0) return "합성곱 층이 하나는 있어야 합니다.";
  return undefined;
}
