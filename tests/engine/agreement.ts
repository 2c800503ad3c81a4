/** Compares what the compiled program computes with the interpreter, in Node and in Chromium. */
import { expect } from "vitest";
import type { Features } from "../../src/engine/compile/features.ts";
import { gradients } from "../../src/engine/gradient.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import type { OperationCase } from "./cases.ts";
import { feed } from "./values.ts";

const TOLERANCE = 1e-5;

/**
 * Differences are measured against the element, or where sums cancel against the largest element of its tensor:
 * single precision cannot know more.
 */
export function expectClose(actual: ArrayLike<number>, expected: Float64Array, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  expected.forEach((value, at) => {
    const error = Math.abs(actual[at]! - value) / Math.max(Math.abs(value), largest);
    expect(error, `${what}[${at}]: ${actual[at]} instead of ${value}`).toBeLessThan(TOLERANCE);
  });
}

/** Runs one case's operation and its gradients both ways; every second seed with loops kept as loops. */
export function checkAgreement(operationCase: OperationCase, seed: number, features: Features): void {
  const { graph, inputs, output, values, random } = feed(operationCase, seed);
  const targets = [output];
  if (operationCase.differentiable !== false) {
    const size = output.shape.reduce((product, extent) => product * extent, 1);
    const directions = Array.from({ length: size }, () => Math.fround(random.between(-1, 1)));
    const loss = sum(multiply(output, graph.constant(directions, output.shape)));
    targets.push(
      ...gradients(
        loss,
        inputs.filter(({ type }) => type === "f32"),
      ),
    );
  }
  const program = createProgram(graph, { run: { outputs: targets, compact: seed % 2 === 0 } }, features);
  for (const [leaf, data] of values) {
    try {
      program.write(leaf, data);
    } catch {
      // A leaf nothing depends on is not kept.
    }
  }
  expect(program.run("run")).toBe(1);
  const expected = interpret(targets, values);
  targets.forEach((target, i) => {
    const what = `${operationCase.name}, seed ${seed}, ${i === 0 ? "output" : `gradient ${i - 1}`} [${target.shape}]`;
    expectClose(program.view(target), expected.get(target)!, what);
  });
}
