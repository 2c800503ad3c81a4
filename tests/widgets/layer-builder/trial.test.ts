import { describe, expect, test } from "vitest";
import { batchShape, buildNetwork } from "../../../src/widgets/layer-builder/build.ts";
import { derive } from "../../../src/widgets/layer-builder/derive.ts";
import { builderGoals } from "../../../src/widgets/layer-builder/goals.ts";
import { INPUTS, inputOf } from "../../../src/widgets/layer-builder/inputs.ts";
import { freshLayer, type Layer } from "../../../src/widgets/layer-builder/layers.ts";
import { BATCH, exampleCounts, obstacle } from "../../../src/widgets/layer-builder/limits.ts";
import { NETWORKS, networkOf } from "../../../src/widgets/layer-builder/networks.ts";
import { sizeOfValues } from "../../../src/widgets/layer-builder/shapes.ts";
import { smallData, taskFor } from "../../../src/widgets/layer-builder/small-data.ts";
import { type BuilderState, builderState } from "../../../src/widgets/layer-builder/state.ts";
import { createTrial } from "../../../src/widgets/layer-builder/trial.ts";

const withShape = (id: string) => {
  const { input, layers } = networkOf(id);
  return { shape: inputOf(input).shape, layers };
};

test("what is built has the derived shapes and exactly the derived number of parameters", () => {
  for (const { id } of NETWORKS) {
    if (id.startsWith("gpt")) continue;
    const { shape, layers } = withShape(id);
    const { parameters, forward, graph } = buildNetwork(shape, layers);
    const { totals, output } = derive(shape, layers);
    expect(parameters.count).toBe(totals.parameters);
    const type = shape.kind === "tokens" ? "i32" : "f32";
    const result = forward(graph.input("x", batchShape(2, shape), type), { updates: new Map() });
    expect(result.shape).toEqual(batchShape(2, output!));
  }
});

test("GPT-2 as graph: the unembedding reads the table of the embedding", () => {
  const shape = { kind: "tokens", length: 5, vocabulary: 11 } as const;
  const layers: readonly Layer[] = [
    { kind: "embedding", width: 8, positions: true },
    { kind: "transformer", heads: 2, repeat: 2 },
    freshLayer("layer-norm"),
    freshLayer("unembedding"),
  ];
  const { parameters, forward, graph } = buildNetwork(shape, layers);
  expect(parameters.count).toBe(derive(shape, layers).totals.parameters);
  expect(forward(graph.input("x", [1, 5], "i32"), { updates: new Map() }).shape).toEqual([1, 5, 11]);
});

describe("small data", () => {
  const light = INPUTS.filter(({ id }) => !id.startsWith("gpt") && !id.startsWith("color-22"));
  test.each(light)("$label", ({ shape }) => {
    const { train, test: held } = smallData(shape, 10, { train: 40, test: 20 }, 3);
    expect(train.values).toHaveLength(40 * sizeOfValues(shape));
    expect(train.values.every(Number.isFinite)).toBe(true);
    expect(new Set(train.labels).size).toBe(Math.min(10, taskFor(shape).classes.length));
    expect(smallData(shape, 10, { train: 40, test: 20 }, 3).test.values).toEqual(held.values);
    if (shape.kind === "tokens") expect(Math.max(...train.values)).toBeLessThan(shape.vocabulary);
  });

  test("the winning token is the most frequent one of the five", () => {
    const { train } = smallData(inputOf("text").shape, 5, { train: 60, test: 1 }, 8);
    train.labels.forEach((label, i) => {
      const row = [...train.values.subarray(i * 16, (i + 1) * 16)];
      const counts = [0, 1, 2, 3, 4].map((token) => row.filter((value) => value === token).length);
      const most = Math.max(...counts);
      expect(counts.indexOf(most)).toBe(label);
      expect(counts.filter((count) => count === most)).toHaveLength(1);
    });
  });

  test("large pictures leave room for fewer, but whole batches", () => {
    const counts = exampleCounts(inputOf("color-224").shape, true);
    expect(counts.train % BATCH).toBe(0);
    expect(counts.train).toBeLessThan(100);
  });
});

describe("a trial", () => {
  const trained = (id: string, limit: number, seed = 1) => {
    const { shape, layers } = withShape(id);
    const trial = createTrial({ input: shape, layers, train: true, seed });
    trial.setLive({ limit });
    trial.advance(10 ** 6);
    return trial.frame().frame;
  };

  test("the small network learns the shapes, the listener the waves, the reader the tokens", () => {
    expect(trained("small", 120).training!.accuracy).toBeGreaterThan(0.8);
    expect(trained("sound", 300).training!.accuracy).toBeGreaterThan(0.9);
    expect(trained("text", 300).training!.accuracy).toBeGreaterThan(0.9);
    expect(trained("plane", 3000).training!.accuracy).toBeGreaterThan(0.7);
  });

  test("training rests at its limit, and equal seeds give equal networks", () => {
    const [one, other] = [trained("plane", 40), trained("plane", 40)];
    expect(one.training!.steps).toBe(40);
    expect(one.outputs).toEqual(other.outputs);
    expect(trained("plane", 40, 2).outputs).not.toEqual(one.outputs);
  });

  test("forward only: the outputs are those of random weights, with the time they took", () => {
    const { shape, layers } = withShape("lenet-5");
    const { frame } = createTrial({ input: shape, layers, train: false, seed: 1 }).frame();
    expect(frame.training).toBeUndefined();
    expect(frame.outputs).toHaveLength(10);
    expect(frame.forwardTime).toBeGreaterThan(0);
    expect(frame.parameters).toBe(61_706);
  });

  test("what does not fit is refused beforehand, with its size", () => {
    const why = (id: string, train: boolean) => {
      const { shape, layers } = withShape(id);
      return obstacle(derive(shape, layers), train);
    };
    expect(why("vgg-16", false)).toContain("669 MB");
    expect(why("alexnet", false)).toBeUndefined();
    expect(why("alexnet", true)).toContain("GB");
    expect(why("small", true)).toBeUndefined();
    const tokens = inputOf("text").shape;
    expect(obstacle(derive(tokens, [freshLayer("embedding")]), true)).toContain("한 줄");
    expect(obstacle(derive(tokens, [freshLayer("dense")]), false)).toContain("먼저 고쳐야");
  });
});

describe("goals", () => {
  type Visit = Parameters<typeof builderGoals>[1];
  const done = (state: Partial<BuilderState>, more: Partial<Visit> = {}) =>
    builderGoals({ ...builderState.defaults, ...state }, { repaired: false, trained: undefined, ...more })
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  test("nothing is reached by opening the widget or loading a network", () => {
    expect(done({})).toEqual([]);
    for (const { input, layers } of NETWORKS) expect(done({ input, layers })).toEqual([]);
  });

  test("a halved LeNet-5, a deep network, the split of products and parameters", () => {
    const slim = networkOf("lenet-5").layers.map((layer) =>
      layer.kind === "convolution" && layer.channels === 120 ? { ...layer, channels: 40 } : layer,
    );
    expect(done({ input: "gray-32", layers: slim })).toEqual(["lenet"]);
    const deep: Layer[] = [{ kind: "residual", channels: 16, stride: 1, bottleneck: false, repeat: 10 }];
    expect(done({ layers: deep })).toEqual(["deep"]);
    const plain = networkOf("alexnet").layers.filter(({ kind }) => kind !== "dropout");
    expect(done({ input: "color-227", layers: plain })).toContain("split");
  });

  test("a repair, and a small network that was really trained", () => {
    expect(done({}, { repaired: true })).toEqual(["repair"]);
    const layers: readonly Layer[] = [
      ...networkOf("small").layers.slice(0, 3),
      {
        ...(networkOf("small").layers[3] as Extract<Layer, { kind: "convolution" }>),
        channels: 16,
        window: 3,
      },
      ...networkOf("small").layers.slice(4, 6),
      { kind: "average" },
      { kind: "dense", units: 10 },
    ];
    const state = { ...builderState.defaults, layers };
    const trial = createTrial({ input: inputOf("gray-28").shape, layers, train: true, seed: 1 });
    trial.setLive({ limit: 900 });
    let { frame } = trial.frame();
    // Until the task is done, at most to the limit.
    while (done({}, { trained: { state, frame } }).length === 0 && frame.training!.steps < 900) {
      trial.advance(50);
      frame = trial.frame().frame;
    }
    expect(frame.parameters).toBeLessThanOrEqual(5000);
    expect(done({}, { trained: { state, frame } })).toEqual(["train"]);
  });
});
