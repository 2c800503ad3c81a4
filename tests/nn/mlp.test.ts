import { describe, expect, it } from "vitest";
import { createMlp, type MlpConfig, type MlpProgram } from "../../src/nn/mlp.ts";
import { plainNetwork } from "./plain-network.ts";

const BASE: MlpConfig = {
  ...{ inputs: 2, hidden: [5, 3], outputs: 1, activation: "tanh", outputActivation: "tanh" },
  ...{ loss: "mse", regularization: "none", optimizer: "sgd", batchSize: 7, trainCount: 30 },
  ...{ testCount: 11, gridCount: 13, seed: 5 },
};

const points = (count: number, phase: number) =>
  Array.from({ length: count * 2 }, (_, i) => 2 * Math.sin(1.7 * i + phase + (i * i) / 9));
const classes = (xs: readonly number[], low: number) =>
  Array.from({ length: xs.length / 2 }, (_, i) => (xs[2 * i]! * xs[2 * i + 1]! > 0 ? 1 : low));

function prepared(change: Partial<MlpConfig> = {}) {
  const config = { ...BASE, ...change };
  const program = createMlp(config);
  const low = config.loss === "bce" ? 0 : -1;
  const [train, test, grid] = [points(30, 0), points(11, 1), points(13, 2)];
  const targets = classes(train, low);
  program.setTrain(train, targets);
  program.setTest(test, classes(test, low));
  program.setGrid(grid);
  return { program, train, targets, test, testTargets: classes(test, low), grid };
}

const copyOf = (program: MlpProgram) =>
  new Map(program.parameters.map(({ name }) => [name, Float64Array.from(program.parameter(name))]));

function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
) {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(Math.abs(expected[i]!), 1e-2);
    expect(Math.abs(actual[i]! - expected[i]!) / scale, `${what}[${i}]`).toBeLessThan(tolerance);
  }
}

const VARIANTS: Partial<MlpConfig>[] = [
  {},
  { activation: "relu", outputActivation: "linear" },
  { activation: "leaky-relu", loss: "bce", outputActivation: "linear" },
  { activation: "sigmoid", regularization: "l2" },
  { activation: "gelu", outputActivation: "linear", regularization: "l1" },
  { activation: "linear", hidden: [] },
  { hidden: [1, 8, 1, 4, 2, 3] },
];

describe.each(VARIANTS)("network %j", (change) => {
  it("trains, batch by batch, as a per-sample network in plain JavaScript does", () => {
    const { program, train, targets } = prepared(change);
    const plain = plainNetwork(program.config, copyOf(program));
    const order = Array.from(program.batchOrder);
    for (let step = 0; step < 12; step++) {
      const batch = Array.from({ length: 7 }, (_, i) => order[(step * 7 + i) % order.length]!);
      plain.train(train, targets, batch, 0.1, 0.02);
    }
    expect(program.step(12, { learningRate: 0.1, regularizationRate: 0.02 })).toBe(12);
    for (const [name, expected] of plain.parameters) {
      expectClose(program.parameter(name), expected, 2e-4, name);
    }
  });

  it("computes losses, outputs, grid and gradient sizes of the present parameters", () => {
    const { program, train, targets, test, testTargets, grid } = prepared(change);
    program.step(20, { learningRate: 0.05, regularizationRate: 0.01 });
    const plain = plainNetwork(program.config, copyOf(program));
    const { trainLoss, testLoss } = program.evaluate();
    expectClose([trainLoss], [plain.loss(train, targets)], 1e-5, "train loss");
    expectClose([testLoss], [plain.loss(test, testTargets)], 1e-5, "test loss");
    const outputs = testTargets.map((_, i) => plain.forward(test[2 * i]!, test[2 * i + 1]!).at(-1)![0]!);
    expectClose(program.testOutputs, outputs, 1e-4, "test outputs");
    program.runGrid();
    for (let at = 0; at < 13; at++) {
      const layers = plain.forward(grid[2 * at]!, grid[2 * at + 1]!);
      layers.forEach((expected, layer) => {
        const width = expected.length;
        const row = program.grid(layer).slice(at * width, (at + 1) * width);
        expectClose(row, expected, 1e-4, `grid ${at}, layer ${layer}`);
      });
    }
    const norms = plain.gradientNorms(train, targets);
    expectClose(
      program.gradientNorms().map(({ norm }) => norm),
      norms,
      1e-3,
      "gradient norms",
    );
  });
});

describe("network", () => {
  it("begins again exactly from the same seed, and differently from another", () => {
    const { program } = prepared({ optimizer: "adam" });
    const run = (seed: number) => {
      program.initialize(seed);
      program.step(50, { learningRate: 0.02, regularizationRate: 0 });
      return Array.from(program.parameter("weights2"));
    };
    const first = run(3);
    const other = run(4);
    expect(run(3)).toEqual(first);
    expect(other).not.toEqual(first);
    expect(program.steps).toBe(50);
  });

  it("takes every training point once per pass", () => {
    const { program } = prepared();
    for (let pass = 0; pass < 16; pass++) {
      const order = Array.from(program.batchOrder).slice(pass * 30, (pass + 1) * 30);
      expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    }
  });

  it("counts its parameters: (2+1)·5 + (5+1)·3 + (3+1)·1", () => {
    expect(prepared().program.parameterCount).toBe(37);
  });

  it("says at which step and where it stopped being finite, and keeps the last finite values", () => {
    const { program } = prepared({ activation: "relu", outputActivation: "linear" });
    program.step(3, { learningRate: 0.01, regularizationRate: 0 });
    expect(program.nonFinite()).toBeNull();
    const completed = program.step(100, { learningRate: 1e30, regularizationRate: 0 });
    expect(completed).toBeLessThan(5);
    expect(program.nonFinite()).toMatchObject({ step: 3 + completed + 1 });
    expect(program.nonFinite()!.node).toMatch(/^[za]\d|loss/);
    program.initialize(1);
    expect(program.nonFinite()).toBeNull();
    expect(program.step(10, { learningRate: 0.01, regularizationRate: 0 })).toBe(10);
  });

  it("solves XOR with a hidden layer, and cannot without one", () => {
    const square = [-1, -1, -1, 1, 1, -1, 1, 1];
    const solve = (hidden: number[]) => {
      const sizes = { trainCount: 4, testCount: 4, batchSize: 4, hidden };
      const program = createMlp({ ...BASE, ...sizes, optimizer: "adam" });
      program.setTrain(square, [-1, 1, 1, -1]);
      program.setTest(square, [-1, 1, 1, -1]);
      program.step(3000, { learningRate: 0.03, regularizationRate: 0 });
      return program.evaluate().trainLoss;
    };
    expect(solve([4])).toBeLessThan(0.01);
    // The best any single neuron can do on this square is to answer 0: the mean of (±1)².
    expect(solve([])).toBeCloseTo(1, 3);
  });
});
