/** Batch normalisation and dropout in a convolutional network, against plain loops over whole batches. */
import { describe, expect, it } from "vitest";
import { Random } from "../../src/engine/random.ts";
import { type CnnConfig, createCnn } from "../../src/nn/cnn.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { exportNotebook } from "../../src/onnx/notebook.ts";
import { runInRuntime } from "../onnx/runtime.ts";
import { convolved, type Maps, type Parameters, pooled, relu } from "./plain-cnn.ts";

const CONFIG: CnnConfig = {
  image: { channels: 2, rows: 6, columns: 6 },
  blocks: [
    { channels: 3, window: 3, pool: 2 },
    { channels: 4, window: 3, pool: 1 },
  ],
  ...{ head: "average", hidden: [5], classes: 3, activation: "relu", optimizer: "sgd", batchSize: 4 },
  ...{ trainCount: 8, testCount: 6, seed: 3, batchNorm: true },
};

type Statistics = Map<
  string,
  { readonly center: number; readonly variance: number; readonly count: number }[]
>;

/** Rows of channels, each of `inner` values, normalised by their own statistics or by given ones. */
function normalised(
  rows: readonly (readonly number[])[],
  {
    number,
    inner,
    parameters,
    running,
  }: { number: number; inner: number; parameters: Parameters; running: boolean },
  found: Statistics,
): number[][] {
  const [scale, shift] = [parameters.get(`scale${number}`)!, parameters.get(`shift${number}`)!];
  const statistics = Array.from(scale, (_, channel) => {
    const own = rows.flatMap((row) => row.slice(channel * inner, (channel + 1) * inner));
    const center = own.reduce((a, b) => a + b, 0) / own.length;
    return {
      center,
      variance: own.reduce((a, b) => a + (b - center) ** 2, 0) / own.length,
      count: own.length,
    };
  });
  found.set(String(number), statistics);
  return rows.map((row) =>
    row.map((value, i) => {
      const channel = Math.floor(i / inner);
      const center = running ? parameters.get(`mean${number}`)![channel]! : statistics[channel]!.center;
      const variance = running
        ? parameters.get(`variance${number}`)![channel]!
        : statistics[channel]!.variance;
      return ((value - center) / Math.sqrt(variance + 1e-5)) * scale[channel]! + shift[channel]!;
    }),
  );
}

/** Logits of a batch of `CONFIG`'s network. */
function plainLogits(parameters: Parameters, images: readonly (readonly number[])[], running: boolean) {
  const found: Statistics = new Map();
  let maps: Maps[] = images.map((values) => ({ channels: 2, size: 6, values: [...values] }));
  CONFIG.blocks.forEach(({ channels, window, pool }, i) => {
    const number = i + 1;
    const sums = maps.map((x) =>
      convolved(x, parameters.get(`filters${number}`)!, new Float64Array(channels), window),
    );
    const { size } = sums[0]!;
    const rows = normalised(
      sums.map(({ values }) => values),
      { number, inner: size * size, parameters, running },
      found,
    );
    maps = rows.map((row) => ({ channels, size, values: relu(row) }));
    if (pool > 1) maps = maps.map((x) => pooled(x, pool));
  });
  const product = (rows: readonly (readonly number[])[], weights: Float64Array, bias: ArrayLike<number>) =>
    rows.map((row) =>
      Array.from(bias, (b, j) => row.reduce((sum, x, k) => sum + x * weights[k * bias.length + j]!, b)),
    );
  const means = maps.map(({ channels, size, values }) =>
    Array.from({ length: channels }, (_, channel) => {
      const own = values.slice(channel * size ** 2, (channel + 1) * size ** 2);
      return own.reduce((a, b) => a + b, 0) / own.length;
    }),
  );
  const sums = product(means, parameters.get("weights3")!, new Float64Array(5));
  const hidden = normalised(sums, { number: 3, inner: 1, parameters, running }, found).map(relu);
  return { logits: product(hidden, parameters.get("weights4")!, parameters.get("bias4")!), found };
}

function plainLoss(
  parameters: Parameters,
  images: readonly (readonly number[])[],
  labels: readonly number[],
) {
  const { logits } = plainLogits(parameters, images, false);
  const losses = logits.map(
    (row, i) => Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[labels[i]!]!,
  );
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

function pictures(count: number, seed: number) {
  const random = new Random(seed);
  const images = Array.from({ length: count }, () => Array.from({ length: 72 }, () => random.normal(0.3)));
  return { images, labels: images.map(() => random.below(3)) };
}

function prepared(config: CnnConfig = CONFIG) {
  const cnn = createCnn(config);
  const [train, test] = [pictures(8, 1), pictures(6, 2)];
  cnn.setData("train", train.images.flat(), train.labels);
  cnn.setData("test", test.images.flat(), test.labels);
  const random = new Random(4);
  for (const { name } of cnn.parameters) {
    if (!/scale|shift|bias/.test(name)) continue;
    const values = cnn.parameter(name);
    values.set(values.map((value) => value + random.normal(0, 0.3)));
  }
  const copy = () =>
    new Map(Object.entries(cnn.save()).map(([name, values]) => [name, Float64Array.from(values)]));
  return { cnn, train, test, copy };
}

describe("with batch normalisation", () => {
  it("scale and shift stand where a bias would be taken off again", () => {
    const { cnn } = prepared();
    const names = [
      "filters1",
      "scale1",
      "shift1",
      "filters2",
      "scale2",
      "shift2",
      "weights3",
      "scale3",
      "shift3",
    ];
    expect(cnn.parameters.map(({ name }) => name)).toEqual([...names, "weights4", "bias4"]);
    expect(cnn.statistics.map(({ name }) => name)).toEqual(
      [1, 2, 3].flatMap((i) => [`mean${i}`, `variance${i}`]),
    );
    expect(cnn.stages.map(({ name }) => name).slice(0, 5)).toEqual(["z1", "n1", "a1", "p1", "z2"]);
  });

  it("a step goes against the slope through the batch's own statistics", () => {
    const { cnn, train, copy } = prepared();
    const batch = Array.from(cnn.batchOrder.slice(0, 4));
    const [images, labels] = [batch.map((i) => train.images[i]!), batch.map((i) => train.labels[i]!)];
    const before = copy();
    expect(cnn.step(1, { learningRate: 0.1 })).toBe(1);
    expect(cnn.batchLoss).toBeCloseTo(plainLoss(before, images, labels), 5);
    for (const { name } of cnn.parameters) {
      const values = before.get(name)!;
      for (let i = 0; i < values.length; i += 4) {
        const at = (change: number) => {
          const moved = values.slice();
          moved[i]! += change;
          return plainLoss(new Map(before).set(name, moved), images, labels);
        };
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(cnn.parameter(name)[i], `${name}[${i}]`).toBeCloseTo(values[i]! - 0.1 * slope, 4);
      }
    }
    for (const [number, statistics] of plainLogits(before, images, false).found) {
      statistics.forEach(({ center, variance, count }, channel) => {
        expect(cnn.parameter(`mean${number}`)[channel]).toBeCloseTo(0.1 * center, 5);
        expect(cnn.parameter(`variance${number}`)[channel]).toBeCloseTo(
          0.9 + (0.1 * variance * count) / (count - 1),
          4,
        );
      });
    }
  });

  it("infers by the running statistics, each image for itself, in our program and in onnxruntime", async () => {
    const { cnn, test, copy } = prepared();
    cnn.step(30, { learningRate: 0.05 });
    const { logits } = plainLogits(copy(), test.images, true);
    cnn.lookAt(test.images[2]!);
    logits[2]!.forEach((value, i) => {
      expect(cnn.stage("logits")[i]).toBeCloseTo(value, 3);
    });
    expect([...cnn.evaluate("test").answers]).toEqual(logits.map((row) => row.indexOf(Math.max(...row))));
    const { inputs, outputs, values } = cnn.forward;
    const { bytes, batch } = exportOnnx({ inputs, outputs, values });
    expect(batch.open).toBe(true);
    const feed = [{ ...inputs.images, name: "images" }, test.images.flat()] as const;
    const theirs = (await runInRuntime(bytes, [feed], new Map([["images", [6, 2, 6, 6]]]))).get("logits")!;
    logits.flat().forEach((value, i) => {
      expect(theirs[i], `logits[${i}]`).toBeCloseTo(value, 3);
    });
    const notebook = exportNotebook({ inputs, outputs, values, title: "숫자" });
    for (const name of ["nn.Conv2d(2, 3, (3, 3)", "scale2", "mean2", "variance3", "nn.Linear(5, 3)"])
      expect(notebook).toContain(name);
  });

  it("saves and loads with its statistics; what does not fit changes nothing", () => {
    const { cnn, test } = prepared();
    cnn.step(10, { learningRate: 0.05 });
    const saved = cnn.save();
    expect(Object.keys(saved)).toHaveLength(11 + 6);
    const other = prepared({ ...CONFIG, seed: 8 }).cnn;
    const { variance3: _missing, ...incomplete } = saved;
    const before = other.save();
    expect(() => other.load(incomplete)).toThrow(/no values for variance3/);
    expect(() => other.load({ ...saved, scale1: [1] })).toThrow(/1 values for scale1 instead of 3/);
    expect(other.save()).toEqual(before);
    other.load(saved);
    expect(other.evaluate("test")).toEqual(cnn.evaluate("test"));
    other.lookAt(test.images[0]!);
    cnn.lookAt(test.images[0]!);
    expect(other.stage("probabilities")).toEqual(cnn.stage("probabilities"));
    cnn.initialize(3);
    expect([...cnn.parameter("variance1"), ...cnn.parameter("mean1"), ...cnn.parameter("scale1")]).toEqual([
      1, 1, 1, 0, 0, 0, 1, 1, 1,
    ]);
  });
});

describe("with dropout", () => {
  const config: CnnConfig = { ...CONFIG, batchNorm: false, hidden: [], head: "flatten", dropout: 0.5 };

  it("drops in training only, other features at every step, the same ones from the same seed", () => {
    const run = (dropout: number) => {
      const { cnn } = prepared({ ...config, dropout });
      const inferred = cnn.evaluate("train").loss;
      const losses = [1, 2, 3, 4].map(() => {
        cnn.step(1, { learningRate: 0 });
        return cnn.batchLoss;
      });
      return { inferred, losses, after: cnn.evaluate("train").loss };
    };
    const [dropped, whole] = [run(0.5), run(0)];
    expect(dropped.inferred).toBe(whole.inferred);
    expect(dropped.after).toBe(whole.inferred);
    // Two batches of four are all eight images; without dropout the loss over both is that of inference.
    expect((whole.losses[0]! + whole.losses[1]!) / 2).toBeCloseTo(whole.inferred, 5);
    expect(new Set(dropped.losses).size).toBe(4);
    dropped.losses.forEach((loss, i) => {
      expect(Math.abs(loss - whole.losses[i]!)).toBeGreaterThan(1e-3);
    });
    expect(run(0.5)).toEqual(dropped);
  });

  it("the output's weights of what was dropped from the whole batch keep still", () => {
    const { cnn } = prepared({ ...config, batchSize: 1, dropout: 0.75 });
    const before = cnn.parameter("weights3").slice();
    cnn.step(1, { learningRate: 0.1 });
    const after = cnn.parameter("weights3");
    const moved = Array.from({ length: before.length / 3 }, (_, i) =>
      [0, 1, 2].some((j) => after[3 * i + j] !== before[3 * i + j]),
    );
    const share = moved.filter(Boolean).length / moved.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.45);
  });

  it.each([-0.1, 1, Number.NaN])("refuses a share of %d", (dropout) => {
    expect(() => createCnn({ ...config, dropout })).toThrow(RangeError);
  });
});

it("both together: classes from noise are learned, and the first value that is not finite is named", () => {
  const { cnn } = prepared({ ...CONFIG, dropout: 0.2, optimizer: "adam" });
  const before = cnn.evaluate("train").loss;
  cnn.step(200, { learningRate: 0.02 });
  expect(cnn.evaluate("train").loss).toBeLessThan(before / 2);
  cnn.parameter("shift2").fill(1e38);
  expect(cnn.step(1, { learningRate: 0.1 })).toBe(0);
  expect(cnn.nonFinite()).toEqual({ step: 201, node: "features" });
});
