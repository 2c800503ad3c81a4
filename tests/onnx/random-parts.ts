/** Moves that turn, cut, join, mask, repeat and pick. */
import type { Tensor } from "../../src/engine/graph.ts";
import * as arithmetic from "../../src/engine/ops/arithmetic.ts";
import { greaterOrEqual, where } from "../../src/engine/ops/comparison.ts";
import { addIndices, toFloat, toIndex } from "../../src/engine/ops/conversion.ts";
import * as gathering from "../../src/engine/ops/gather.ts";
import * as layout from "../../src/engine/ops/layout.ts";
import { causalSoftmax, maskedSoftmax } from "../../src/engine/ops/masked-softmax.ts";
import { concat, pad, place, slice } from "../../src/engine/ops/slice.ts";
import { transpose } from "../../src/engine/ops/transpose.ts";
import { type Shape, sizeOf } from "../../src/engine/shape.ts";
import type { TestRandom } from "../engine/random.ts";
import { type Grower, LARGEST, MARGIN, type Move } from "./grower.ts";

const turn: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 1);
  if (!x) return undefined;
  const axes = x.shape.map((_, axis) => axis);
  for (let i = axes.length - 1; i > 0; i--) {
    const j = g.random.integer(0, i);
    [axes[i], axes[j]] = [axes[j]!, axes[i]!];
  }
  return transpose(x, axes);
};

/** Every axis cut somewhere, some of them backwards or by every second element. */
const cut: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 0);
  return (
    x &&
    slice(
      x,
      x.shape.map((extent) => rangeOf(g.random, extent)),
    )
  );
};

function rangeOf(random: TestRandom, extent: number) {
  if (extent === 1 || random.next() < 0.4) return {};
  const start = random.integer(0, extent - 2);
  if (random.next() < 0.3) return { start: extent - 1 - start, step: -1 };
  return { start, end: random.integer(start + 1, extent), step: random.integer(1, 2) };
}

const join: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 0);
  if (!x) return undefined;
  const axis = g.random.integer(0, x.shape.length - 1);
  const other = g.leaf(x.shape.map((extent, at) => (at === axis ? g.random.integer(1, 3) : extent)));
  return concat(g.random.next() < 0.5 ? [x, other] : [other, x, other], axis);
};

const border: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 0);
  return (
    x &&
    pad(
      x,
      x.shape.map(() => [g.random.integer(0, 1), g.random.integer(0, 2)]),
      0.5,
    )
  );
};

/** Every second place of a larger tensor. */
const spread: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 0 && sizeOf(shape) < 40);
  if (!x) return undefined;
  const [start, step] = [x.shape.map(() => 1), x.shape.map(() => 2)];
  return place(x, { shape: x.shape.map((extent) => 2 * extent + 1), start, step, fill: -1 });
};

const choice: Move = (g) => {
  const x = g.any()!;
  const [mask, other] = [g.leaf(x.shape), g.leaf([])];
  const clear = (tensor: Tensor) => g.valuesOf(tensor).every((value) => Math.abs(value) > MARGIN);
  return clear(mask) ? where(greaterOrEqual(mask, 0), x, other) : undefined;
};

const masked: Move = (g) => {
  const x = g.any(({ shape }) => shape.length > 1);
  if (!x) return undefined;
  if (g.random.next() < 0.5) return causalSoftmax(x);
  const columns = x.shape.at(-1)!;
  return maskedSoftmax(
    x,
    gathering.oneHot(g.indices(g.random.pick([[1], [x.shape.at(-2)!]]), columns + 1), columns),
  );
};

/** Indices made out of values, and values of indices. */
const indexed: Move = (g) => {
  const table = g.any(({ shape }) => shape.length > 0 && sizeOf(shape) <= LARGEST / 4);
  if (!table) return undefined;
  const extent = table.shape[0]!;
  const first = g.indices([1], 1);
  const steps = g.graph.constant([0, 1, 0], [3], "i32");
  const picked = extent > 1 ? addIndices(first, steps) : toIndex(multiplyOf(g, [3]));
  return arithmetic.add(gather2(table, picked), toFloat(g.indices([1], 3)));
};

/** Zeros, in a way no builder can simplify. */
const multiplyOf = (g: Grower, shape: Shape) => arithmetic.multiply(g.leaf(shape), 0);
const gather2 = (table: Tensor, picked: Tensor) =>
  layout.reshape(gathering.gather(table, picked), [3, sizeOf(table.shape.slice(1))]);

const reshape: Move = (g) => {
  const x = g.any()!;
  const size = sizeOf(x.shape);
  const factors = [2, 3, 4, 5, 6].filter((factor) => size % factor === 0);
  const factor = factors.length > 0 ? g.random.pick(factors) : 1;
  return layout.reshape(
    x,
    g.random.pick<Shape>([[size], [factor, size / factor], [size / factor, 1, factor]]),
  );
};

const broadcast: Move = (g) => {
  const x = g.any(({ shape }) => sizeOf(shape) <= LARGEST / 4 && shape.length < 4);
  if (!x) return undefined;
  const wider = x.shape.map((extent) => (extent === 1 ? g.random.integer(1, 3) : extent));
  return layout.broadcast(x, g.random.next() < 0.5 ? wider : [2, ...x.shape]);
};

const gather: Move = (g) => {
  const table = g.any(({ shape }) => shape.length > 0 && sizeOf(shape) <= LARGEST / 2);
  if (!table) return undefined;
  return gathering.gather(table, g.indices(g.random.pick<Shape>([[3], [2, 2], [1]]), table.shape[0]!));
};

const scatterAdd: Move = (g) => {
  const rows = g.any(({ shape }) => shape.length > 0 && shape[0]! <= 12);
  if (!rows) return undefined;
  const shape = [4, ...rows.shape.slice(1)];
  return g.graph.apply(gathering.scatterAddOperation, [rows, g.indices([rows.shape[0]!], 4)], { shape });
};

const oneHot: Move = (g) => {
  const classes = g.random.integer(2, 6);
  return gathering.oneHot(g.indices(g.shape(g.random.integer(1, 2)), classes), classes);
};

const batch: Move = (g) => {
  const table = g.any(({ shape }) => shape.length > 0 && shape[0]! > 1);
  if (!table) return undefined;
  const order = g.indices([table.shape[0]! + 2], table.shape[0]!);
  const cursor = gathering.advance(g.indices([], table.shape[0]!), 3, table.shape[0]! + 2);
  return gathering.gather(table, gathering.window(order, cursor, 2));
};

export const partMoves: readonly Move[] = [
  ...[turn, turn, cut, cut, join, border, spread, choice, masked, indexed],
  ...[reshape, broadcast, gather, scatterAdd, oneHot, batch],
];
