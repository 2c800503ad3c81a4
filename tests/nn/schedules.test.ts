import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { createProgram } from "../../src/engine/program.ts";
import { clipByNorm, clipWeights } from "../../src/nn/clipping.ts";
import { adamWith, sgd } from "../../src/nn/optimizers.ts";
import { type Schedule, scheduled } from "../../src/nn/schedules.ts";
import { evaluate } from "./slopes.ts";

const cases: readonly { schedule: Schedule; at: (step: number) => number }[] = [
  { schedule: { kind: "constant" }, at: () => 1 },
  { schedule: { kind: "warm-up", steps: 4 }, at: (step) => Math.min(1, (step + 1) / 4) },
  { schedule: { kind: "step", every: 7, factor: 0.3 }, at: (step) => 0.3 ** Math.floor(step / 7) },
  {
    schedule: { kind: "cosine", steps: 20, warmUp: 5, floor: 0.1 },
    at: (step) => {
      if (step < 5) return (step + 1) / 5;
      return 0.1 + (0.9 * (1 + Math.cos(Math.PI * Math.min(1, (step - 5) / 15)))) / 2;
    },
  },
];

describe("schedules", () => {
  it.each(cases)("$schedule.kind, step by step inside the program", ({ schedule, at }) => {
    const graph = new Graph();
    const base = graph.input("rate", []);
    const { rate, updates } = scheduled(graph, base, schedule);
    // A sum of all rates so far: two different steps may not be exchanged unseen.
    const total = graph.state("total", []);
    const program = createProgram(graph, {
      step: { outputs: [rate], updates: new Map([...updates, [total, add(total, rate)]]) },
    });
    program.write(base, [0.5]);
    let expected = 0;
    for (let step = 0; step < 30; step++) {
      program.run("step");
      expected += 0.5 * at(step);
      expect(program.view(total)[0], `step ${step}`).toBeCloseTo(expected, 4);
    }
  });
});

describe("limits", () => {
  it("scales gradients of norm 13 to norm 2 together, and leaves shorter ones and zeros alone", () => {
    const graph = new Graph();
    const long = [graph.constant([3, 4], [2]), graph.constant(12)];
    const clipped = clipByNorm(long, 2).map((tensor) => [...evaluate(tensor, new Map())]);
    expect(clipped.flat().map((value) => (value * 13) / 2)).toEqual(
      [3, 4, 12].map((value) => expect.closeTo(value, 9)),
    );
    const short = clipByNorm(long, 14).map((tensor) => [...evaluate(tensor, new Map())]);
    expect(short.flat()).toEqual([3, 4, 12]);
    const zero = clipByNorm([graph.constant([0, 0], [2])], 1);
    expect([...evaluate(zero[0]!, new Map())]).toEqual([0, 0]);
  });

  it("holds weights within their limit", () => {
    const graph = new Graph();
    const weights = graph.parameter("w", [3]);
    const slopes = graph.constant([1, -1, 0.001], [3]);
    const updates = clipWeights(sgd(graph, [weights], [slopes], graph.constant(1)), [weights], 0.01);
    const program = createProgram(graph, { step: { updates } });
    program.run("step", 3);
    expect([...program.view(weights)]).toEqual(
      [-0.01, 0.01, -0.003].map((value) => expect.closeTo(value, 6)),
    );
  });
});

it("AdamW: matrices shrink by η·decay a step, vectors do not", () => {
  const graph = new Graph();
  const parameters: readonly Tensor[] = [graph.parameter("matrix", [1, 2]), graph.parameter("vector", [2])];
  const none = parameters.map(({ shape }) => graph.constant([0, 0], shape));
  const updates = adamWith(0.1)(graph, parameters, none, graph.constant(0.5));
  const program = createProgram(graph, { step: { updates } });
  for (const parameter of parameters) program.write(parameter, [1, -2]);
  program.run("step", 10);
  const shrunk = 0.95 ** 10;
  expect(program.view(parameters[0]!)[0]).toBeCloseTo(shrunk, 5);
  expect(program.view(parameters[0]!)[1]).toBeCloseTo(-2 * shrunk, 5);
  expect([...program.view(parameters[1]!)]).toEqual([1, -2]);
});
