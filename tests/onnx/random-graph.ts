/**
 * Random graphs of our operations for the comparison with onnxruntime. A graph grows move by move out of what is
 * there already, so that operations meet in every order and many are deep.
 */
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import * as activations from "../../src/engine/ops/activations.ts";
import * as arithmetic from "../../src/engine/ops/arithmetic.ts";
import { equal, greaterOrEqual, where } from "../../src/engine/ops/comparison.ts";
import { addIndices, stopGradient, toFloat, toIndex } from "../../src/engine/ops/conversion.ts";
import { convolution } from "../../src/engine/ops/convolution.ts";
import * as functions from "../../src/engine/ops/functions.ts";
import * as gathering from "../../src/engine/ops/gather.ts";
import * as layout from "../../src/engine/ops/layout.ts";
import { causalSoftmax, maskedSoftmax } from "../../src/engine/ops/masked-softmax.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { maxPool } from "../../src/engine/ops/max-pool.ts";
import { layerNorm, rmsNorm } from "../../src/engine/ops/normalize.ts";
import * as reductions from "../../src/engine/ops/reduce.ts";
import { concat, pad, place, slice } from "../../src/engine/ops/slice.ts";
import * as softmaxes from "../../src/engine/ops/softmax.ts";
import { averagePool } from "../../src/engine/ops/sum-pool.ts";
import { transpose } from "../../src/engine/ops/transpose.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { upsample } from "../../src/engine/ops/upsample.ts";
import { broadcastShapes, type Shape, ShapeError, sizeOf } from "../../src/engine/shape.ts";
import { TestRandom } from "../engine/random.ts";

export interface RandomGraph {
  readonly graph: Graph;
  readonly outputs: readonly Tensor[];
  /** Values of every leaf but constants, exact in 32-bit floats. */
  readonly values: ReadonlyMap<Tensor, Float64Array>;
}

/** No tensor grows beyond this many elements. */
const LARGEST = 600;
/** Larger values would let a later function magnify the rounding of 32 bits beyond what is compared. */
const LARGEST_VALUE = 30;
/** Distance from the place of a jump: rounding must not decide on which side a value is. */
const MARGIN = 1e-3;

/** Grows one graph: its leaves on demand, its nodes by moves. */
class Grower {
  readonly graph = new Graph();
  readonly values = new Map<Tensor, Float64Array>();
  readonly pool: Tensor[] = [];
  readonly random: TestRandom;
  readonly #computed = new Map<Tensor, Float64Array>();

  constructor(random: TestRandom) {
    this.random = random;
  }

  /** A tensor made so far, more likely a late one, so that graphs become deep. */
  any(fits: (tensor: Tensor) => boolean = () => true): Tensor | undefined {
    const found = this.pool.filter(fits);
    if (found.length === 0) return undefined;
    return this.random.next() < 0.6 ? found.at(-1) : this.random.pick(found);
  }

  /** A leaf of the shape: input, parameter or constant. */
  leaf(shape: Shape): Tensor {
    const name = `x${this.graph.nodes.length}`;
    const data = Float64Array.from({ length: sizeOf(shape) }, () =>
      Math.fround(this.random.between(-1.5, 1.5)),
    );
    const kind = this.random.next();
    if (kind < 0.2) return this.graph.constant(data, shape);
    const leaf = kind < 0.5 ? this.graph.input(name, shape) : this.graph.parameter(name, shape);
    this.values.set(leaf, data);
    return leaf;
  }

  indices(shape: Shape, below: number): Tensor {
    const leaf = this.graph.input(`i${this.graph.nodes.length}`, shape, "i32");
    this.values.set(
      leaf,
      Float64Array.from({ length: sizeOf(shape) }, () => this.random.integer(0, below - 1)),
    );
    return leaf;
  }

  /** The tensor's values by the reference implementations. */
  valuesOf(tensor: Tensor): Float64Array {
    const known = this.values.get(tensor) ?? this.#computed.get(tensor) ?? tensor.values;
    if (known) return known;
    const inputs = tensor.inputs.map((input) => ({ data: this.valuesOf(input), shape: input.shape }));
    const made = tensor.operation.reference(inputs, tensor.attributes, tensor.shape);
    this.#computed.set(tensor, made);
    return made;
  }

  shape(rank = this.random.integer(0, 4)): Shape {
    return Array.from({ length: rank }, () => this.random.integer(1, rank > 2 ? 5 : 12));
  }
}

type Move = (g: Grower) => Tensor | undefined;

const unary =
  (apply: (x: Tensor) => Tensor): Move =>
  (g) =>
    apply(g.any()!);

/** A function with a jump at 0, where the values are clear of it. */
const jump =
  (apply: (x: Tensor) => Tensor): Move =>
  (g) => {
    const x = g.any()!;
    return g.valuesOf(x).every((value) => Math.abs(value) > MARGIN) ? apply(x) : undefined;
  };

const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor): Move =>
  (g) => {
    const a = g.any()!;
    const known = g.any(({ shape }) => broadcasts(a.shape, shape));
    const b =
      known && known !== a ? known : g.leaf(a.shape.map((extent) => (g.random.next() < 0.4 ? 1 : extent)));
    return g.random.next() < 0.5 ? apply(a, b) : apply(b, a);
  };

function broadcasts(a: Shape, b: Shape): boolean {
  try {
    return sizeOf(broadcastShapes("test", [a, b])) <= LARGEST;
  } catch {
    return false;
  }
}

const alongAxis =
  (apply: (x: Tensor, axis: number, random: TestRandom) => Tensor): Move =>
  (g) => {
    const x = g.any(({ shape }) => shape.length > 0);
    return x && apply(x, g.random.integer(0, x.shape.length - 1), g.random);
  };

const product: Move = (g) => {
  const a = g.any(({ shape }) => shape.length === 2) ?? g.leaf(g.shape(2));
  const [transposeA, transposeB] = [g.random.next() < 0.3, g.random.next() < 0.3];
  const inner = a.shape[transposeA ? 0 : 1]!;
  const b = g.any(({ shape }) => shape.length === 2 && shape[transposeB ? 1 : 0] === inner && shape[0]! < 30);
  const columns = g.random.integer(1, 9);
  return matmul(a, b ?? g.leaf(transposeB ? [columns, inner] : [inner, columns]), { transposeA, transposeB });
};

/** Products over leading axes, with the second factor's stretched or left out. */
const batchedProduct: Move = (g) => {
  const a = g.any(({ shape }) => shape.length > 2);
  if (!a) return undefined;
  const leading = g.random.pick([a.shape.slice(0, -2), [], a.shape.slice(0, -2).map(() => 1)]);
  return matmul(a, g.leaf([...leading, a.shape.at(-1)!, g.random.integer(1, 5)]));
};

/** Images out of whatever has enough elements. */
function imagesOf(g: Grower): Tensor {
  const x = g.any(({ shape }) => shape.length === 4 && shape[2]! > 2 && shape[3]! > 2);
  return x ?? g.leaf([2, g.random.integer(1, 4), g.random.integer(4, 7), g.random.integer(4, 7)]);
}

const windowOptions = (g: Grower) => ({
  stride: g.random.pick<1 | 2 | readonly [number, number]>([1, 2, [2, 1]]),
  dilation: g.random.pick([1, 1, 2]),
  padding: g.random.pick<0 | 1 | readonly [number, number, number, number]>([0, 1, [2, 1, 0, 1]]),
});

const convolve: Move = (g) => {
  const x = imagesOf(g);
  const channels = x.shape[1]!;
  const groups = channels % 2 === 0 && g.random.next() < 0.5 ? 2 : 1;
  const weights = g.leaf([groups * g.random.integer(1, 2), channels / groups, 2, g.random.integer(1, 3)]);
  return ifItFits(() => convolution(x, weights, { ...windowOptions(g), groups }));
};

const enlarge: Move = (g) => {
  const x = imagesOf(g);
  const weights = g.leaf([x.shape[1]!, g.random.integer(1, 2), 2, g.random.integer(2, 3)]);
  const stride = 2;
  return ifItFits(() =>
    transposedConvolution(x, weights, { stride, padding: g.random.integer(0, 1), extra: [1, 0] }),
  );
};

const pool: Move = (g) => {
  const x = imagesOf(g);
  const options = {
    window: g.random.pick<2 | 3 | readonly [number, number]>([2, 3, [3, 2]]),
    stride: g.random.integer(1, 2),
    padding: g.random.integer(0, 1),
  };
  const apply = g.random.pick([maxPool, maxPool, averagePool]);
  return ifItFits(() => apply(x, options));
};

const repeat: Move = (g) => upsample(imagesOf(g), g.random.pick<2 | readonly [number, number]>([2, [1, 3]]));

/** A window may be larger than its image. */
function ifItFits(apply: () => Tensor): Tensor | undefined {
  try {
    return apply();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

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

/** Kept away from poles and overflow by what stands around them. */
const moves: readonly Move[] = [
  binary(arithmetic.add),
  binary(arithmetic.subtract),
  binary(arithmetic.multiply),
  binary((a, b) => arithmetic.divide(a, arithmetic.add(functions.square(b), 0.5))),
  binary(arithmetic.maximum),
  jump((x) => arithmetic.multiply(arithmetic.greater(x, 0), x)),
  jump((x) => arithmetic.greater(0, x)),
  unary(arithmetic.negate),
  unary((x) => functions.exp(activations.tanh(x))),
  unary((x) => functions.log(arithmetic.add(functions.abs(x), 0.5))),
  unary((x) => functions.sqrt(arithmetic.add(functions.square(x), 0.1))),
  jump(functions.sign),
  binary(arithmetic.minimum),
  unary(functions.sin),
  unary(functions.cos),
  unary((x) => functions.power(arithmetic.add(functions.abs(x), 0.5), 1.5)),
  unary((x) => stopGradient(functions.power(x, 3))),
  unary((x) => equal(x, arithmetic.maximum(x, -1000))),
  unary((x) => (x.shape.length > 0 ? layerNorm(x, 0.1) : activations.tanh(x))),
  unary((x) => (x.shape.length > 0 ? rmsNorm(x, 0.1) : activations.tanh(x))),
  unary(activations.tanh),
  unary(activations.sigmoid),
  unary(activations.relu),
  unary((x) => activations.leakyRelu(x, 0.1)),
  unary(activations.gelu),
  unary(activations.softplus),
  jump(activations.step),
  alongAxis((x, axis, random) => reductions.sum(x, [axis], random.next() < 0.5)),
  alongAxis((x, axis) => reductions.mean(x, [axis], true)),
  alongAxis(reductions.max),
  unary((x) => (x.shape.length > 0 ? softmaxes.softmax(x) : activations.tanh(x))),
  unary((x) => (x.shape.length > 0 ? softmaxes.logSoftmax(x) : activations.tanh(x))),
  ...[
    product,
    product,
    product,
    batchedProduct,
    batchedProduct,
    convolve,
    convolve,
    enlarge,
    pool,
    pool,
    repeat,
    turn,
    turn,
    cut,
    cut,
    join,
    border,
    spread,
    choice,
    masked,
    indexed,
    reshape,
    broadcast,
    gather,
    scatterAdd,
    oneHot,
    batch,
  ],
];

/** @param seed equal seeds give equal graphs. */
export function growGraph(seed: number): RandomGraph {
  const g = new Grower(new TestRandom(seed * 2654435761));
  const count = g.random.integer(2, 4);
  for (let i = 0; i < count; i++) g.pool.push(g.leaf(g.shape()));
  const length = g.random.integer(8, 24);
  for (let i = 0; i < length; i++) {
    const made = g.random.pick(moves)(g);
    if (!made || sizeOf(made.shape) > LARGEST || g.pool.includes(made)) continue;
    if (g.valuesOf(made).every((value) => Math.abs(value) < LARGEST_VALUE)) g.pool.push(made);
  }
  const used = new Set(g.graph.nodes.flatMap(({ inputs }) => inputs));
  const ends = g.pool.filter((tensor) => !used.has(tensor) && tensor.inputs.length > 0);
  return { graph: g.graph, outputs: ends, values: g.values };
}
