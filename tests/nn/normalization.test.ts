import { describe, expect, it } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import {
  batchNormInference,
  batchNormTraining,
  batchNormWeights,
  layerNormWeights,
  normalize,
} from "../../src/nn/normalization.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { expectSlopes, fill } from "./slopes.ts";

const CHANNELS = 3;

function build(shape: readonly number[]) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const weights = batchNormWeights(parameters, "norm", CHANNELS);
  const x = graph.input("x", shape);
  return { graph, parameters, weights, x, ...batchNormTraining(x, weights, 0.2) };
}

describe.each([[[6, CHANNELS]], [[4, CHANNELS, 2, 5]]])("batch normalisation of %o", (shape) => {
  const inner = shape.slice(2).reduce((a, b) => a * b, 1);
  const count = shape[0]! * inner;
  const statistics = (x: ArrayLike<number>, channel: number) => {
    const own = Array.from(x).filter((_, i) => Math.floor(i / inner) % CHANNELS === channel);
    const center = own.reduce((a, b) => a + b, 0) / count;
    return { center, variance: own.reduce((a, b) => a + (b - center) ** 2, 0) / count };
  };

  it("normalises by the batch and moves the running statistics, then uses them", () => {
    const { graph, weights, x, output, updates } = build(shape);
    const inference = batchNormInference(x, weights);
    const program = createProgram(graph, {
      train: { outputs: [output], updates },
      infer: { outputs: [inference] },
    });
    program.write(weights.scale, [1.5, -2, 0.5]);
    program.write(weights.shift, [0.1, 0.2, 0.3]);
    const running = [0, 1, 2].map(() => ({ center: 0, variance: 1 }));
    for (let step = 0; step < 3; step++) {
      const values = Float32Array.from(fill([x], step + 1, 2).get(x)!, (value) => value + step);
      program.write(x, values);
      program.run("train");
      for (let channel = 0; channel < CHANNELS; channel++) {
        const { center, variance } = statistics(values, channel);
        running[channel]!.center = 0.8 * running[channel]!.center + 0.2 * center;
        running[channel]!.variance =
          0.8 * running[channel]!.variance + (0.2 * variance * count) / (count - 1);
        expect(program.view(weights.runningMean)[channel]).toBeCloseTo(running[channel]!.center, 5);
        expect(program.view(weights.runningVariance)[channel]).toBeCloseTo(running[channel]!.variance, 4);
      }
      program.run("infer");
      const [scale, shift] = [program.view(weights.scale), program.view(weights.shift)];
      values.forEach((value, i) => {
        const channel = Math.floor(i / inner) % CHANNELS;
        const by = ({ center, variance }: { center: number; variance: number }) =>
          ((value - center) / Math.sqrt(variance + 1e-5)) * scale[channel]! + shift[channel]!;
        expect(program.view(output)[i]).toBeCloseTo(by(statistics(values, channel)), 4);
        expect(program.view(inference)[i]).toBeCloseTo(by(running[channel]!), 4);
      });
    }
  });

  it("has the derivatives of central differences", () => {
    const { parameters, x, output } = build(shape);
    const leaves = [...parameters.all, x];
    const loss = sum(multiply(output, output.graph.constant(fill([x], 9).get(x)!, shape)));
    expectSlopes(loss, leaves, fill(leaves, 3));
  });
});

it("layer normalisation: rows of mean β and deviation γ", () => {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const weights = layerNormWeights(parameters, "norm", 50);
  const x = graph.input("x", [4, 50]);
  const y = normalize(x, weights);
  const values = fill([x], 1, 7)
    .set(weights.scale, new Float64Array(50).fill(2))
    .set(weights.shift!, new Float64Array(50).fill(5));
  const rows = interpret([y], values).get(y)!;
  for (let row = 0; row < 4; row++) {
    const own = rows.subarray(row * 50, (row + 1) * 50);
    const center = own.reduce((a, b) => a + b, 0) / 50;
    expect(center).toBeCloseTo(5, 10);
    expect(own.reduce((a, b) => a + (b - center) ** 2, 0) / 50).toBeCloseTo(4, 5);
  }
});
