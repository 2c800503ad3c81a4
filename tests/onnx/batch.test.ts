/** Files whose batch is open compute any batch; where samples depend on one another the batch stays fixed. */
import { describe, expect, test } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { gelu, tanh } from "../../src/engine/ops/activations.ts";
import { add, divide, multiply, subtract } from "../../src/engine/ops/arithmetic.ts";
import { exp } from "../../src/engine/ops/functions.ts";
import { gather, oneHot } from "../../src/engine/ops/gather.ts";
import { broadcast, reshape } from "../../src/engine/ops/layout.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { max, mean, sum } from "../../src/engine/ops/reduce.ts";
import { softmax } from "../../src/engine/ops/softmax.ts";
import { createProgram } from "../../src/engine/program.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { TestRandom } from "../engine/random.ts";
import { runInRuntime } from "./runtime.ts";

type Build = (graph: Graph, batch: number) => Tensor;

const parameter = (graph: Graph, name: string, ...shape: number[]) => graph.parameter(name, shape);

const open: readonly (readonly [string, Build])[] = [
  [
    "a fully connected network",
    (graph, batch) => {
      const x = graph.input("x", [batch, 3]);
      const hidden = tanh(add(matmul(x, parameter(graph, "w", 3, 5)), parameter(graph, "b", 5)));
      return softmax(matmul(hidden, parameter(graph, "v", 4, 5), { transposeB: true }));
    },
  ],
  [
    "normalisation of every sample",
    (graph, batch) => {
      const x = graph.input("x", [batch, 6]);
      const centered = subtract(x, mean(x, [1], true));
      return divide(centered, add(max(exp(centered), 1), broadcast(graph.constant(1), [1, 6])));
    },
  ],
  [
    "embedded words, mixed one by one in a matrix of all of them",
    (graph, batch) => {
      const words = gather(parameter(graph, "table", 7, 4), graph.input("words", [batch, 3], "i32"));
      const placed = add(words, parameter(graph, "position", 3, 4));
      const rows = matmul(reshape(placed, [batch * 3, 4]), parameter(graph, "w", 4, 4));
      return gelu(reshape(rows, [batch, 12]));
    },
  ],
  [
    "attention among the words of a sentence",
    (graph, batch) => {
      const x = graph.input("x", [batch, 5, 4]);
      const keys = matmul(x, parameter(graph, "w", 4, 4));
      return matmul(softmax(matmul(x, keys, { transposeB: true })), x);
    },
  ],
  [
    "one-hot rows, transposed into columns",
    (graph, batch) => {
      const rows = oneHot(graph.input("words", [batch], "i32"), 7);
      return matmul(parameter(graph, "w", 2, 7), rows, { transposeB: true });
    },
  ],
  [
    "two inputs, repeated along a new axis",
    (graph, batch) => {
      const [a, b] = [graph.input("a", [batch, 2]), graph.input("b", [batch, 2])];
      return broadcast(reshape(multiply(a, b), [batch, 1, 2]), [batch, 3, 2]);
    },
  ],
];

/** Seeded values by name, so that graphs of two sizes have the same parameters. */
function read(leaf: Tensor): Float32Array {
  const random = new TestRandom(leaf.name!.length * 31 + leaf.name!.charCodeAt(0));
  const size = leaf.shape.reduce((product, extent) => product * extent, 1);
  return Float32Array.from({ length: size }, () =>
    leaf.type === "i32" ? random.integer(0, 6) : random.between(-1, 1),
  );
}

const leavesOf = ({ nodes }: Graph, kinds: readonly string[]) =>
  nodes.filter(({ operation }) => kinds.includes(operation.name));

describe("a batch that may be of any size", () => {
  test.each(open)("%s", async (_what, build) => {
    const built = new Graph();
    const { bytes, batch } = exportOnnx({ outputs: { y: build(built, 4) }, values: read });
    expect(batch).toEqual({ open: true });
    for (const size of [1, 4, 9]) {
      const graph = new Graph();
      const y = build(graph, size);
      const program = createProgram(graph, { run: { outputs: [y] } });
      for (const leaf of leavesOf(graph, ["input", "parameter"])) program.write(leaf, read(leaf));
      program.run("run");
      const feeds = leavesOf(graph, ["input"]).map((leaf) => [leaf, read(leaf)] as const);
      const theirs = (await runInRuntime(bytes, feeds)).get("y")!;
      const ours = program.view(y);
      expect(theirs.length).toBe(ours.length);
      ours.forEach((value, at) => {
        expect(theirs[at], `batch ${size}, y[${at}]`).toBeCloseTo(value, 5);
      });
    }
  });
});

describe("a batch that must stay as it is", () => {
  test.each<readonly [string, Build, RegExp]>([
    ["summed over", (graph, batch) => sum(graph.input("x", [batch, 3]), [0]), /sum/],
    ["averaged over with a factor of its own", (graph, batch) => mean(graph.input("x", [batch, 3])), /./],
    [
      "a row for every sample",
      (graph, batch) => add(graph.input("x", [batch, 3]), parameter(graph, "w", batch, 3)),
      /add/,
    ],
    ["samples against each other", (graph, batch) => gramian(graph.input("x", [batch, 3])), /matmul/],
    ["softmax over the batch", (graph, batch) => softmax(graph.input("x", [batch])), /softmax/],
    [
      "rows picked out of the batch",
      (graph, batch) => gather(graph.input("x", [batch, 3]), picks(graph)),
      /./,
    ],
    [
      "two inputs of different extents",
      (graph, batch) => matmul(graph.input("x", [batch, 3]), graph.input("w", [3, 2])),
      /share/,
    ],
  ])("%s", (_what, build, reason) => {
    const graph = new Graph();
    const { batch } = exportOnnx({ outputs: { y: build(graph, 4) }, values: read });
    expect(batch).toEqual({ open: false, reason: expect.stringMatching(reason) });
  });

  test("one sample cannot be told from an axis of 1, and a fixed batch may be asked for", () => {
    const export1 = (size: number, batch?: "fixed") => {
      const graph = new Graph();
      const y = tanh(graph.input("x", [size, 3]));
      return exportOnnx({ outputs: { y }, values: read, ...(batch ? { batch } : {}) }).batch.open;
    };
    expect([export1(1), export1(2), export1(2, "fixed")]).toEqual([false, true, false]);
  });
});

const gramian = (x: Tensor) => matmul(x, x, { transposeB: true });
const picks = (graph: Graph) => graph.constant([0, 2], [2], "i32");
