import { describe, expect, it } from "vitest";
import { Random } from "../../src/engine/random.ts";
import { ShapeError } from "../../src/engine/shape.ts";
import { type CnnConfig, createCnn } from "../../src/nn/cnn.ts";
import { initialFilters } from "../../src/nn/image-layers.ts";
import { he, xavier } from "../../src/nn/initialisers.ts";
import { plainLoss, plainStages } from "./plain-cnn.ts";

const SMALL: CnnConfig = {
  image: { channels: 2, rows: 7, columns: 7 },
  blocks: [
    { channels: 3, window: 3, pool: 2 },
    { channels: 5, window: 3, pool: 1 },
  ],
  ...{ hidden: [4], classes: 3, activation: "relu", optimizer: "sgd", batchSize: 3 },
  ...{ trainCount: 6, testCount: 53, seed: 3 },
};

/** Pictures with noise, and classes at random. */
function pictures(count: number, size: number, seed: number) {
  const random = new Random(seed);
  const images = Array.from({ length: count }, () => Array.from({ length: size }, () => random.normal()));
  return { images, labels: images.map(() => random.below(3)) };
}

function prepared(config: CnnConfig = SMALL) {
  const program = createCnn(config);
  const [train, test] = [pictures(6, 98, 1), pictures(53, 98, 2)];
  program.setData("train", train.images.flat(), train.labels);
  program.setData("test", test.images.flat(), test.labels);
  const random = new Random(9);
  // Biases begin at zero: others make every one of them count.
  for (const { name } of program.parameters) {
    if (!name.startsWith("bias")) continue;
    const bias = program.parameter(name);
    bias.set(bias.map(() => random.normal(0, 0.3)));
  }
  const copy = () =>
    new Map(program.parameters.map(({ name }) => [name, Float64Array.from(program.parameter(name))]));
  return { program, train, test, copy };
}

describe("convolutional network", () => {
  it("computes every stage, losses and answers as plain loops do", () => {
    const { program, test, copy } = prepared();
    program.lookAt(test.images[5]!);
    for (const [name, expected] of plainStages(SMALL, copy(), test.images[5]!)) {
      const values = program.stage(name);
      expect(values.length, name).toBe(expected.length);
      expected.forEach((value, i) => {
        expect(values[i], `${name}[${i}]`).toBeCloseTo(value, 4);
      });
    }
    const { loss, accuracy, answers, losses } = program.evaluate("test");
    expect(loss).toBeCloseTo(plainLoss(SMALL, copy(), test.images, test.labels), 4);
    const expected = test.images.map((image) => {
      const logits = plainStages(SMALL, copy(), image).get("logits")!;
      return logits.indexOf(Math.max(...logits));
    });
    expect([...answers]).toEqual(expected);
    losses.forEach((own, i) => {
      expect(own).toBeCloseTo(plainLoss(SMALL, copy(), [test.images[i]!], [test.labels[i]!]), 4);
    });
    const first = program.evaluate("test", 7);
    expect([...first.answers]).toEqual(expected.slice(0, 7));
    expect(first.loss).toBeCloseTo(losses.slice(0, 7).reduce((sum, own) => sum + own, 0) / 7, 5);
    expect(accuracy).toBe(expected.filter((answer, i) => answer === test.labels[i]).length / 53);
  });

  it("steps against the slope of the batch's loss, measured by central differences", () => {
    const { program, train, copy } = prepared();
    const batch = Array.from(program.batchOrder.slice(0, 3));
    const images = batch.map((i) => train.images[i]!);
    const labels = batch.map((i) => train.labels[i]!);
    const before = copy();
    expect(program.step(1, { learningRate: 0.1 })).toBe(1);
    expect(program.batchLoss).toBeCloseTo(plainLoss(SMALL, before, images, labels), 5);
    for (const [name, values] of before) {
      for (let i = 0; i < values.length; i += 3) {
        const at = (shift: number) => {
          const moved = values.slice();
          moved[i]! += shift;
          return plainLoss(SMALL, new Map(before).set(name, moved), images, labels);
        };
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(program.parameter(name)[i], `${name}[${i}]`).toBeCloseTo(values[i]! - 0.1 * slope, 5);
      }
    }
  });

  it("begins again exactly from the same seed, with states at zero", () => {
    const { program } = prepared({ ...SMALL, optimizer: "adam" });
    const run = (seed: number) => {
      program.initialize(seed);
      program.step(20, { learningRate: 0.01 });
      return Array.from(program.parameter("filters2"));
    };
    const first = run(4);
    expect(run(5)).not.toEqual(first);
    expect(run(4)).toEqual(first);
    expect(program.steps).toBe(20);
  });

  it("says where it stopped being finite", () => {
    const { program } = prepared();
    const completed = program.step(50, { learningRate: 1e30 });
    expect(completed).toBeLessThan(5);
    expect(program.nonFinite()).toMatchObject({ step: completed + 1 });
    expect(program.nonFinite()!.node).toMatch(/^[zap]\d|logits|loss/);
  });

  it("names the window that does not fit", () => {
    const blocks = [{ channels: 2, window: 3, pool: 9 }];
    expect(() => createCnn({ ...SMALL, blocks })).toThrow(ShapeError);
    expect(() => createCnn({ ...SMALL, blocks })).toThrow(/spans 9 rows does not fit/);
  });
});

/** A bar of five pixels lying or standing somewhere in 12×12, in noise. */
function bars(count: number, seed: number) {
  const random = new Random(seed);
  const labels = Array.from({ length: count }, () => random.below(2));
  const images = labels.map((label) => {
    const image = Array.from({ length: 144 }, () => random.normal(0, 0.2));
    const [along, across] = [random.below(8), random.below(12)];
    for (let i = along; i < along + 5; i++) image[label === 0 ? across * 12 + i : i * 12 + across]! += 1;
    return image;
  });
  return { images: images.flat(), labels };
}

describe("lying and standing bars at any place", () => {
  const accuracy = (change: Partial<CnnConfig>) => {
    const program = createCnn({
      image: { channels: 1, rows: 12, columns: 12 },
      ...{ blocks: [{ channels: 4, window: 5, pool: 2 }], head: "average", hidden: [], classes: 2 },
      ...{ activation: "relu", optimizer: "adam", batchSize: 16, trainCount: 200, testCount: 200, seed: 1 },
      ...change,
    });
    const [train, test] = [bars(200, 1), bars(200, 2)];
    program.setData("train", train.images, train.labels);
    program.setData("test", test.images, test.labels);
    program.step(500, { learningRate: 0.01 });
    return program.evaluate("test").accuracy;
  };

  it("are told apart by four filters, and not by the pixels' weighted sum", () => {
    expect(accuracy({})).toBeGreaterThan(0.97);
    expect(accuracy({ blocks: [], head: "flatten" })).toBeLessThan(0.75);
  });
});

describe("filters' first values", () => {
  it.each([
    ["He", he, (inputs: number) => 2 / inputs],
    ["Xavier", xavier, (inputs: number, outputs: number) => 2 / (inputs + outputs)],
  ] as const)("%s counts the window's positions among the inputs", (_name, initialiser, variance) => {
    const filters = initialFilters(initialiser, [64, 16, 5, 5], new Random(1));
    expect(filters).toHaveLength(64 * 16 * 25);
    const measured = filters.reduce((sum, value) => sum + value * value, 0) / filters.length;
    expect(measured / variance(16 * 25, 64 * 25)).toBeCloseTo(1, 1);
  });
});
