import { describe, expect, test } from "vitest";
import { ancestors } from "../../../src/engine/graph.ts";
import { Random } from "../../../src/engine/random.ts";
import { buildGraph, type Structure, TRAIN_COUNT } from "../../../src/widgets/gradient-health/graph.ts";
import {
  relativeChange,
  rootMeanSquare,
  spreadOverRows,
} from "../../../src/widgets/gradient-health/measures.ts";
import { HealthNetwork } from "../../../src/widgets/gradient-health/network.ts";

const f32 = (...values: number[]) => Float32Array.from(values);

describe("sizes, by hand", () => {
  test("root mean square, also far below and above the range of a 32-bit square", () => {
    expect(rootMeanSquare(f32(3, 4))).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(rootMeanSquare(f32(1e-30, -1e-30))).toBeCloseTo(1e-30, 36);
    expect(rootMeanSquare(f32(1e30, 0)) / (1e30 / Math.SQRT2)).toBeCloseTo(1, 6);
    expect(Number.isFinite(rootMeanSquare(f32(1, Number.POSITIVE_INFINITY)))).toBe(false);
  });

  test("spread over examples: columns 1, 3 and 5, 5 deviate by 1 and 0", () => {
    expect(spreadOverRows(f32(1, 5, 3, 5), 2)).toBeCloseTo(Math.sqrt((1 + 1) / 4), 12);
    expect(spreadOverRows(f32(7, 2, 7, 2), 2)).toBe(0);
  });

  test("relative change: from (3, 4) to (3, 5) is 1/5; from zeros the length itself", () => {
    expect(relativeChange(f32(3, 5), f32(3, 4))).toBeCloseTo(0.2, 12);
    expect(relativeChange(f32(3, 4), f32(0, 0))).toBe(5);
  });
});

/** The same network in plain loops and double precision: mean cross-entropy over the points. */
function plainLoss(
  weights: readonly Float64Array[],
  points: readonly (readonly [number, number])[],
  targets: readonly number[],
  residual: boolean,
): number {
  let total = 0;
  points.forEach((point, n) => {
    let value: number[] = [...point];
    weights.forEach((matrix, layer) => {
      const outputs = matrix.length / value.length;
      const sums = Array.from({ length: outputs }, (_, j) =>
        value.reduce((sum, x, i) => sum + x * matrix[i * outputs + j]!, 0),
      );
      const last = layer === weights.length - 1;
      const out = last ? sums : sums.map(Math.tanh);
      value = residual && !last && layer > 0 ? out.map((x, j) => x + value[j]!) : out;
    });
    const logit = value[0]!;
    total += Math.log1p(Math.exp(logit)) - logit * targets[n]!;
  });
  return total / points.length;
}

test.each([false, true])("gradients agree with central differences (residual: %s)", (residual) => {
  const random = new Random(3);
  const points = Array.from(
    { length: TRAIN_COUNT },
    () => [random.uniform(-1, 1), random.uniform(-1, 1)] as const,
  );
  const targets = points.map(([x, y]) => (x * y > 0 ? 1 : 0));
  const structure = {
    depth: 2,
    activation: "tanh",
    norm: "none",
    residual,
    clip: false,
    optimizer: "sgd",
  } as const;
  const network = new HealthNetwork(structure, 1);
  network.initialize("xavier", 5);
  network.setData(points.flat(), targets, [0, 0]);
  const measured = network.measure();
  const weights = network.weights().map((values) => Float64Array.from(values));
  expect(measured.loss).toBeCloseTo(plainLoss(weights, points, targets, residual), 5);
  weights.forEach((matrix, layer) => {
    let squares = 0;
    matrix.forEach((value, i) => {
      const at = (shifted: number) => {
        matrix[i] = shifted;
        return plainLoss(weights, points, targets, residual);
      };
      squares += ((at(value + 1e-5) - at(value - 1e-5)) / 2e-5) ** 2;
      matrix[i] = value;
    });
    expect(measured.gradients[layer]! / Math.sqrt(squares / matrix.length)).toBeCloseTo(1, 4);
  });
});

test("what may overflow in a step is named: by layer and direction, or as the loss", () => {
  const structure: Structure = {
    ...{ depth: 4, activation: "relu", norm: "batch" },
    ...{ residual: true, clip: true, optimizer: "sgd" },
  };
  const { graph, guard, updates, layers } = buildGraph(structure, 1);
  const names = ancestors([guard])
    .filter(
      (node) => node.inputs.length > 0 && node.type === "f32" && !node.operation.name.startsWith("gather"),
    )
    .map((node) => graph.nameOf(node));
  expect(names.filter((name) => !/^((forward|backward) [1-5]|loss|guard)$/.test(name))).toEqual([]);
  // Every layer has its turn in both directions; forward first, and backward from the last to the first.
  const turns = names
    .filter((name, i) => name !== names[i - 1] && /ward/.test(name))
    .map((name) => name.replace(/\D+/, ""));
  expect(turns.slice(0, 5)).toEqual(["1", "2", "3", "4", "5"]);
  layers.forEach(({ weights }, i) => {
    const gradient = ancestors([updates.get(weights)!]).filter(
      (node) => node.shape.join() === weights.shape.join() && node.operation.name === "matmul",
    );
    expect(gradient.map((node) => graph.nameOf(node))).toContain(`backward ${i + 1}`);
  });
});

test("clipping limits the step: with a learning rate of 1 no weight moves farther than 1", () => {
  const structure = {
    depth: 8,
    activation: "relu",
    norm: "none",
    residual: false,
    clip: true,
    optimizer: "sgd",
  } as const;
  const network = new HealthNetwork(structure, 1);
  const random = new Random(1);
  network.initialize("normal", 1);
  network.setData(
    Array.from({ length: 2 * TRAIN_COUNT }, () => random.normal()),
    Array.from({ length: TRAIN_COUNT }, (_, i) => i % 2),
    [0, 0],
  );
  const before = network.weights();
  expect(network.measure().gradients.some((size) => size > 1)).toBe(true);
  expect(network.step(1, 1)).toBe(1);
  const moved = network
    .weights()
    .reduce((total, now, i) => total + now.reduce((sum, w, j) => sum + (w - before[i]![j]!) ** 2, 0), 0);
  expect(Math.sqrt(moved)).toBeLessThan(1.0001);
  expect(Math.sqrt(moved)).toBeGreaterThan(0.5);
});
