/**
 * Random graphs of our operations for the comparison with onnxruntime. A graph grows move by move out of what is
 * there already, so that operations meet in every order and many are deep.
 */
import type { Graph, Tensor } from "../../src/engine/graph.ts";
import * as activations from "../../src/engine/ops/activations.ts";
import * as arithmetic from "../../src/engine/ops/arithmetic.ts";
import { equal } from "../../src/engine/ops/comparison.ts";
import { stopGradient } from "../../src/engine/ops/conversion.ts";
import * as functions from "../../src/engine/ops/functions.ts";
import { layerNorm, rmsNorm } from "../../src/engine/ops/normalize.ts";
import * as reductions from "../../src/engine/ops/reduce.ts";
import * as softmaxes from "../../src/engine/ops/softmax.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { TestRandom } from "../engine/random.ts";
import { alongAxis, binary, Grower, jump, LARGEST, LARGEST_VALUE, type Move, unary } from "./grower.ts";
import { imageMoves } from "./random-images.ts";
import { partMoves } from "./random-parts.ts";

export interface RandomGraph {
  readonly graph: Graph;
  readonly outputs: readonly Tensor[];
  /** Values of every leaf but constants, exact in 32-bit floats. */
  readonly values: ReadonlyMap<Tensor, Float64Array>;
}

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
  ...imageMoves,
  ...partMoves,
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
