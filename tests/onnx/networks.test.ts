/** Every kind of network of the course leaves as a file, and computes in onnxruntime, and read back, what it computes here. */
import { expect, test } from "vitest";
import { ancestors, Graph, type Tensor } from "../../src/engine/graph.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { reshape } from "../../src/engine/ops/layout.ts";
import { layerNorm } from "../../src/engine/ops/normalize.ts";
import { transposedConvolution } from "../../src/engine/ops/transposed-convolution.ts";
import { upsample } from "../../src/engine/ops/upsample.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { gptLogits, gptWeights } from "../../src/nn/gpt.ts";
import { convolve } from "../../src/nn/image-layers.ts";
import { normal } from "../../src/nn/initialisers.ts";
import { denseLayer, embedding } from "../../src/nn/layers.ts";
import { batchNormInference, batchNormWeights } from "../../src/nn/normalization.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { type CellName, cellWeights, unroll } from "../../src/nn/recurrent.ts";
import { decode, encode, seq2SeqWeights } from "../../src/nn/seq2seq.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { exportNotebook } from "../../src/onnx/notebook.ts";
import { runInRuntime } from "./runtime.ts";

type Build = (graph: Graph, parameters: Parameters) => Tensor;

const GPT = { vocabulary: 13, context: 8, width: 12, layers: 2, heads: 3, seed: 1 };
const TRANSLATOR = { sourceVocabulary: 9, targetVocabulary: 7, width: 12, heads: 2, layers: 1, padding: 0 };

const recurrent =
  (kind: CellName, reverse: boolean): Build =>
  (graph, parameters) => {
    const words = embedding(parameters, "words", 11, 5)(graph.input("tokens", [3, 6], "i32"));
    const { outputs, state } = unroll(words, cellWeights(parameters, "cell", { kind, inputs: 5, units: 4 }), {
      reverse,
    });
    const last = denseLayer(parameters, "head", { inputs: 4, outputs: 24 })(state.output);
    return add(last, reshape(outputs, [3, 24]));
  };

const networks: readonly (readonly [string, Build])[] = [
  ...(["rnn", "gru", "lstm"] as const).flatMap((kind): [string, Build][] => [
    [kind, recurrent(kind, false)],
    [`${kind}, backwards`, recurrent(kind, true)],
  ]),
  ...([{ tied: true }, { tied: false, norm: "rms" }] as const).map((change): [string, Build] => [
    `GPT ${JSON.stringify(change)}`,
    (graph, parameters) => {
      const config = { ...GPT, ...change };
      return gptLogits(graph.input("tokens", [2, 8], "i32"), gptWeights(parameters, config), config);
    },
  ]),
  [
    "encoder and decoder",
    (graph, parameters) => {
      const weights = seq2SeqWeights(parameters, TRANSLATOR);
      const source = graph.input("source", [2, 5], "i32");
      const encoded = encode(source, weights, TRANSLATOR);
      return decode(graph.input("given", [2, 4], "i32"), source, encoded, weights, TRANSLATOR);
    },
  ],
  [
    "a generator of pictures",
    (graph, parameters) => {
      const latent = graph.input("latent", [3, 4]);
      const seed = denseLayer(parameters, "seed", { inputs: 4, outputs: 32, activation: "relu" })(latent);
      const wide = transposedConvolution(
        reshape(seed, [3, 2, 4, 4]),
        parameters.add("enlarging", [2, 3, 4, 4], normal(0.5)),
        { stride: 2, padding: 1 },
      );
      const normalised = batchNormInference(wide, batchNormWeights(parameters, "norm", 3));
      const filters = parameters.add("filters", [1, 3, 3, 3], normal(0.5));
      return convolve(upsample(normalised, 2), { filters });
    },
  ],
  [
    "a critic that normalises each example",
    (graph, parameters) =>
      denseLayer(parameters, "score", { inputs: 6, outputs: 1 })(layerNorm(graph.input("x", [4, 6]))),
  ],
];

test.each(networks)("%s", async (_name, build) => {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const y = build(graph, parameters);
  const random = new Random(3);
  const leaves = ancestors([y]).filter(({ operation }) => ["input", "state"].includes(operation.name));
  const program = createProgram(graph, { run: { outputs: [y] } });
  parameters.initialize(program, 2);
  // Biases begin at zero: others make every one of them count.
  for (const parameter of parameters.all) {
    program.write(
      parameter,
      program.view(parameter).map((value) => value + 0.2 * random.normal()),
    );
  }
  for (const leaf of leaves) {
    const draw = () => (leaf.type === "i32" ? random.below(7) : random.uniform(0.5, 1.5));
    program.write(leaf, Float32Array.from({ length: sizeOf(leaf.shape) }, draw));
  }
  program.run("run");
  const ours = Float32Array.from(program.view(y));
  const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { bytes } = exportOnnx({ outputs: { y }, values: program.view });
  const theirs = (
    await runInRuntime(
      bytes,
      leaves.map((leaf) => [leaf, program.view(leaf)] as const),
    )
  ).get("y")!;
  expect(theirs.length).toBe(ours.length);
  const read = importOnnx(bytes, { batch: y.shape[0]! });
  const again = createProgram(read.graph, { run: { outputs: [read.outputs.get("y")!] } });
  for (const [leaf, values] of read.values) again.write(leaf, values);
  for (const leaf of leaves) {
    const own = read.inputs.get(leaf.name!);
    if (own) again.write(own, program.view(leaf));
  }
  again.run("run");
  const back = again.view(read.outputs.get("y")!);
  ours.forEach((value, i) => {
    expect(Math.abs(theirs[i]! - value) / largest, `onnxruntime, y[${i}]`).toBeLessThan(1e-5);
    expect(Math.abs(back[i]! - value) / largest, `read back, y[${i}]`).toBeLessThan(1e-5);
  });
  const notebook = exportNotebook({ outputs: { y }, values: program.view, title: "신경망" });
  expect(notebook).toContain("class Network(nn.Module)");
});
