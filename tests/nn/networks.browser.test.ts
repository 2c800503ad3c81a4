/** Whole networks compiled in Chromium against the interpreter: values and derivatives. */
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { mean } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { Noise } from "../../src/nn/noise.ts";
import { batchNormTraining, batchNormWeights } from "../../src/nn/normalization.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { cellWeights, unroll } from "../../src/nn/recurrent.ts";
import { block, blockWeights } from "../../src/nn/transformer.ts";
import { expectClose } from "../engine/agreement.ts";
import { fill } from "./slopes.ts";

const [BATCH, TIME, WIDTH] = [3, 7, 10];

type Build = (x: Tensor, parameters: Parameters) => Tensor;

const networks: Readonly<Record<string, Build>> = {
  rnn: (x, parameters) =>
    unroll(x, cellWeights(parameters, "cell", { kind: "rnn", inputs: WIDTH, units: 6 })).outputs,
  gru: (x, parameters) =>
    unroll(x, cellWeights(parameters, "cell", { kind: "gru", inputs: WIDTH, units: 6 })).outputs,
  lstm: (x, parameters) =>
    unroll(x, cellWeights(parameters, "cell", { kind: "lstm", inputs: WIDTH, units: 6 })).outputs,
  "transformer block with dropout": (x, parameters) =>
    block(x, blockWeights(parameters, "block", { width: WIDTH, heads: 2 }), {
      mask: "causal",
      dropout: { noise: new Noise(x.graph, 3), rate: 0.2 },
    }),
  "batch normalisation": (x, parameters) =>
    batchNormTraining(x, batchNormWeights(parameters, "norm", TIME)).output,
};

describe.each([false, true])("relaxed SIMD %s", (relaxedSimd) => {
  it.each(Object.keys(networks))("%s", (name) => {
    const graph = new Graph();
    const parameters = new Parameters(graph);
    const x = graph.input("x", [BATCH, TIME, WIDTH]);
    const output = networks[name]!(x, parameters);
    const directions = Array.from({ length: sizeOf(output.shape) }, (_, i) => Math.fround(Math.sin(3 * i)));
    const loss = mean(multiply(square(output), graph.constant(directions, output.shape)));
    const slopes = gradients(loss, [...parameters.all, x]);
    const targets = [output, loss, ...slopes];
    const program = createProgram(graph, { run: { outputs: targets } }, { simd: true, relaxedSimd });
    expect(program.backend).toBe(relaxedSimd ? "wasm-relaxed-simd" : "wasm-simd");
    const values = new Map(
      [...fill([...parameters.all, x], 8, 0.6)].map(([leaf, data]) => [leaf, data.map(Math.fround)]),
    );
    for (const [leaf, data] of values) program.write(leaf, data);
    program.run("run");
    const exact = interpret(targets, values);
    const joined = (values: (tensor: Tensor) => ArrayLike<number>, tensors: readonly Tensor[]) =>
      tensors.flatMap((tensor) => Array.from(values(tensor)));
    // All slopes beside each other: that of a key's bias is 0, because softmax takes no notice of it.
    for (const part of [[output], [loss], slopes]) {
      const expected = joined((tensor) => exact.get(tensor)!, part);
      expectClose(joined(program.view, part), Float64Array.from(expected), name);
    }
  });
});
