import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { step } from "../../src/engine/ops/activations.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { allCases } from "./all-cases.ts";
import { feed } from "./values.ts";

const EPSILON = 1e-5;

/** (f(x + ε) − f(x − ε)) / 2ε for every element of one leaf. */
function centralDifferences(loss: Tensor, leaf: Tensor, values: Map<Tensor, Float64Array>): Float64Array {
  const own = values.get(leaf)!;
  const at = (index: number, shift: number) => {
    const moved = Float64Array.from(own);
    moved[index]! += shift;
    return interpret([loss], new Map(values).set(leaf, moved)).get(loss)![0]!;
  };
  return own.map((_, index) => (at(index, EPSILON) - at(index, -EPSILON)) / (2 * EPSILON));
}

describe("every derivative against central differences", () => {
  for (const operationCase of allCases) {
    if (operationCase.differentiable === false) continue;
    test(operationCase.name, () => {
      for (let seed = 1; seed <= 10; seed++) {
        const { graph, inputs, output, values, random } = feed(operationCase, seed);
        // A random linear functional of the output: every element's derivative counts.
        const weights = output.shape.reduce((product, extent) => product * extent, 1);
        const directions = Array.from({ length: weights }, () => random.between(-1, 1));
        const loss = sum(multiply(output, graph.constant(directions, output.shape)));
        const differentiable = inputs.filter(({ type }) => type === "f32");
        const derived = gradients(loss, differentiable);
        const computed = interpret(derived, values);
        differentiable.forEach((leaf, i) => {
          expect(derived[i]!.shape).toEqual(leaf.shape);
          const expected = centralDifferences(loss, leaf, values);
          const scale = Math.max(1e-3, ...expected.map(Math.abs));
          computed.get(derived[i]!)!.forEach((value, at) => {
            const error = Math.abs(value - expected[at]!) / scale;
            expect(error, `seed ${seed}, ${leaf.name}[${at}] of [${leaf.shape}]`).toBeLessThan(2e-6);
          });
        });
      }
    });
  }
});

test("a tensor used twice gets the sum of both ways: d(x·x)/dx at 2 is 4", () => {
  const graph = new Graph();
  const x = graph.input("x", []);
  const [slope] = gradients(sum(multiply(x, x)), [x]);
  expect(interpret([slope!], new Map([[x, [2]]])).get(slope!)![0]).toBe(4);
});

test("a tensor the loss does not depend on gets zeros", () => {
  const graph = new Graph();
  const x = graph.input("x", [2]);
  const other = graph.input("other", [3]);
  const [zero] = gradients(sum(x), [other]);
  expect([...interpret([zero!], new Map()).get(zero!)!]).toEqual([0, 0, 0]);
});

test("an operation without a derivative is named", () => {
  const graph = new Graph();
  const x = graph.input("x", [2]);
  expect(() => gradients(sum(step(x)), [x])).toThrow("operation “step” has no derivative");
});

test("what a tensor in the middle was made of needs no derivative", () => {
  const graph = new Graph();
  const x = graph.input("x", [2]);
  const middle = step(x);
  const [slope] = gradients(sum(multiply(middle, middle)), [middle]);
  expect([...interpret([slope!], new Map([[x, [1, -1]]])).get(slope!)!]).toEqual([2, 0]);
});
