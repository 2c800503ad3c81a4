/** The kernel slid over a picture, computed by the course's engine; and one place of it, product by product. */
import { Graph } from "../../engine/graph.ts";
import { relu } from "../../engine/ops/activations.ts";
import { multiply } from "../../engine/ops/arithmetic.ts";
import { convolution } from "../../engine/ops/convolution.ts";
import { maxPool } from "../../engine/ops/max-pool.ts";
import { averagePool } from "../../engine/ops/sum-pool.ts";
import { createProgram } from "../../engine/program.ts";
import { type Kernel, turned } from "./kernels.ts";
import { placesOf } from "./shape.ts";
import type { MicroscopeState } from "./state.ts";

/** Brightness, 0 to 255, row by row. */
export interface Grey {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

export interface Setting {
  readonly kernel: Kernel;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly relu: boolean;
  readonly pool: "none" | "max" | "average";
  readonly poolSide: number;
}

/** What is computed for the state: the kernel as it lies on the picture, turned where it is to be. */
export const settingOf = (state: MicroscopeState, kernel: Kernel): Setting => ({
  kernel: state.turn ? turned(kernel) : kernel,
  stride: state.stride,
  padding: state.padding,
  dilation: state.dilation,
  relu: state.relu,
  pool: state.pool,
  poolSide: Number(state.poolSide),
});

export interface Results {
  /** The sums, divided, and after ReLU where it is asked for. */
  readonly map: Grey & { readonly values: Float32Array };
  /** After pooling; `undefined` without it, or where its window does not fit. */
  readonly pooled: (Grey & { readonly values: Float32Array }) | undefined;
}

export type Slide = (values: ArrayLike<number>, kernel: Kernel) => Results;

/** What the program's shapes depend on; kernels of one size run in one program. */
export type SlideShape = Omit<Setting, "kernel"> & {
  readonly rows: number;
  readonly columns: number;
  readonly side: number;
};

/** @returns `undefined` when the window does not fit into the picture. */
export function createSlide(shape: SlideShape): Slide | undefined {
  const { side, rows, columns, stride, padding, dilation, poolSide } = shape;
  const axis = { window: side, stride, padding, dilation };
  const places = [rows, columns].map((input) => placesOf({ input, ...axis }).output);
  if (Math.min(...places) < 1) return undefined;
  const graph = new Graph();
  const image = graph.input("picture", [1, 1, rows, columns]);
  const weights = graph.input("kernel", [1, 1, side, side]);
  const share = graph.input("share", []);
  const sums = multiply(convolution(image, weights, { stride, padding, dilation }), share);
  const map = shape.relu ? relu(sums) : sums;
  const isPooled = shape.pool !== "none" && Math.min(...places) >= poolSide;
  const pooled = isPooled
    ? (shape.pool === "max" ? maxPool : averagePool)(map, { window: poolSide })
    : undefined;
  const program = createProgram(graph, { run: { outputs: pooled ? [map, pooled] : [map] } });
  const greyOf = (tensor: typeof map) => ({
    ...{ rows: tensor.shape[2]!, columns: tensor.shape[3]! },
    values: Float32Array.from(program.view(tensor)),
  });
  return (values, kernel) => {
    program.write(image, values);
    program.write(weights, kernel.weights);
    program.write(share, [1 / kernel.divisor]);
    program.run("run");
    return { map: greyOf(map), pooled: pooled && greyOf(pooled) };
  };
}

export interface Product {
  /** Where the pixel lies; beyond the picture in the padding. */
  readonly row: number;
  readonly column: number;
  readonly isPadding: boolean;
  /** Brightness of the pixel, 0 in the padding. */
  readonly pixel: number;
  readonly weight: number;
  readonly product: number;
}

/** The window at one place of the result: its products, row by row, their sum, and what becomes of it. */
export interface Place {
  readonly products: readonly Product[];
  readonly sum: number;
  readonly divided: number;
  readonly result: number;
}

export function placeAt(picture: Grey, setting: Setting, row: number, column: number): Place {
  const { kernel, stride, padding, dilation } = setting;
  const products = kernel.weights.map((weight, i): Product => {
    const y = row * stride + Math.floor(i / kernel.side) * dilation - padding;
    const x = column * stride + (i % kernel.side) * dilation - padding;
    const isPadding = y < 0 || y >= picture.rows || x < 0 || x >= picture.columns;
    const pixel = isPadding ? 0 : picture.values[y * picture.columns + x]!;
    return { row: y, column: x, isPadding, pixel, weight, product: pixel * weight };
  });
  const sum = products.reduce((total, { product }) => total + product, 0);
  const divided = sum / kernel.divisor;
  return { products, sum, divided, result: setting.relu ? Math.max(0, divided) : divided };
}

/** The pooling window over a place of the map, and what comes of it; `undefined` where no window reaches. */
export function poolAt(
  { map, pooled }: Results,
  { pool, poolSide }: Pick<Setting, "pool" | "poolSide">,
  row: number,
  column: number,
): { row: number; column: number; values: number[]; result: number } | undefined {
  const [y, x] = [Math.floor(row / poolSide), Math.floor(column / poolSide)];
  if (pool === "none" || !pooled || y >= pooled.rows || x >= pooled.columns) return undefined;
  const values = Array.from({ length: poolSide ** 2 }, (_, i) => {
    const [down, across] = [y * poolSide + Math.floor(i / poolSide), x * poolSide + (i % poolSide)];
    return map.values[down * map.columns + across]!;
  });
  return { row: y, column: x, values, result: pooled.values[y * pooled.columns + x]! };
}
