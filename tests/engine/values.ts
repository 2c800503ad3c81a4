/** Feeds an operation case: leaves with seeded values. */
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import type { InputRule, OperationCase } from "./cases.ts";
import { TestRandom } from "./random.ts";

export interface Fed {
  readonly graph: Graph;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** Every leaf's values, exact in 32-bit floats. */
  readonly values: Map<Tensor, Float64Array>;
  readonly random: TestRandom;
}

export function feed(operationCase: OperationCase, seed: number): Fed {
  const random = new TestRandom(seed * 7919 + operationCase.name.length);
  const { inputs: rules, build } = operationCase.draw(random);
  const graph = new Graph();
  const values = new Map<Tensor, Float64Array>();
  const inputs = rules.map((rule, i) => {
    const tensor = graph.input(`x${i}`, rule.shape, rule.indicesBelow === undefined ? "f32" : "i32");
    values.set(tensor, draw(rule, random));
    return tensor;
  });
  return { graph, inputs, output: build(inputs), values, random };
}

function draw(rule: InputRule, random: TestRandom): Float64Array {
  const { low = -2, high = 2, awayFromZero = 0, indicesBelow } = rule;
  return Float64Array.from({ length: sizeOf(rule.shape) }, () => {
    if (indicesBelow !== undefined) return random.integer(0, indicesBelow - 1);
    for (;;) {
      const value = Math.fround(random.between(low, high));
      if (Math.abs(value) >= awayFromZero) return value;
    }
  });
}
