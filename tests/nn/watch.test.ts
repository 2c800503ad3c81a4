import { expect, it } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { add, multiply } from "../../src/engine/ops/arithmetic.ts";
import { exp } from "../../src/engine/ops/functions.ts";
import { createProgram } from "../../src/engine/program.ts";
import { StepWatch } from "../../src/nn/watch.ts";

it("names the step and the first node that was not finite, for any program", () => {
  const graph = new Graph();
  const x = graph.state("x", [], 1);
  const grown = graph.label(exp(multiply(x, 10)), "growth");
  const loss = graph.label(add(grown, 1), "loss");
  const program = createProgram(graph, { step: { updates: new Map([[x, add(x, 1)]]), guard: loss } });
  const watch = new StepWatch(graph, program, "step");
  expect(watch.run(5)).toBe(5);
  expect(watch.nonFinite).toBeNull();
  // e⁸⁰ fits into 32 bits, e⁹⁰ does not: x = 9 is the ninth step.
  expect(watch.run(10)).toBe(3);
  expect(watch.steps).toBe(8);
  expect(watch.nonFinite).toEqual({ step: 9, node: "growth" });
  program.write(x, [1]);
  watch.reset();
  expect(watch.run(2)).toBe(2);
  expect(watch.nonFinite).toBeNull();
});
