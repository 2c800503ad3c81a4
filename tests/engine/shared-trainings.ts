/** Networks with sizes drawn at random, large enough that every step divides. */
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { relu, tanh } from "../../src/engine/ops/activations.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { convolution } from "../../src/engine/ops/convolution.ts";
import { reshape } from "../../src/engine/ops/layout.ts";
import { causalSoftmax } from "../../src/engine/ops/masked-softmax.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { maxPool } from "../../src/engine/ops/max-pool.ts";
import { layerNorm } from "../../src/engine/ops/normalize.ts";
import { slice } from "../../src/engine/ops/slice.ts";
import { averagePool } from "../../src/engine/ops/sum-pool.ts";
import { transpose } from "../../src/engine/ops/transpose.ts";
import { dense } from "../../src/nn/layers.ts";
import { softmaxCrossEntropy } from "../../src/nn/losses.ts";
import { OPTIMIZERS, type OptimizerName } from "../../src/nn/optimizers.ts";
import { TestRandom } from "./random.ts";
import { fillRandomly, type SharedTraining } from "./two-threads.ts";

const CLASSES = 7;

function training(graph: Graph, seed: number, logits: Tensor, optimizer: OptimizerName): SharedTraining {
  const labels = graph.input("labels", [logits.shape[0]!], "i32");
  const loss = softmaxCrossEntropy(logits, labels);
  const parameters = graph.nodes.filter(({ operation }) => operation.name === "parameter");
  const slopes = gradients(loss, parameters);
  const updates = OPTIMIZERS[optimizer](graph, parameters, slopes, graph.constant(0.01));
  return {
    graph,
    entry: { updates, guard: loss, outputs: [loss] },
    fill: fillRandomly(graph, seed, CLASSES),
  };
}

const layer = (graph: Graph, name: string, inputs: number, outputs: number) => ({
  weights: graph.parameter(`weights ${name}`, [inputs, outputs]),
  bias: graph.parameter(`bias ${name}`, [outputs]),
});

export function denseTraining(seed: number): SharedTraining {
  const random = new TestRandom(seed);
  const graph = new Graph();
  const widths = [random.integer(20, 150), random.integer(9, 70), random.integer(9, 40), CLASSES];
  let x = graph.input("x", [random.integer(3, 70), widths[0]!]);
  for (let i = 1; i < widths.length; i++) {
    const sums = dense(x, layer(graph, String(i), widths[i - 1]!, widths[i]!));
    x = i < widths.length - 1 ? tanh(sums) : sums;
  }
  return training(graph, seed, x, random.pick(["sgd", "adam"]));
}

export function convolutionTraining(seed: number): SharedTraining {
  const random = new TestRandom(seed);
  const graph = new Graph();
  const [batch, side] = [random.integer(1, 9), random.integer(8, 15)];
  const channels = [random.integer(1, 3), random.integer(3, 9), random.integer(2, 12)];
  let x = graph.input("x", [batch, channels[0]!, side, side]);
  for (let i = 1; i < channels.length; i++) {
    const window = random.pick([1, 3, 5]);
    const filters = graph.parameter(`filters ${i}`, [channels[i]!, channels[i - 1]!, window, window]);
    const sums = convolution(x, filters, { padding: "same", stride: random.pick([1, 1, 2]) });
    const bias = graph.parameter(`bias ${i}`, [channels[i]!, 1, 1]);
    const pool = random.pick([maxPool, averagePool]);
    x = pool(relu(add(sums, bias)), { window: 2, stride: random.pick([1, 2]) });
  }
  const width = x.shape.slice(1).reduce((product, extent) => product * extent, 1);
  const logits = dense(reshape(x, [batch, width]), layer(graph, "out", width, CLASSES));
  return training(graph, seed, logits, "sgd");
}

export function attentionTraining(seed: number): SharedTraining {
  const random = new TestRandom(seed);
  const graph = new Graph();
  const [batch, time, heads] = [random.integer(1, 4), random.integer(5, 24), random.integer(1, 3)];
  const head = random.pick([4, 6, 8]);
  const width = heads * head;
  const x = graph.input("x", [batch * time, width]);
  const all = dense(layerNorm(x), layer(graph, "qkv", width, 3 * width));
  const [query, key, value] = [0, 1, 2].map((part) => {
    const own = slice(all, [{}, { start: part * width, end: (part + 1) * width }]);
    return transpose(reshape(own, [batch, time, heads, head]), [0, 2, 1, 3]);
  });
  const mixed = matmul(causalSoftmax(matmul(query!, key!, { transposeB: true })), value!);
  const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [batch * time, width]);
  return training(graph, seed, dense(add(x, joined), layer(graph, "out", width, CLASSES)), "adam");
}

/** Every kind of network with a few seeds. */
export const sharedTrainings = (seeds: number): [string, () => SharedTraining][] =>
  Object.entries({ denseTraining, convolutionTraining, attentionTraining }).flatMap(([name, make]) =>
    Array.from({ length: seeds }, (_, i): [string, () => SharedTraining] => [
      `${name} ${i + 1}`,
      () => make(i + 1),
    ]),
  );
