import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph } from "../../src/engine/graph.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import { OPTIMIZERS, type OptimizerName } from "../../src/nn/optimizers.ts";

const CURVATURES = [0.3, 4, 25];
const START = [1, -2, 0.5];
const RATE = 0.02;

/** The published update rules as plain loops over one coordinate of ½·c·θ². */
const RULES: Record<
  OptimizerName,
  (theta: number, slope: (theta: number) => number, steps: number) => number
> = {
  sgd(theta, slope, steps) {
    for (let t = 0; t < steps; t++) theta -= RATE * slope(theta);
    return theta;
  },
  momentum(theta, slope, steps) {
    let velocity = 0;
    for (let t = 0; t < steps; t++) {
      velocity = 0.9 * velocity + slope(theta);
      theta -= RATE * velocity;
    }
    return theta;
  },
  nesterov(theta, slope, steps) {
    let velocity = 0;
    for (let t = 0; t < steps; t++) {
      const g = slope(theta);
      velocity = 0.9 * velocity + g;
      theta -= RATE * (g + 0.9 * velocity);
    }
    return theta;
  },
  rmsprop(theta, slope, steps) {
    let average = 0;
    for (let t = 0; t < steps; t++) {
      average = 0.9 * average + 0.1 * slope(theta) ** 2;
      theta -= (RATE * slope(theta)) / (Math.sqrt(average) + 1e-8);
    }
    return theta;
  },
  adam(theta, slope, steps) {
    let [m, v] = [0, 0];
    for (let t = 1; t <= steps; t++) {
      const g = slope(theta);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const [mHat, vHat] = [m / (1 - 0.9 ** t), v / (1 - 0.999 ** t)];
      theta -= (RATE * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
    return theta;
  },
  // On a vector: no decay. The decay of matrices has a test of its own.
  adamw: (theta, slope, steps) => RULES.adam(theta, slope, steps),
};

describe("optimizers", () => {
  it.each(Object.keys(RULES) as OptimizerName[])("%s follows its published rule", (name) => {
    const graph = new Graph();
    const theta = graph.parameter("theta", [3]);
    const rate = graph.input("rate", []);
    const loss = sum(
      multiply(
        square(theta),
        graph.constant(
          CURVATURES.map((c) => c / 2),
          [3],
        ),
      ),
    );
    const updates = OPTIMIZERS[name](graph, [theta], gradients(loss, [theta]), rate);
    const program = createProgram(graph, { step: { updates, guard: loss } });
    program.write(theta, START);
    program.write(rate, [RATE]);
    for (const steps of [1, 2, 7, 40]) {
      program.write(theta, START);
      for (const leaf of updates.keys()) if (leaf !== theta) program.view(leaf).fill(0);
      program.run("step", steps);
      CURVATURES.forEach((curvature, i) => {
        const expected = RULES[name](START[i]!, (value) => curvature * value, steps);
        const scale = Math.max(Math.abs(expected), 1e-2);
        expect(Math.abs(program.view(theta)[i]! - expected) / scale, `${steps} steps`).toBeLessThan(1e-4);
      });
    }
  });
});
